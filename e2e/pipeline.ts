import type { Page } from "@playwright/test";
import { expect } from "@playwright/test";

interface Job {
  /** Address of the sandbox's GitLab, with its root. */
  gitlab: string;
  /** The project's path. */
  project: string;
  /** CI variables to set first. */
  variables: Record<string, string>;
  /** What its log says in the end. */
  outcome: RegExp;
}

/**
 * Pia sets the variables and runs the pipeline of main in the sandbox's GitLab; waits until its job has ended, and runs
 * it again while it has ended otherwise: a new role takes seconds to reach STS.
 */
export async function expectJob(page: Page, { gitlab, project, variables, outcome }: Job): Promise<void> {
  const pipelines = `${gitlab}/${project}/-/pipelines`;
  await page.goto(pipelines);
  const person = page.getByRole("button", { name: /Pia Okafor/ });
  await expect(person.or(page.getByRole("heading", { name: "Pipelines" }))).toBeVisible();
  if (await person.isVisible()) await person.click();
  for (const [name, value] of Object.entries(variables)) await page.getByLabel(name).fill(value);
  await page.getByRole("button", { name: "Save variables" }).click();
  await expect(async () => {
    await page.goto(pipelines);
    await page.locator("#ref").selectOption({ label: "main" });
    await page.getByRole("button", { name: "Run pipeline" }).click();
    await expect(page.locator("[data-status=success], [data-status=failed]")).toBeVisible();
    expect(await page.getByText(outcome).count()).toBeGreaterThan(0);
  }).toPass();
}
