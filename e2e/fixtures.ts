import type { BrowserContext, Page } from "@playwright/test";
import { test as base } from "@playwright/test";
import type { Person, Session } from "./session";
import { startSession } from "./session";

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

interface Fixtures {
  /** A page of its own, loaded at `path`, for a person who is signed in. */
  as(person: Person, path?: string): Promise<Page>;
}

interface Shared {
  /** A person's session; one a person for all journeys of this process, since sign-ins are counted. */
  session(person: Person): Promise<Session>;
}

/** A test fails on any error in the console of the pages it opens: a CSP violation is one. */
export const test = base.extend<Fixtures, Shared>({
  page: async ({ page }, provide) => {
    const complaints = complaintsOf(page);
    await provide(page);
    expectQuiet(complaints);
  },
  session: [
    async ({}, provide) => {
      const sessions = new Map<Person, Promise<Session>>();
      await provide((person) => {
        const session = sessions.get(person) ?? startSession(person, addresses());
        sessions.set(person, session);
        return session;
      });
      for (const session of sessions.values()) await (await session).api.dispose();
    },
    { scope: "worker" },
  ],
  as: async ({ browser, session }, provide) => {
    const contexts: BrowserContext[] = [];
    const complaints: string[][] = [];
    await provide(async (person, path = "/projects") => {
      const { cookies } = await session(person);
      const context = await browser.newContext({ storageState: { cookies, origins: [] } });
      contexts.push(context);
      const page = await context.newPage();
      complaints.push(complaintsOf(page));
      await page.goto(addresses().web + path);
      await tookOver(page);
      return page;
    });
    for (const context of contexts) await context.close();
    expectQuiet(complaints.flat());
  },
});

/** Waits until React has taken the page over, which it marks at the elements: a key pressed before reaches nobody. */
export async function tookOver(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const main = document.querySelector("main");
    return main !== null && Object.keys(main).some((key) => key.startsWith("__reactFiber$"));
  });
}

/** What the console of `page` complains about, from now on. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (401|403|404|409|429)/.test(message.text()))
      complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}

function expectQuiet(complaints: string[]): void {
  if (complaints.length > 0) throw new Error(`The console has errors:\n${complaints.join("\n")}`);
}

export { expect } from "@playwright/test";
