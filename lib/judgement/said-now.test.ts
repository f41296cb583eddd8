import { expect, it } from "vitest";
import type { Finding } from "@/lib/findings/finding";
import type { Judgement } from "./judgement";
import { saidNow } from "./said-now";

const finding = (id: Finding["id"], title: string, changes: Partial<Finding> = {}): Finding => ({
  ...{ id, title, severity: "caution", why: "main", mend: null, mendId: null, where: "who" },
  ...changes,
});
const pin = finding("no-immutable-pin", "Held to a name only");
const open = finding("unprotected-ref", "A ref that is not protected");
const judged = (findings: Finding[], after?: Judgement["after"]): Judgement => ({
  findings,
  grade: findings.length > 0 ? "caution" : "safe",
  after: after ?? { kind: "refs", in: [], untold: [], asked: 1 },
  before: null,
});

it("is what is found now, with nothing to add where that was recorded", () => {
  expect(saidNow(judged([pin]), judged([pin]), 3)).toEqual({
    of: "now",
    findings: [pin],
    grade: "caution",
    notes: [],
  });
});

it("says what has come and what has gone since the version was recorded", () => {
  expect(saidNow(judged([open]), judged([pin]), 3)).toMatchObject({
    findings: [open],
    notes: [
      "Not recorded with version 3: A ref that is not protected.",
      "Recorded with version 3, and not found now: Held to a name only.",
    ],
  });
});

it.each([{ severity: "danger" as const }, { why: "main, dev" }])(
  "says that the same thing is another now: %j",
  (changes) => {
    const { notes } = saidNow(judged([{ ...open, ...changes }]), judged([open]), 2);
    expect(notes).toEqual(["Recorded otherwise with version 2: A ref that is not protected."]);
  },
);

it("is what was recorded, and says so, where GitLab does not show what would tell it", () => {
  const hidden: Judgement["after"] = { kind: "untold", because: "GitLab hides it." };
  expect(saidNow(judged([open], hidden), judged([pin]), 2)).toEqual({
    of: "record",
    findings: [pin],
    grade: "caution",
    notes: ["As recorded with version 2, since it can't be told here what is so now: GitLab hides it."],
  });
});

it("is what is found now where nobody could tell more when it was recorded", () => {
  const hidden: Judgement["after"] = { kind: "untold", because: "GitLab hides it." };
  expect(saidNow(judged([open], hidden), judged([open], hidden), 2)).toMatchObject({ of: "now", notes: [] });
});
