import type { Page } from "@playwright/test";
import { test as base } from "@playwright/test";

export interface Addresses {
  web: string;
  gitlab: string;
  aws: string;
  database: string;
}

/** Where global-setup started everything. */
export function addresses(): Addresses {
  const text = process.env.TRUSTDESK_E2E_URLS;
  if (!text) throw new Error("global-setup did not run");
  return JSON.parse(text) as Addresses;
}

/** Signs `name` in through the sandbox's GitLab, starting at `path` of the portal at `web`. */
export async function signIn(page: Page, name: string, path = "/projects", web = addresses().web): Promise<void> {
  await page.goto(web + path);
  await page.getByRole("button", { name: /sign in with gitlab/i }).click();
  await page.getByRole("button", { name: new RegExp(name, "i") }).click();
}

/** A test fails on any error in the console of the pages it opens: a CSP violation is one. */
export const test = base.extend<{ quietConsole: void }>({
  quietConsole: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" && !/status of (401|403|404|409|429)/.test(message.text()))
          complaints.push(message.text());
      });
      page.on("pageerror", (error) => complaints.push(String(error)));
      await use();
      if (complaints.length > 0) throw new Error(`The console has errors:\n${complaints.join("\n")}`);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";
