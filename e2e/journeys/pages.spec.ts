import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { addresses, expect, test } from "../fixtures";
import { chooseTheme, listPages } from "../pages";
import type { Session } from "../session";
import { shopWeb, shownRole } from "../stage";

const project = `/projects/${shopWeb.id}`;

/** Pages by name, each with what finds its path. */
const pages: Record<string, (pia: Session) => Promise<string>> = {
  ...Object.fromEntries(listPages.map(({ name, path }) => [name, () => Promise.resolve(path)])),
  project: () => Promise.resolve(project),
  "new-role": () => Promise.resolve(`${project}/roles/new`),
  request: async (pia) => `/requests/${(await shownRole.find(pia)).requestId}`,
  role: async (pia) => `/roles/${(await shownRole.find(pia)).roleId}`,
};

for (const [name, pathFor] of Object.entries(pages))
  test(`the page ${name} has no accessibility violation in either theme, and does not scroll sideways at 375 px`, async ({
    as,
    session,
  }) => {
    const page = await as("pia", await pathFor(await session("pia")));
    for (const theme of ["light", "dark"] as const) {
      await chooseTheme(page, theme);
      await page.reload();
      await expect(page.locator("html")).toHaveClass(theme === "dark" ? /\bdark\b/ : /^(?!.*\bdark\b)/);
      await loaded(page);
      expect(await violations(page), theme).toEqual([]);
    }
    await page.setViewportSize({ width: 375, height: 812 });
    await page.reload();
    await loaded(page);
    expect(await overflow(page)).toBe(0);
  });

test("the sign-in page has no accessibility violation in either theme", async ({ page }) => {
  for (const theme of ["light", "dark"] as const) {
    await chooseTheme(page, theme);
    await page.goto(`${addresses().web}/sign-in`);
    await expect(page.getByRole("button", { name: /sign in with gitlab/i })).toBeVisible();
    expect(await violations(page), theme).toEqual([]);
  }
});

test("an address that leads nowhere says so, and is not asked for again", async ({ as }) => {
  const page = await as("pia");
  const asked: string[] = [];
  page.on("request", (request) => {
    if (/\/api\/rpc\/(roles|requests)\/get/.test(request.url())) asked.push(request.url());
  });
  for (const path of ["/roles/no-role-has-this-id", "/requests/no-request-has-this-id"]) {
    await page.goto(addresses().web + path);
    await expect(page.getByText(/There is no such/)).toBeVisible();
  }
  expect(asked).toHaveLength(2);
  await page.goto(`${addresses().web}/roles/short`);
  await expect(page.getByRole("heading", { name: "Nothing is at this address" })).toBeVisible();
});

async function loaded(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
}

function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  return found.flatMap((violation) => violation.nodes.map((node) => `${violation.id} at ${node.target.join(" ")}`));
}
