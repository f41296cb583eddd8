import type { Caller } from "./caller";
import { authorize } from "./caller";
import { AwsError } from "./errors";
import { accountOperations } from "./iam-account";
import { policyOperations } from "./iam-policies";
import { providerOperations } from "./iam-providers";
import { rolePolicyOperations } from "./iam-role-policies";
import { roleOperations } from "./iam-roles";
import type { Operations } from "./operation";
import { parametersOf } from "./parameters";
import { stsOperations } from "./sts";
import { assumeRoleWithWebIdentity } from "./web-identity";
import type { World } from "./world";
import { accountOf } from "./world";
import type { XmlFields } from "./xml";
import { element, xml } from "./xml";

const iamOperations: Operations = {
  ...providerOperations,
  ...roleOperations,
  ...rolePolicyOperations,
  ...policyOperations,
  ...accountOperations,
};
const versions = { iam: "2010-05-08", sts: "2011-06-15" } as const;

/** A request of the Query protocol, before anything is checked. */
export interface QueryRequest {
  service: "iam" | "sts";
  action: string;
  form: URLSearchParams;
}

/** Tells IAM from STS by the version. Throws InvalidAction for what neither knows. */
export function queryRequest(body: string): QueryRequest {
  const form = new URLSearchParams(body);
  const action = form.get("Action") ?? "";
  const version = form.get("Version") ?? "";
  if (action === "") throw new AwsError(400, "MissingAction", "Could not find operation: no Action was given.");
  const service = version === versions.iam ? "iam" : version === versions.sts ? "sts" : null;
  const known = service === "iam" ? action in iamOperations : action in stsOperations || isUnsigned(action);
  if (!service || !known)
    throw new AwsError(
      400,
      "InvalidAction",
      `Could not find operation ${action} for version ${version || "NO_VERSION_SPECIFIED"}`,
    );
  return { service, action, form };
}

/** The one operation that takes no signature: the token is the credential. */
export function isUnsigned(action: string): boolean {
  return action === "AssumeRoleWithWebIdentity";
}

/** Runs a signed operation for `caller`: permission first, then validation and effect. */
export async function runSigned(
  world: World,
  { service, action, form }: QueryRequest,
  caller: Caller,
  region: string,
): Promise<XmlFields | undefined> {
  const parameters = parametersOf(form);
  if (service === "sts") return stsOperations[action]?.({ world, caller, parameters, region });
  const operation = iamOperations[action];
  if (!operation) return undefined;
  const call = { world, caller, parameters, account: accountOf(world, caller.accountId) };
  for (const needed of operation.needs(call)) authorize(caller, { action: `iam:${action}`, ...needed });
  const fields = await operation.run(call);
  if (!/^(Get|List)/.test(action)) world.changed();
  return fields;
}

export function runUnsigned(world: World, { form }: QueryRequest, region: string): Promise<XmlFields> {
  return assumeRoleWithWebIdentity(world, parametersOf(form), region);
}

/** The answer's XML; void operations have no result element. */
export function successXml(
  { service, action }: QueryRequest,
  fields: XmlFields | undefined,
  requestId: string,
): string {
  const result = fields === undefined ? "" : element(`${action}Result`, fields);
  return `<${action}Response xmlns="${namespaceOf(service)}">${result}${xml({ ResponseMetadata: { RequestId: requestId } })}</${action}Response>`;
}

export function errorXml(
  service: QueryRequest["service"],
  { status, code, message }: AwsError,
  requestId: string,
): string {
  const error = { Type: status >= 500 ? "Receiver" : "Sender", Code: code, Message: message };
  return `<ErrorResponse xmlns="${namespaceOf(service)}">${xml({ Error: error, RequestId: requestId })}</ErrorResponse>`;
}

function namespaceOf(service: QueryRequest["service"]): string {
  return `https://${service}.amazonaws.com/doc/${versions[service]}/`;
}
