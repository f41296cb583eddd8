import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/**
 * A Chromium for the journeys: `CHROMIUM_PATH`, the machine's own, else apt's (as root), else Playwright's installer
 * (path null: Playwright finds its own). Gives the reason where none can be had.
 */
export async function findChromium(
  root: string,
  say: (text: string) => void = (text) => void process.stdout.write(text),
): Promise<{ ok: true; path: string | null } | { ok: false; reason: string }> {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen)
    return existsSync(chosen)
      ? { ok: true, path: chosen }
      : { ok: false, reason: `CHROMIUM_PATH names ${chosen}, which does not exist.` };
  const found = known.find((path) => existsSync(path));
  if (found) return { ok: true, path: found };
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    say("No Chromium on this machine: installing Debian's.\n");
    await succeeded("apt-get", ["update", "-qq"]);
    if (
      (await succeeded("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"])) &&
      existsSync("/usr/bin/chromium")
    )
      return { ok: true, path: "/usr/bin/chromium" };
  }
  if (await succeeded(join(root, "node_modules/.bin/playwright"), ["install", "chromium"]))
    return { ok: true, path: null };
  return {
    ok: false,
    reason:
      "There is no Chromium here, and neither apt-get nor Playwright's installer could bring one. Set CHROMIUM_PATH.",
  };
}

function succeeded(program: string, args: string[]): Promise<boolean> {
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return new Promise((done) => {
    spawn(program, args, { stdio: ["ignore", "ignore", "inherit"], env: environment, timeout: 600_000 })
      .once("error", () => done(false))
      .once("close", (code) => done(code === 0));
  });
}
