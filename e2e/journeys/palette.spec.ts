import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { addresses, expect, test, tookOver } from "../fixtures";
import { chooseTheme } from "../pages";
import { shownRole } from "../stage";

const palette = (page: Page) => page.getByRole("dialog", { name: "Search" });
const line = (page: Page, group: string, name: RegExp) =>
  palette(page).getByRole("group", { name: group }).getByRole("option", { name });

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  return found.flatMap((violation) => violation.nodes.map((node) => `${violation.id} at ${node.target.join(" ")}`));
}

test("with the keyboard alone a project is found, opened, and remembered", async ({ as }) => {
  const page = await as("oleg");
  await page.getByRole("searchbox").focus();
  await page.keyboard.press("Control+k");
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.type("shop/web");
  await expect(line(page, "Projects", /acme\/shop\/web/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/projects\/90201$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("web");

  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await expect(page.getByRole("heading", { level: 1, name: "Roles" })).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(line(page, "Recently opened", /acme\/shop\/web/)).toBeVisible();
});

test("a role is found by a part of its ARN, and who may not see it finds nothing", async ({ as, session }) => {
  const { roleId } = await shownRole.find(await session("pia"));
  const page = await as("pia", "/accounts");
  await page.keyboard.press("Control+k");
  await page.keyboard.type(shownRole.arn);
  await line(page, "Roles", /shop-web-shown/).click();
  await expect(page).toHaveURL(`${addresses().web}/roles/${roleId}`);

  const stranger = await as("mona");
  await stranger.keyboard.press("Control+k");
  await stranger.keyboard.type(shownRole.arn);
  await expect(palette(stranger).getByText(/Nothing you can see matches/)).toBeVisible();
});

test("closing gives the focus back, and a second press closes", async ({ as }) => {
  const page = await as("oleg");
  const button = page.getByRole("button", { name: "Search" });
  await button.click();
  await expect(palette(page).getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press("Control+k");
  await expect(palette(page)).toHaveCount(0);
});

test("actions are those that the person may do", async ({ as }) => {
  const page = await as("oleg");
  await page.keyboard.press("Control+k");
  await expect(line(page, "Actions", /Go to Audit/)).toBeVisible();
  await expect(line(page, "Actions", /Verify the audit chain/)).toHaveCount(0);
  await expect(line(page, "Actions", /Requests to decide/)).toHaveCount(0);
  await page.keyboard.type("dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveClass(/dark/);
});

test("a platform engineer verifies the chain from wherever they are", async ({ as }) => {
  const page = await as("pia");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("verify");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/audit$/);
  await expect(page.getByText(/Chain whole/)).toBeVisible();
});

test("? lists the shortcuts, g p goes to the projects, and neither takes what is typed in a field", async ({ as }) => {
  const page = await as("oleg");
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await expect(page.getByRole("heading", { level: 1, name: "Roles" })).toBeVisible();
  await page.keyboard.press("?");
  const list = page.getByRole("dialog", { name: "Shortcuts" });
  for (const words of ["Search, or do something", "Go to the filter", "Next row", "Requests"])
    await expect(list.getByText(words, { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await page.keyboard.press("/");
  await page.keyboard.type("g p?");
  await expect(page.getByRole("searchbox")).toHaveValue("g p?");
  await expect(list).toHaveCount(0);
});

for (const theme of ["light", "dark"] as const) {
  test(`palette and shortcuts have no accessibility violation in the ${theme} theme`, async ({ as }) => {
    const page = await as("pia");
    await chooseTheme(page, theme);
    await page.reload();
    await tookOver(page);
    await page.keyboard.press("Control+k");
    await expect(line(page, "Actions", /Go to Roles/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type("shop");
    await expect(line(page, "Projects", /acme\/shop/).first()).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type("no such thing");
    await expect(palette(page).getByText(/Nothing you can see matches/)).toBeVisible();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Shortcuts" })).toBeVisible();
    expect(await violations(page)).toEqual([]);
  });
}

test.describe("at 375 px with touch", () => {
  test.use({ viewport: { width: 375, height: 812 }, hasTouch: true, isMobile: true });

  test("the palette opens from the bar, and nothing scrolls sideways", async ({ as }) => {
    const page = await as("pia");
    await page.getByRole("button", { name: "Search" }).tap();
    await palette(page).getByRole("combobox").fill("shop");
    await expect(line(page, "Projects", /acme\/shop/).first()).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
      0,
    );
  });
});
