import type { Page } from "@playwright/test";
import { addresses, expect, signIn, test } from "../fixtures";

/** Opens a page of which only the first load arrives; what it fetches after that waits until `arrive` is called. */
async function openHeldBack(page: Page, path: string): Promise<{ arrive: () => void }> {
  await signIn(page, "Oleg Brandt");
  await expect(page.getByRole("heading", { level: 1, name: "Projects" })).toBeVisible();
  const address = addresses().web + path;
  const first = await (await page.request.get(address)).text();
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((done) => {
    arrive = done;
  });
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
    if (!first.includes(name)) await arrived;
    await route.continue();
  });
  await page.goto(address);
  return { arrive: () => arrive() };
}

test("what is typed into a list's filter before any script came filters the list", async ({ page }) => {
  await signIn(page, "Oleg Brandt");
  await expect(page.getByRole("heading", { level: 1, name: "Projects" })).toBeVisible();
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((done) => {
    arrive = done;
  });
  await page.route("**/_next/static/chunks/*.js", async (route) => {
    await arrived;
    await route.continue();
  });
  await page.goto(`${addresses().web}/projects`, { waitUntil: "commit" });
  await page.getByRole("searchbox").fill("shop/web");
  arrive();
  await expect(page.getByRole("link", { name: /acme\/shop\/web/ })).toBeVisible();
  await expect(page).toHaveURL(/q=shop/);
  await expect(page.getByRole("searchbox")).toHaveValue("shop/web");
});

test("what is typed into the palette before it is there is searched for, and Enter does it", async ({ page }) => {
  const { arrive } = await openHeldBack(page, "/roles");
  await expect(page.getByRole("searchbox")).toBeVisible();
  await page.keyboard.press("Control+k");
  const field = page.getByRole("dialog", { name: "Search" }).getByRole("combobox");
  await expect(field).toBeFocused();
  await page.keyboard.type("go to se");
  await page.keyboard.press("Enter");
  await expect(field).toHaveValue("go to se");
  arrive();
  await expect(page).toHaveURL(/\/settings$/);
});

test("the palette takes what is typed across its arrival, and Escape gives the focus back before and after it", async ({
  page,
}) => {
  const { arrive } = await openHeldBack(page, "/roles");
  const filter = page.getByRole("searchbox");
  await filter.focus();
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Search" });
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(palette).toHaveCount(0);
  await expect(filter).toBeFocused();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("shop");
  arrive();
  await expect(palette.getByRole("option", { name: /acme\/shop\/web/ })).toBeVisible();
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("/web");
  await expect(palette.getByRole("combobox")).toHaveValue("shop/web");
  await page.keyboard.press("Escape");
  await expect(filter).toBeFocused();
});

test("a list that is pressed before it can open opens once it can", async ({ page }) => {
  const { arrive } = await openHeldBack(page, "/roles");
  const grade = page.getByRole("combobox", { name: "Add filter: grade" });
  await grade.focus();
  await page.keyboard.press("ArrowDown");
  arrive();
  await page.getByRole("option", { name: "Danger" }).click();
  await expect(page).toHaveURL(/grade=danger/);
  await expect(grade).toBeFocused();
});

test("the menu of the person opens though it was pressed too early", async ({ page }) => {
  const { arrive } = await openHeldBack(page, "/settings");
  await page.getByRole("button", { name: /Oleg Brandt/ }).click();
  arrive();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
});

test("a policy can be written before its editor is there, and the editor goes on where one is", async ({ page }) => {
  const { arrive } = await openHeldBack(page, "/projects/90201/roles/new");
  await page.getByRole("button", { name: /policy document/i }).click();
  const editor = page.getByRole("textbox", { name: "Policy document" });
  await editor.fill('{"Version":"2012-10-17"}');
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type(',"Id":"a"');
  arrive();
  await expect(page.locator(".cm-content")).toHaveText('{"Version":"2012-10-17","Id":"a"}');
  await expect(page.locator(".cm-content")).toBeFocused();
  await page.keyboard.type(',"b":1');
  await expect(page.locator(".cm-content")).toHaveText('{"Version":"2012-10-17","Id":"a","b":1}');
});
