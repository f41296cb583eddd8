import { RecordFact, RecordFacts } from "@/components/layout/record-section";
import { CodeBlock } from "@/components/ui/code-block";
import { ciVariables, gitlabCiYaml } from "@/lib/gitlab-ci/ci-job";
import type { RoleView } from "@/lib/role/contract";

/** What a project needs to use the role: three CI/CD variables and a job. */
export function RoleCiJob({ role }: { role: RoleView }) {
  return (
    <div className="grid gap-4">
      <p className="text-ink-2">
        Set these CI/CD variables in the project, and paste the job into its pipeline. None of them is a secret.
      </p>
      <RecordFacts>
        {ciVariables({ region: role.region, roleArn: role.arn, audience: role.audience }).map(({ key, value }) => (
          <RecordFact key={key} name={key} copy={value}>
            <code className="font-mono">{value}</code>
          </RecordFact>
        ))}
      </RecordFacts>
      <CodeBlock text={gitlabCiYaml({ audience: role.audience })} label=".gitlab-ci.yml" />
    </div>
  );
}
