/** One thing that the doctor looked at. Texts are for the operator and hold no secret. */
export interface Check {
  /** What was looked at, e.g. "database: web" or "aws prod: iam:CreateRole". */
  name: string;
  state: "ok" | "warning" | "failed";
  found: string;
  /** What to do; null when there is nothing to do. */
  mend: string | null;
}

export function ok(name: string, found: string): Check {
  return { name, state: "ok", found, mend: null };
}

export function warning(name: string, found: string, mend: string): Check {
  return { name, state: "warning", found, mend };
}

export function failed(name: string, found: string, mend: string): Check {
  return { name, state: "failed", found, mend };
}

/** The checks as lines for a terminal, what to do below what is wrong, and a sentence at the end. */
export function asText(checks: readonly Check[]): string {
  const marks = { ok: "ok     ", warning: "warning", failed: "FAILED " } as const;
  const lines = checks.flatMap(({ name, state, found, mend }) => [
    `${marks[state]}  ${name}: ${found}`,
    ...(mend === null ? [] : [`         -> ${mend}`]),
  ]);
  const count = (state: Check["state"]) => checks.filter((check) => check.state === state).length;
  return [...lines, "", `${count("ok")} ok, ${count("warning")} to look at, ${count("failed")} failed.`].join("\n");
}
