import { describe, expect, it } from "vitest";
import { planExample, roleDocumentExample } from "@/lib/plan/examples";
import type { AuditEvent } from "./model";
import { auditActions, auditSentence } from "./model";

describe("auditSentence", () => {
  it.each(auditActions)("tells %s with who did it and no gap where something is unknown", (action) => {
    const sentence = auditSentence({ action, actor: { name: "Pia Okafor" } });
    expect(sentence).toMatch(/^Pia Okafor \w/);
    expect(sentence).not.toMatch(/undefined|null| {2}|: *$/);
  });

  it("tells an action of another version by its name", () => {
    expect(auditSentence({ action: "toString", actor: { name: "Pia" } })).toBe("Pia: toString");
  });
});

describe("an audit event", () => {
  it("holds what its action tells, and the compiler refuses anything else", () => {
    const account = {
      accountId: "111122223333",
      name: "prod",
      partition: "aws",
      region: "us-east-1",
      spokeRoleArn: null,
      hasExternalId: true,
      defaultPath: "/",
      boundaryArn: null,
      boundaryRequired: false,
      namePrefix: "",
      source: "page",
    } as const;
    const asKept = { ...account, externalId: "a-secret" };
    const events: AuditEvent[] = [
      { action: "signed-in" },
      { action: "apply-started", after: planExample },
      { action: "role-recorded", after: roleDocumentExample, detail: planExample.roleArn },
      { action: "account-added", after: account },
      // @ts-expect-error -- an account is never told with its ExternalId
      { action: "account-added", after: asKept },
      // @ts-expect-error -- a sign-in tells nothing but itself
      { action: "signed-in", after: planExample },
      // @ts-expect-error -- an apply that starts tells its plan
      { action: "apply-started" },
      // @ts-expect-error -- a plan is no document
      { action: "role-recorded", after: planExample, detail: planExample.roleArn },
      // @ts-expect-error -- whoever is refused is told why
      { action: "role-request-refused", roleName: "deploy" },
      // @ts-expect-error -- there is no such action
      { action: "role-forgotten" },
    ];
    expect(events.map(({ action }) => auditActions.some((known) => known === action))).toEqual([
      ...Array.from({ length: 9 }, () => true),
      false,
    ]);
  });
});
