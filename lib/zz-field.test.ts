import { readFileSync } from "node:fs";
import { it } from "vitest";
import { admittedRefs } from "@/lib/admission/admitted";
import { livesOf } from "@/lib/admission/life";
import { survey } from "@/lib/admission/survey";
import { findings, gradeOf } from "@/lib/findings/table";
import { defaultComponents } from "@/lib/gitlab-ci/components";
import type { GitRef } from "@/lib/gitlab-ci/ref";
import { providerArn } from "@/lib/iam/arn";
import { parseRawPolicy, readPolicy } from "@/lib/iam/policy-schema";

const cases = JSON.parse(readFileSync("/work/shared/cases/field.json", "utf8"));
it("field", () => {
  for (const one of cases.filter(
    (c: any) => c.kind === "trust" && (!process.env.ONLY || process.env.ONLY.split(",").includes(c.id)),
  )) {
    const { trust, issuer, project, refs } = one.input;
    const raw = parseRawPolicy(typeof trust === "string" ? trust : JSON.stringify(trust));
    if (!raw.ok) {
      console.log(one.id, "REFUSED", raw.reason, "|", one.expected);
      continue;
    }
    const policy = readPolicy(raw.policy);
    const started = performance.now();
    const s = survey(
      policy,
      {
        issuer,
        id: project.id,
        path: project.path,
        namespaceId: project.namespaceId,
        components: [...defaultComponents],
        refs: refs.map(
          (r: string): GitRef => ({
            name: r.split(" ")[1]!,
            type: r.split(" ")[0] as "branch",
            protected: /protected/.test(r),
            default: false,
            pushedAt: null,
            whoMayPush: "",
          }),
        ),
        protectedBranches: null,
        protectedTags: null,
        gitlabVersion: null,
        visibility: null,
        forksRunInParent: null,
      },
      {
        arn: providerArn({ partition: "aws", accountId: "111122223333", issuer }),
        issuer,
        audiences: null,
        at: new Date("2026-11-25"),
      },
    );
    const a = admittedRefs(policy, s)!;
    const f = findings({
      trustPolicy: policy,
      isList: true,
      survey: s,
      lives: livesOf(policy, s),
      refsComplete: true,
      inlinePolicies: [],
      attachedPolicies: [],
      doubledMembers: [],
      portalAudience: null,
    });
    const names = (l: any[]) => l.map((v) => v.ref.name).join(",");
    console.log(
      `${one.id} ${gradeOf(f)} in:[${names(a.in)}] untold:[${names(a.untold)}] out:[${names(a.out)}] ${(performance.now() - started).toFixed(0)}ms\n   EXPECTED ${one.expected}\n   ${f.map((x) => `${x.severity} ${x.id}: ${x.why} ${x.path ?? ""}`).join("\n   ")}\n   beyond: ${s.beyond.map((b) => `${b.kind}/${b.reach}: ${b.witness?.words}`).join("; ")}`,
    );
  }
}, 60000);
