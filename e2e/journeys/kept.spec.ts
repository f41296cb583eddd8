import type { Page } from "@playwright/test";
import { addresses, expect, test } from "../fixtures";

const role = "shop-cart-kept";

async function newRole(page: Page): Promise<void> {
  await page.goto(`${addresses().web}/projects?q=shop/cart`);
  await page
    .getByRole("link", { name: /^acme\/shop\/cart/ })
    .first()
    .click();
  await page.getByRole("link", { name: "New role" }).click();
}

test("what was typed and where one was outlives a reload, Esc and the way back", async ({ as }) => {
  const page = await as("oleg");

  await test.step("a form that is reloaded at once holds what was typed", async () => {
    await newRole(page);
    await page.getByLabel("AWS account").click();
    await page.getByRole("option", { name: /prod/ }).click();
    await page.getByLabel("Role name").fill(role);
    await page.reload();
    await expect(page.getByLabel("Role name")).toHaveValue(role);
  });

  await test.step("the request is asked for", async () => {
    await page.getByLabel("Bucket").fill("acme-web");
    await page.getByLabel("Justification").fill("The cart is deployed from its pipeline");
    await page
      .getByRole("button", { name: /review and request/i })
      .first()
      .click();
    await page.getByRole("dialog").getByRole("button", { name: "Request approval" }).click();
    await expect(page.getByText(/Waiting for a platform engineer to approve it/)).toBeVisible();
    await expect(page).toHaveTitle(`Request: make the role ${role} · Trustdesk`);
  });

  await test.step("a decision's reason outlives a reload, and is gone once it was sent", async () => {
    const pia = await as("pia", new URL(page.url()).pathname);
    await pia.getByLabel("Reason").fill("The cart has a role already.");
    await pia.reload();
    await expect(pia.getByLabel("Reason")).toHaveValue("The cart has a role already.");
    await pia.getByRole("button", { name: "Reject" }).click();
    await expect(pia.getByText("Rejected: The cart has a role already.")).toBeVisible();
  });

  await test.step("a list is found again as it was left", async () => {
    await page.goto(`${addresses().web}/requests?state=rejected`);
    const row = page.getByRole("link", { name: new RegExp(`^${role},`) });
    await row.focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("The cart has a role already.").first()).toBeVisible();
    await page.goBack();
    await expect(row).toBeFocused();
    await page.keyboard.press("Enter");
    await page.getByRole("navigation", { name: "Breadcrumb" }).getByRole("link", { name: "Requests" }).click();
    await expect(page).toHaveURL(/\/requests\?state=rejected$/);
    await expect(row).toBeFocused();
  });
});
