import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { addresses, expect, signIn, test } from "../fixtures";
import { chooseTheme, everyPage } from "../pages";

for (const theme of ["light", "dark"] as const) {
  test(`no page has an accessibility violation in the ${theme} theme`, async ({ page }) => {
    test.setTimeout(240_000);
    await chooseTheme(page, theme);
    await page.goto(`${addresses().web}/sign-in`);
    await expect(page.getByRole("button", { name: /sign in with gitlab/i })).toBeVisible();
    const found = [...(await violations(page, "sign-in"))];
    await signIn(page, "Pia Okafor");
    await expect(page.getByRole("main")).toBeVisible();
    for (const { name, path } of await everyPage(page)) {
      await page.goto(addresses().web + path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      found.push(...(await violations(page, name)));
    }
    expect(found).toEqual([]);
  });
}

test("no page scrolls sideways at 375 px", async ({ page }) => {
  await page.setViewportSize({ width: 375, height: 812 });
  await signIn(page, "Pia Okafor");
  await expect(page.getByRole("main")).toBeVisible();
  const wide: string[] = [];
  for (const { name, path } of await everyPage(page)) {
    await page.goto(addresses().web + path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) wide.push(`${name}: ${overflow} px`);
  }
  expect(wide).toEqual([]);
});

test("an address that leads nowhere says so, and is not asked for again", async ({ page }) => {
  await signIn(page, "Pia Okafor");
  await expect(page.getByRole("main")).toBeVisible();
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

async function violations(page: Page, name: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  return found.flatMap((violation) =>
    violation.nodes.map((node) => `${name}: ${violation.id} at ${node.target.join(" ")}`),
  );
}
