import { evaluatePermissions } from "@/lib/iam/evaluate";
import type { PolicyDocument, PolicyStatement } from "@/lib/iam/policy-schema";
import { listOf } from "@/lib/iam/policy-schema";
import type { Caller } from "./caller";
import { authorize } from "./caller";
import { storedDocument } from "./documents";
import { AwsError, accessDenied } from "./errors";
import type { Parameters } from "./parameters";
import { roleAt, sessionRequest, startSession } from "./sessions";
import type { World } from "./world";
import { trustSeenBySts } from "./world";
import type { XmlFields } from "./xml";

/** The signed operations of STS (STS API reference), with the checks that each makes itself. */
export const stsOperations: Record<
  string,
  (call: { world: World; caller: Caller; parameters: Parameters; region: string }) => XmlFields
> = {
  GetCallerIdentity: ({ caller }) => ({ Arn: caller.arn, UserId: caller.userId, Account: caller.accountId }),
  AssumeRole: ({ world, caller, parameters, region }) => assumeRole(world, caller, parameters, region),
};

const chainedSessionSeconds = 3600;

/** Needs the caller's own policies and, in the role, a trust policy that names the caller; a missing role looks the same. */
function assumeRole(world: World, caller: Caller, parameters: Parameters, region: string): XmlFields {
  const request = sessionRequest(parameters);
  const externalId = parameters.optional("ExternalId");
  const context = {
    ...(externalId === undefined ? {} : { "sts:ExternalId": externalId }),
    "sts:RoleSessionName": request.sessionName,
  };
  authorize(caller, { action: "sts:AssumeRole", resource: request.roleArn, context });
  const found = roleAt(world, request.roleArn);
  const trust = found && trustSeenBySts(world, found.role);
  if (!found || trust === null || !trusts(storedDocument(trust), caller, request.roleArn, context))
    throw accessDenied(caller.arn, "sts:AssumeRole", request.roleArn);
  if (caller.isSession && request.duration > chainedSessionSeconds)
    throw new AwsError(
      400,
      "ValidationError",
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
    );
  return startSession(world, found, request, region);
}

/** Evaluates the statements whose principal is the caller. */
function trusts(trust: PolicyDocument, caller: Caller, roleArn: string, context: Record<string, string>): boolean {
  const statements = trust.Statement.filter((statement) => names(statement, caller)).map((statement) => ({
    ...statement,
    Resource: "*",
  }));
  const { verdict, why } = evaluatePermissions([{ ...trust, Statement: statements }], {
    action: "sts:AssumeRole",
    resource: roleArn,
    context: { ...context, "aws:PrincipalArn": caller.principalArn, "aws:PrincipalAccount": caller.accountId },
  });
  if (verdict === "undecided")
    console.error(`SANDBOX: whether ${roleArn} trusts ${caller.arn} is undecided, and so refused: ${why}`);
  return verdict === "allowed";
}

function names({ Principal }: PolicyStatement, caller: Caller): boolean {
  if (Principal === "*") return true;
  const principals = listOf(Principal?.["AWS"]);
  return ["*", caller.accountId, `arn:aws:iam::${caller.accountId}:root`, caller.principalArn, caller.arn].some((own) =>
    principals.includes(own),
  );
}
