import type { Page } from "@playwright/test";
import { addresses } from "./fixtures";

/** A page of the product for the accessibility and screenshot runs. */
export interface ProductPage {
  name: string;
  path: string;
}

/** Pages that need no record of their own. The lists of records are reached through the API. */
export const listPages: readonly ProductPage[] = [
  { name: "projects", path: "/projects" },
  { name: "requests", path: "/requests" },
  { name: "roles", path: "/roles" },
  { name: "audit", path: "/audit" },
  { name: "accounts", path: "/accounts" },
  { name: "settings", path: "/settings" },
  { name: "docs", path: "/docs" },
  { name: "docs-finding", path: "/docs/findings/guard-slips" },
  { name: "docs-claim", path: "/docs/claims/ref_protected" },
  { name: "docs-key", path: "/docs/keys/aws%3ASourceIp" },
];

/** Every page with records that exist now, as the signed-in person of `page` sees them. */
export async function everyPage(page: Page): Promise<ProductPage[]> {
  const read = async (path: string): Promise<{ rows: { id?: string; projectId?: number }[] }> =>
    (await page.request.get(`${addresses().web}/api/v1${path}`)).json();
  const [projects, requests, roles] = await Promise.all([
    read("/projects?query=shop/web"),
    read("/requests"),
    read("/roles"),
  ]);
  const project = projects.rows[0]?.projectId;
  const request = requests.rows[0]?.id;
  const role = roles.rows[0]?.id;
  return [
    ...listPages,
    ...(project
      ? [
          { name: "project", path: `/projects/${project}` },
          { name: "new-role", path: `/projects/${project}/roles/new` },
        ]
      : []),
    ...(request ? [{ name: "request", path: `/requests/${request}` }] : []),
    ...(role ? [{ name: "role", path: `/roles/${role}` }] : []),
  ];
}

/** Chooses a theme as the person menu does. */
export async function chooseTheme(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.context().addCookies([{ name: "trustdesk-theme", value: theme, url: addresses().web }]);
}
