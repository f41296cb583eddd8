import type { Page } from "@playwright/test";
import { addresses, expect, signIn, test } from "../fixtures";

async function openProject(page: Page, path: string): Promise<void> {
  await page.getByRole("searchbox", { name: /filter/i }).fill(path);
  await page
    .getByRole("link", { name: new RegExp(path.replaceAll("/", "\\s*/\\s*")) })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(path.slice(path.lastIndexOf("/") + 1));
}

test("a developer sees the project and is told who asks for its roles", async ({ as }) => {
  const page = await as("dora");
  await openProject(page, "acme/shop/web");
  const button = page.getByRole("button", { name: "New role" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText(/asked for by the project's Maintainers/).first()).toBeAttached();
});

test("what was typed is there after leaving and coming back", async ({ as }) => {
  const page = await as("pia");
  await openProject(page, "acme/shop/orders");
  await page.getByRole("link", { name: "New role" }).click();
  const saved = page.waitForResponse((response) => response.url().includes("saveDraft") && response.ok());
  await page.getByLabel("Justification").fill("Kept while I look something up");
  await saved;
  await page.goto(`${addresses().web}/roles`);
  await expect(page.getByRole("heading", { name: "Roles" })).toBeVisible();
  await page.goBack();
  await expect(page.getByLabel("Justification")).toHaveValue("Kept while I look something up");
  await expect(page.getByText(/Restored what you typed/)).toBeVisible();
});

test("a role name that is taken is said at the field, and nothing is overwritten", async ({ as }) => {
  const page = await as("pia");
  await openProject(page, "acme/shop/catalog-api");
  await page.getByRole("link", { name: "New role" }).click();
  await page.getByLabel("AWS account").click();
  await page.getByRole("option", { name: /prod/ }).click();
  await page.getByLabel("Bucket").fill("acme-web");
  await page.getByLabel("Justification").fill("Try a taken name");
  await page.getByLabel("Role name").fill("shop-deploy");
  await expect(page.getByText(/A role named shop-deploy exists in this account already/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: /review and apply/i }).first()).toHaveAttribute(
    "aria-disabled",
    "true",
  );
});

test("a blocked user and a refused consent each get their own words", async ({ page }) => {
  await signIn(page, "Boris Novak");
  await expect(page.getByText(/blocked/i).first()).toBeVisible();
  await page.getByRole("button", { name: /sign in with gitlab/i }).click();
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page).toHaveURL(new RegExp(`^${addresses().web}/sign-in`));
  await expect(page.getByRole("alert").first()).toBeVisible();
});
