import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { chromium } from "@playwright/test";
import { signIn } from "../e2e/fixtures";
import type { ProductPage } from "../e2e/pages";
import { chooseTheme, everyPage } from "../e2e/pages";
import { startDemo } from "./demo/stack";
import { findChromium } from "./test/chromium";

/** Every page, in both themes, at 1440 and 375 px, into screenshots/. Uses the running demo named by TRUSTDESK_E2E_URLS, or starts one. */
const root = resolve(import.meta.dirname, "..");
const folder = join(root, "screenshots");
const widths = [1440, 375] as const;

async function shoot(): Promise<void> {
  const found = await findChromium(root);
  if (!found.ok) throw new Error(found.reason);
  const browser = await chromium.launch({
    executablePath: found.path ?? undefined,
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
  try {
    for (const theme of ["light", "dark"] as const) await shootTheme(browser, theme);
  } finally {
    await browser.close();
  }
}

async function shootTheme(browser: Browser, theme: "light" | "dark"): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await chooseTheme(page, theme);
  await signIn(page, "Pia Okafor");
  await page.getByRole("main").waitFor();
  for (const shown of await everyPage(page)) await shootPage(page, shown, theme);
  await page.close();
}

async function shootPage(page: Page, { name, path }: ProductPage, theme: string): Promise<void> {
  await page.goto(new URL(page.url()).origin + path);
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.waitForLoadState("networkidle");
  for (const width of widths) {
    await page.setViewportSize({ width, height: width === 375 ? 812 : 900 });
    await page.screenshot({ path: join(folder, `${name}-${theme}-${width}.png`), fullPage: width === 375 });
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

async function main(): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (process.env.TRUSTDESK_E2E_URLS) return shoot();
  const data = await mkdtemp(join(tmpdir(), "trustdesk-screenshots-"));
  const demo = await startDemo({ root, folder: data, port: 0, reset: false, databaseUrl: null, say: console.log });
  process.env.TRUSTDESK_E2E_URLS = JSON.stringify(demo);
  try {
    await shoot();
  } finally {
    await demo.stop();
    await rm(data, { recursive: true, force: true });
  }
}

await main();
console.log(`Screenshots are in ${folder}`);
