#!/usr/bin/env node
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => new URL(`../${path}`, import.meta.url);
const bundle = at(".build/cli/trustdesk.mjs");

/** Whether the bundle was made of the sources as they are: what it says of a policy must not be yesterday's. */
function isFresh() {
  try {
    const made = statSync(bundle).mtimeMs;
    const inputs = JSON.parse(readFileSync(at(".build/cli/inputs.json"), "utf8"));
    return inputs.every((input) => statSync(at(input)).mtimeMs <= made);
  } catch {
    return false;
  }
}

const isDoctor = process.argv[2] === "doctor";
if (!isDoctor && isFresh()) {
  await import(bundle.href);
} else {
  // From the sources, through tsx: right as well, and slower.
  const { register } = await import("tsx/esm/api");
  process.env.TSX_TSCONFIG_PATH ??= fileURLToPath(at("tsconfig.json"));
  register();
  if (isDoctor) process.chdir(fileURLToPath(at(".")));
  await import(at(isDoctor ? "lib/cli/doctor-main.ts" : "lib/cli/main.ts").href);
}
