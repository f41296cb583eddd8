import type { Budget } from "./first-load";

/**
 * What each page may load first: what was measured, and a few kilobytes of room. No page may go over 200 kB and no form
 * over 230, whatever is written here; 132 of them are React and Next.
 */
export const budgets: Readonly<Record<string, Budget>> = {
  "/": { measured: 175.5, ceiling: 180 },
  "/_not-found": { measured: 151.2, ceiling: 155 },
  "/accounts": { measured: 187.2, ceiling: 192 },
  "/audit": { measured: 198.1, ceiling: 200 },
  "/docs": { measured: 177.8, ceiling: 182 },
  "/docs/claims/[name]": { measured: 170.1, ceiling: 175 },
  "/docs/findings/[id]": { measured: 170.4, ceiling: 175 },
  "/docs/keys/[...key]": { measured: 170.1, ceiling: 175 },
  "/projects": { measured: 196.4, ceiling: 200 },
  "/projects/[projectId]": { measured: 190.9, ceiling: 195 },
  "/projects/[projectId]/roles/new": { measured: 226.6, ceiling: 230 },
  "/requests": { measured: 194.1, ceiling: 198 },
  "/requests/[id]": { measured: 186.9, ceiling: 191 },
  "/roles": { measured: 195.2, ceiling: 199 },
  "/roles/[id]": { measured: 196.7, ceiling: 200 },
  "/roles/[id]/edit": { measured: 227, ceiling: 230 },
  "/settings": { measured: 174.2, ceiling: 179 },
  "/sign-in": { measured: 154.2, ceiling: 159 },
};
