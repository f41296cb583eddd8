import type { Page } from "@playwright/test";
import { addresses, expect, signIn, test } from "../fixtures";

async function openForm(page: Page, name: string): Promise<void> {
  await signIn(page, name);
  await expect(page.getByRole("heading", { name: "Projects" })).toBeVisible();
  await page.getByRole("searchbox", { name: /filter/i }).fill("acme/shop/web");
  await page
    .getByRole("link", { name: /acme\s*\/\s*shop\s*\/\s*web/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("web");
}

test("a developer sees the project and is told who asks for its roles", async ({ page }) => {
  await openForm(page, "Dora Lindqvist");
  const button = page.getByRole("button", { name: "New role" });
  await expect(button).toHaveAttribute("aria-disabled", "true");
  await expect(page.getByText(/asked for by the project's Maintainers/).first()).toBeAttached();
});

test("what was typed is there after leaving and coming back", async ({ page }) => {
  await openForm(page, "Pia Okafor");
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

test("a role name that is taken is said at the field, and nothing is overwritten", async ({ page }) => {
  await openForm(page, "Pia Okafor");
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
