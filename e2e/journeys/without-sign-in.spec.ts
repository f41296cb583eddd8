import type { APIResponse } from "@playwright/test";
import { addresses, expect, test } from "../fixtures";

/** Type, and for a PNG its width and height in pixels, which its bytes 16 to 24 tell. */
async function shapeOf(answer: APIResponse): Promise<{ type: string; sizes: string | null }> {
  const bytes = await answer.body();
  const png = bytes.subarray(1, 4).toString("latin1") === "PNG";
  return {
    type: answer.headers()["content-type"] ?? "",
    sizes: png ? `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}` : null,
  };
}

test("browsers, crawlers and finders of holes are answered without a session", async ({ page }) => {
  const { web } = addresses();
  const get = async (path: string): Promise<APIResponse> => {
    const answer = await page.request.get(web + path, { maxRedirects: 0 });
    expect.soft(answer.status(), path).toBe(200);
    expect.soft(answer.headers()["x-content-type-options"], path).toBe("nosniff");
    return answer;
  };

  await test.step("the sign-in page names icon and manifest, and its policy lets the browser take them", async () => {
    await page.goto(`${web}/sign-in`);
    await expect(page.locator('link[rel="manifest"]')).toHaveAttribute("href", "/manifest.webmanifest");
    await expect(page.locator('link[rel="apple-touch-icon"]')).toHaveAttribute("href", "/apple-touch-icon.png");
    const icon = await page.locator('link[rel="icon"]').getAttribute("href");
    expect((await shapeOf(await get(icon ?? "/no-icon"))).type).toBe("image/svg+xml");
    const loaded = await page.evaluate(async () => {
      const image = new Image();
      image.src = "/apple-touch-icon.png";
      await image.decode();
      return [image.naturalWidth, (await fetch("/manifest.webmanifest")).status];
    });
    expect(loaded).toEqual([180, 200]);
  });

  await test.step("each icon of the manifest is as large as it says", async () => {
    const manifest = await get("/manifest.webmanifest");
    expect(manifest.headers()["content-type"]).toContain("application/manifest+json");
    const { icons } = (await manifest.json()) as { icons: { src: string; sizes: string; type: string }[] };
    expect(icons).toHaveLength(3);
    for (const { src, sizes, type } of icons) expect(await shapeOf(await get(src)), src).toEqual({ type, sizes });
  });

  await test.step("the docs are read, filtered and walked", async () => {
    await page.goto(`${web}/docs`);
    await page.getByRole("searchbox").fill("forks");
    await expect(page).toHaveURL(/\/docs\?q=forks$/);
    await page.getByRole("link", { name: /A fork's merge request gets in/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("A fork's merge request gets in");
    expect((await page.request.get(`${web}/docs/findings/there-is-none`)).status()).toBe(404);
  });

  await test.step("crawlers are asked to stay away", async () => {
    const robots = await get("/robots.txt");
    expect(robots.headers()["content-type"]).toContain("text/plain");
    expect(await robots.text()).toMatch(/^User-agent: \*\nDisallow: \/$/m);
  });

  await test.step("security.txt leads to the contact and to the policy", async () => {
    const file = await get("/.well-known/security.txt");
    expect(file.headers()["content-type"]).toBe("text/plain; charset=utf-8");
    const text = await file.text();
    expect(text).toContain("Contact: mailto:security@acme.example\n");
    const policy = /^Policy: (.*)$/m.exec(text)?.[1] ?? "";
    expect(policy.startsWith(`${web}/`)).toBe(true);
    const told = await get(policy.slice(web.length));
    expect(told.headers()["content-type"]).toBe("text/plain; charset=utf-8");
    expect(await told.text()).toContain("Report a vulnerability privately");
  });
});
