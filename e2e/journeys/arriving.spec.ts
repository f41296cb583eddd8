import type { Page } from "@playwright/test";
import { addresses, expect, test } from "../fixtures";

const scripts = "**/_next/static/chunks/*.js";

/** Something that happens when it is told to. */
function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((done) => {
    open = done;
  });
  return { opened, open: () => open() };
}

/** Loads a page of which only the first load arrives; what it fetches after that waits until `arrive` is called. */
async function loadHeldBack(page: Page, path: string): Promise<{ arrive: () => void }> {
  const address = addresses().web + path;
  const first = await (await page.request.get(address)).text();
  const { opened, open } = gate();
  await page.route(scripts, async (route) => {
    const name = new URL(route.request().url()).pathname.split("/").at(-1) ?? "";
    if (!first.includes(name)) await opened;
    await route.continue();
  });
  await page.goto(address);
  return { arrive: open };
}

test("what is typed into a list's filter before any script came filters the list", async ({ as }) => {
  const page = await as("oleg");
  const { opened, open } = gate();
  await page.route(scripts, async (route) => {
    await opened;
    await route.continue();
  });
  await page.goto(`${addresses().web}/projects`, { waitUntil: "commit" });
  await page.getByRole("searchbox").fill("shop/web");
  open();
  await expect(page.getByRole("link", { name: /acme\/shop\/web/ })).toBeVisible();
  await expect(page).toHaveURL(/q=shop/);
  await expect(page.getByRole("searchbox")).toHaveValue("shop/web");
});

test("what is typed into the palette before it is there is searched for, and Enter does it", async ({ as }) => {
  const page = await as("oleg");
  const { arrive } = await loadHeldBack(page, "/roles");
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
  as,
}) => {
  const page = await as("oleg");
  const { arrive } = await loadHeldBack(page, "/roles");
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
  const projects = palette.getByRole("group", { name: "Projects" });
  await expect(projects.getByRole("option", { name: /acme\/shop\/web/ })).toBeVisible();
  await expect(palette.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("/web");
  await expect(palette.getByRole("combobox")).toHaveValue("shop/web");
  await page.keyboard.press("Escape");
  await expect(filter).toBeFocused();
});

test("a list that is pressed before it can open opens once it can", async ({ as }) => {
  const page = await as("oleg");
  const { arrive } = await loadHeldBack(page, "/roles");
  const grade = page.getByRole("combobox", { name: "Add filter: grade" });
  await grade.focus();
  await page.keyboard.press("ArrowDown");
  arrive();
  await page.getByRole("option", { name: "Danger" }).click();
  await expect(page).toHaveURL(/grade=danger/);
  await expect(grade).toBeFocused();
});

test("the menu of the person opens though it was pressed too early", async ({ as }) => {
  const page = await as("oleg");
  const { arrive } = await loadHeldBack(page, "/settings");
  await page.getByRole("button", { name: /Oleg Brandt/ }).click();
  arrive();
  await page.getByRole("menuitemradio", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveClass(/dark/);
});

test("a policy can be written before its editor is there, and the editor goes on where one is", async ({ as }) => {
  const page = await as("oleg");
  const { arrive } = await loadHeldBack(page, "/projects/90210/roles/new");
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
