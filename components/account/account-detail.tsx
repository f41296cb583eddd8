import { Check, CircleX } from "lucide-react";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/ui/relative-time";
import type { AwsAccountView } from "@/lib/account/model";

type CheckId = NonNullable<AwsAccountView["lastTest"]>["checks"][number]["id"];

const checkName: Record<CheckId, string> = {
  identity: "Worker's identity",
  "spoke-role": "Spoke role",
  account: "Account",
  boundary: "Permissions boundary",
  "read-iam": "Reads IAM",
};

/** What lies under an account: how the worker reaches it, and each check of the last connection test. */
export function AccountDetail({ account }: { account: AwsAccountView }) {
  return (
    <div className="grid gap-x-10 gap-y-4 bg-sunk px-2.5 py-3 wide:grid-cols-2">
      <section aria-label={`Connection test of ${account.name}`}>
        <h2 className="mb-1.5 text-xs font-medium text-ink-3">Connection test</h2>
        {account.lastTest ? (
          <ul className="space-y-1.5">
            {account.lastTest.checks.map((check) => (
              <li
                key={check.id}
                className="grid grid-cols-[16px_148px_minmax(0,1fr)] items-start gap-x-2 max-sm:grid-cols-[16px_minmax(0,1fr)]"
              >
                {check.ok ? (
                  <Check aria-label="passed" className="mt-0.5 text-safe" />
                ) : (
                  <CircleX aria-label="failed" className="mt-0.5 text-danger" />
                )}
                <span>{checkName[check.id]}</span>
                <span className="text-ink-2 [overflow-wrap:anywhere] max-sm:col-start-2">{check.text}</span>
              </li>
            ))}
            {account.lastTest.state === "running" ? (
              <li className="pl-6 text-ink-2">The worker is asking AWS.</li>
            ) : null}
          </ul>
        ) : (
          <p className="text-ink-2">
            Not tested yet. The test asks AWS who the worker is, assumes the spoke role, looks for the boundary, and
            reads IAM. It changes nothing.
          </p>
        )}
      </section>
      <section aria-label={`Settings of ${account.name}`}>
        <h2 className="mb-1.5 text-xs font-medium text-ink-3">Reached by</h2>
        <dl className="grid grid-cols-[148px_minmax(0,1fr)] gap-x-2 gap-y-1.5">
          <Fact name="Spoke role">
            {account.spokeRoleArn ? (
              <code className="font-mono">{account.spokeRoleArn}</code>
            ) : (
              "the worker's own identity"
            )}
          </Fact>
          <Fact name="ExternalId">{account.hasExternalId ? "set, not shown" : "none"}</Fact>
          <Fact name="Partition">
            <code className="font-mono">{account.partition}</code>
          </Fact>
          <Fact name="Boundary">
            {account.boundaryArn ? <code className="font-mono">{account.boundaryArn}</code> : "none"}
          </Fact>
          <Fact name="Names begin with">
            {account.namePrefix ? <code className="font-mono">{account.namePrefix}</code> : "anything"}
          </Fact>
          <Fact name="Roles compared">
            <LastCheck {...account} />
          </Fact>
          <Fact name="Comes from">{account.source === "file" ? "the accounts file" : "this page"}</Fact>
        </dl>
      </section>
    </div>
  );
}

/** When the account's roles were last compared with AWS, or why not. */
function LastCheck({ checkedAt, checkFailure }: Pick<AwsAccountView, "checkedAt" | "checkFailure">) {
  const last = checkedAt ? <RelativeTime at={checkedAt} /> : "never";
  if (!checkFailure) return last;
  return (
    <>
      {last}. <span className="text-danger">Not possible at present:</span> {checkFailure.message} {checkFailure.todo}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
