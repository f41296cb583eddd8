import { GetRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import type { Page } from "@playwright/test";
import { sandboxCredentials } from "@/lib/sandbox/company/aws-accounts";
import { addresses, expect, test } from "../fixtures";
import { askedFor, recordedRole, rejected, shopWeb } from "../stage";

// In order, and the only journeys that change dev: after an apply, what was read of its account is read anew, and a
// form that was on screen is told so.
test.describe.configure({ mode: "default" });

const anything = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
});

/** One's own hand in the account dev, past the product. */
function iam(): IAMClient {
  return new IAMClient({
    region: "eu-central-1",
    endpoint: addresses().aws,
    credentials: sandboxCredentials.admins.dev,
  });
}

const inAws = async (RoleName: string) => (await iam().send(new GetRoleCommand({ RoleName }))).Role;

async function sendRequest(page: Page): Promise<void> {
  await page
    .getByRole("button", { name: /review and request/i })
    .first()
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "Request approval" }).click();
  await expect(page.getByText(/Waiting for a platform engineer to approve it/)).toBeVisible();
}

/** From the first page, as an approver finds it. */
async function openToDecide(page: Page, role: string): Promise<void> {
  await page
    .getByRole("link", { name: new RegExp(`asks to make the role ${role}`) })
    .first()
    .click();
}

async function sendChange(page: Page, button: string, why: string): Promise<void> {
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Why").fill(why);
  await expect(dialog.getByRole("button", { name: button, exact: true })).not.toHaveAttribute("aria-disabled", "true");
  await dialog.getByRole("button", { name: button, exact: true }).click();
  await expect(page.getByText(/^Applied\./).first()).toBeVisible();
}

test("an owner asks for a role, nothing reaches AWS, and is told the reason of the platform engineer who rejects it", async ({
  as,
}) => {
  const role = "shop-web-asked";
  const oleg = await as("oleg", `/projects?query=${shopWeb.path}`);
  await oleg
    .getByRole("link", { name: /acme\s*\/\s*shop\s*\/\s*web/ })
    .first()
    .click();
  await oleg.getByRole("link", { name: "New role" }).click();
  await oleg.getByLabel("AWS account").click();
  await oleg.getByRole("option", { name: /dev/ }).click();
  await oleg.getByLabel("Role name").fill(role);
  await oleg.getByLabel("Bucket").fill("acme-web");
  await oleg.getByLabel("Justification").fill("The shop is deployed from its pipeline");
  await sendRequest(oleg);
  await expect(inAws(role)).rejects.toThrow(/cannot be found/);

  const pia = await as("pia", "/");
  await openToDecide(pia, role);
  await expect(pia.getByRole("list", { name: "Plan" })).toContainText(`Create the role ${role}`);
  await pia.getByLabel("Reason").fill("Sessions of four hours are enough for a build.");
  await pia.getByRole("button", { name: "Reject" }).click();
  await expect(pia.getByText("Rejected: Sessions of four hours are enough for a build.")).toBeVisible();
  await oleg.goto(`${addresses().web}/`);
  await oleg.getByRole("link", { name: /was rejected by Pia Okafor: Sessions of four hours are enough/ }).click();
  await expect(oleg.getByRole("link", { name: "Change and resubmit" })).toBeVisible();
});

test("a rejected request is sent again with a change, approved, and applied", async ({ as, session }) => {
  const role = "shop-web-again";
  const id = await askedFor(await session("oleg"), { roleName: role });
  await rejected(await session("pia"), id, "Two hours are too short for a build.");
  const oleg = await as("oleg", `/requests/${id}`);
  await oleg.getByRole("link", { name: "Change and resubmit" }).click();
  await oleg.getByLabel("Longest session").click();
  await oleg.getByRole("option", { name: "4 hours" }).click();
  await sendRequest(oleg);
  const pia = await as("pia", "/");
  await openToDecide(pia, role);
  await pia.getByRole("button", { name: "Approve and apply" }).click();
  await expect(pia.getByText(/^Applied\./).first()).toBeVisible();
  expect((await inAws(role))?.MaxSessionDuration).toBe(4 * 3600);
});

test("a change by hand is called drift in words, and our version is put back", async ({ as, session }) => {
  const role = "shop-web-drifted";
  const { roleId } = await recordedRole(await session("pia"), { roleName: role });
  await iam().send(new PutRolePolicyCommand({ RoleName: role, PolicyName: "by-hand", PolicyDocument: anything }));
  const pia = await as("pia", `/roles/${roleId}`);
  await expect(pia.getByText("The inline policy by-hand was added in AWS.")).toBeVisible();
  await expect(pia.getByRole("region", { name: "Findings in AWS now" })).toContainText("Full access");
  await pia.getByRole("button", { name: "Put ours back" }).click();
  await sendChange(pia, "Put ours back", "Nobody asked for this policy");
});

test("a change shows who wins; who changes the version before it is told who was faster, and loses nothing", async ({
  as,
  session,
}) => {
  const { roleId } = await recordedRole(await session("pia"), { roleName: "shop-web-changed" });
  const oleg = await as("oleg", `/roles/${roleId}/edit`);
  await oleg.getByLabel("Justification").fill("Builds take longer now");
  await oleg.getByLabel("Longest session").click();
  await oleg.getByRole("option", { name: "8 hours" }).click();

  const pia = await as("pia", `/roles/${roleId}`);
  await pia.getByRole("link", { name: "Change", exact: true }).click();
  await pia.getByLabel("Filter refs").fill("release/2.4");
  await pia
    .getByRole("checkbox", { name: /^release\/2\.4\b/ })
    .first()
    .check();
  await pia.getByLabel("Justification").fill("Deploy to the test stage as well");
  await pia
    .getByRole("button", { name: /review and apply/i })
    .first()
    .click();
  await expect(pia.getByRole("dialog").getByRole("list", { name: "Newly in" })).toContainText("release/2.4");
  await pia.getByRole("dialog").getByRole("button", { name: "Apply", exact: true }).click();
  await expect(pia.getByText(/^Applied\./).first()).toBeVisible();
  await expect(pia.getByText("Replace the trust policy").first()).toBeVisible();

  await oleg
    .getByRole("button", { name: /review and request/i })
    .first()
    .click();
  await oleg.getByRole("dialog").getByRole("button", { name: "Request approval" }).click();
  await expect(oleg.getByRole("dialog")).toContainText("Pia Okafor has changed the role meanwhile");
  await expect(oleg.getByRole("dialog")).toContainText("ref:release/2.4");
  await oleg.getByRole("link", { name: /Go on from version/ }).click();
  await oleg.getByRole("button", { name: "Fill it in" }).click();
  await expect(oleg.getByLabel("Justification")).toHaveValue("Builds take longer now");
});

test("a role is removed, after its name was typed, and its history stays", async ({ as, session }) => {
  const role = "shop-web-removed";
  const branches = ["main", "release/2.4"];
  const { requestId } = await recordedRole(await session("pia"), { roleName: role, branches });
  const pia = await as("pia", `/requests/${requestId}`);
  await pia.getByRole("link", { name: "Show the role" }).click();
  await pia.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(pia.getByRole("dialog").getByRole("list", { name: "No longer in" })).toContainText("release/2.4");
  await pia.getByRole("dialog").getByLabel(`Type ${role} to confirm`).fill(role);
  await sendChange(pia, "Remove the role", "The shop moved to another account");
  await expect(inAws(role)).rejects.toThrow(/cannot be found/);
  await pia.goto(`${addresses().web}/roles?live=removed`);
  await expect(pia.getByRole("link", { name: new RegExp(role) }).first()).toBeVisible();
});
