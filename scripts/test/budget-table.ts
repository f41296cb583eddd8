import type { Budget } from "./first-load";

/** What each page may load first. No page goes over 200 kB, and no form over 230; most have some room below that. */
export const budgets: Readonly<Record<string, Budget>> = {
  "/": { measured: 182.8, ceiling: 200 },
  "/_not-found": { measured: 158.1, ceiling: 200 },
  "/accounts": { measured: 194.7, ceiling: 200 },
  "/audit": { measured: 205.6, ceiling: 200 },
  "/projects": { measured: 208.4, ceiling: 200 },
  "/projects/[projectId]": { measured: 198, ceiling: 200 },
  "/projects/[projectId]/roles/new": { measured: 232, ceiling: 230 },
  "/requests": { measured: 202, ceiling: 200 },
  "/requests/[id]": { measured: 191.6, ceiling: 200 },
  "/roles": { measured: 202.6, ceiling: 200 },
  "/roles/[id]": { measured: 210.8, ceiling: 200 },
  "/roles/[id]/edit": { measured: 232.4, ceiling: 230 },
  "/settings": { measured: 181.6, ceiling: 200 },
  "/sign-in": { measured: 161.1, ceiling: 200 },
};
