import type { KeyKnowledge } from "./key-kind";

/** What is known of a key of AWS's own in an AssumeRoleWithWebIdentity call with a token of GitLab's. */
export interface KeyRow {
  /** As AWS writes it; with a star at its end all keys that begin so. */
  key: string;
  /** Of the provider: its ARN, or the account that it is in. Undocumented: the pages know the key and do not say. */
  knowledge: KeyKnowledge | { is: "the provider's"; part: "ARN" | "account" } | { is: "undocumented" };
  /** In a sentence, for words and the reference. */
  meaning: string;
  /** The page that says so. */
  source: string;
}

const globalKeys = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";
/** The keys of STS and of each provider, by call. */
export const stsKeys =
  "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html";
const iamKeys = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html";
const tags = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html";
/** Recordings of AWS STS of 2026-09-11 with tokens of a custom OpenID Connect provider. */
const recorded =
  "https://github.com/radkawar/stackd/tree/9dc356f5e5cc49d2d334178a09c1398dd1c62617/internal/services/sts/testdata/oidc";

type Rows = [knowledge: KeyRow["knowledge"], meaning: string, source: string, keys: readonly string[]];

const absent: KeyKnowledge = { is: "absent" };
const optional: KeyKnowledge = { is: "optional" };
const isFalse: KeyKnowledge = { is: "fixed", value: "false" };

const groups: readonly Rows[] = [
  [
    { is: "fixed", value: "true" },
    "STS answers over TLS only.",
    `${globalKeys}#condition-keys-securetransport`,
    ["aws:SecureTransport"],
  ],
  [{ is: "fixed", value: "User" }, "AWS calls a web identity a User.", recorded, ["aws:PrincipalType"]],
  [
    isFalse,
    "The runner calls STS itself: no AWS service forwards the call.",
    `${globalKeys}#condition-keys-viaawsservice`,
    ["aws:ViaAWSService"],
  ],
  [isFalse, "GitLab's tokens hold no claim that names the roles they are for.", recorded, ["sts:RoleAuthorizedByIdp"]],
  [
    { is: "the provider's", part: "account" },
    "The account of the provider that vouches for the token.",
    recorded,
    ["aws:PrincipalAccount"],
  ],
  [
    { is: "the provider's", part: "account" },
    "The role's account, which is the provider's too.",
    `${globalKeys}#condition-keys-resourceaccount`,
    ["aws:ResourceAccount"],
  ],
  [{ is: "the provider's", part: "ARN" }, "The ARN of the provider.", recorded, ["aws:userid"]],
  [
    { is: "the provider's", part: "ARN" },
    "The ARN of the provider.",
    `${globalKeys}#condition-keys-federatedprovider`,
    ["aws:FederatedProvider"],
  ],
  [absent, "A web identity is no principal with an ARN yet.", recorded, ["aws:PrincipalArn"]],
  [
    absent,
    "The call is not signed with credentials of AWS.",
    `${globalKeys}#condition-keys-principalisawsservice`,
    ["aws:PrincipalIsAWSService"],
  ],
  [
    absent,
    "Only a call by an AWS service itself has it.",
    globalKeys,
    [
      "aws:PrincipalServiceName",
      "aws:PrincipalServiceNamesList",
      "aws:SourceAccount",
      "aws:SourceArn",
      "aws:SourceOrgID",
      "aws:SourceOrgPaths",
    ],
  ],
  [absent, "Only IAM users have a name.", `${globalKeys}#condition-keys-username`, ["aws:username"]],
  [
    absent,
    "A federated identity has no MFA of AWS.",
    `${globalKeys}#condition-keys-multifactorauthpresent`,
    ["aws:MultiFactorAuthPresent", "aws:MultiFactorAuthAge"],
  ],
  [
    absent,
    "Only a call with the credentials of a session has it.",
    `${globalKeys}#condition-keys-role-session-properties`,
    [
      "aws:AssumedRoot",
      "aws:TokenIssueTime",
      "aws:SignInSessionArn",
      "aws:ChatbotSourceArn",
      "aws:Ec2InstanceSourceVpc",
      "aws:Ec2InstanceSourcePrivateIPv4",
      "aws:SourceIdentity",
      "ec2:RoleDelivery",
      "ec2:SourceInstanceArn",
      "glue:RoleAssumedBy",
      "glue:CredentialIssuingService",
      "codebuild:BuildArn",
      "codebuild:ProjectArn",
      "lambda:SourceFunctionArn",
      "ssm:SourceInstanceArn",
      "identitystore:UserId",
    ],
  ],
  [
    absent,
    "The runner calls STS itself, not through a service.",
    `${globalKeys}#condition-keys-calledvia`,
    ["aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast", "aws:CalledViaAWSMCP"],
  ],
  [
    absent,
    "GitLab's tokens carry no tags for AWS.",
    tags,
    ["aws:PrincipalTag/*", "aws:RequestTag/*", "aws:TagKeys", "sts:TransitiveTagKeys"],
  ],
  [
    absent,
    "GitLab's tokens carry no source identity.",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html",
    ["sts:SourceIdentity"],
  ],
  [
    absent,
    "STS has it in other calls than this one.",
    stsKeys,
    [
      "sts:ExternalId",
      "sts:DurationSeconds",
      "sts:AWSServiceName",
      "sts:IdentityTokenAudience",
      "sts:SigningAlgorithm",
      "sts:TaskPolicyArn",
      "sts:RequestContext/*",
      "sts:RequestContextProviders",
    ],
  ],
  [
    optional,
    "The address of the runner; a call through a VPC endpoint has none.",
    `${globalKeys}#condition-keys-sourceip`,
    ["aws:SourceIp"],
  ],
  [
    optional,
    "Only a call through a VPC endpoint has it.",
    `${globalKeys}#condition-keys-network-properties`,
    [
      "aws:SourceVpc",
      "aws:SourceVpcArn",
      "aws:SourceVpce",
      "aws:VpcSourceIp",
      "aws:VpceAccount",
      "aws:VpceOrgID",
      "aws:VpceOrgPaths",
    ],
  ],
  [
    optional,
    "The role's own tags.",
    `${globalKeys}#condition-keys-resourcetag`,
    ["aws:ResourceTag/*", "iam:ResourceTag/*"],
  ],
  [
    optional,
    "The organization of the role's account, where it is in one.",
    `${globalKeys}#condition-keys-resourceorgid`,
    ["aws:ResourceOrgID", "aws:ResourceOrgPaths"],
  ],
  [
    { is: "chosen", always: true },
    "The job chooses its session's name.",
    `${iamKeys}#ck_rolesessionname`,
    ["sts:RoleSessionName"],
  ],
  [
    { is: "chosen", always: true },
    "The job chooses the region whose STS it calls.",
    `${globalKeys}#condition-keys-requestedregion`,
    ["aws:RequestedRegion"],
  ],
  [
    { is: "chosen", always: true },
    "The job's own word: a header of the call.",
    `${globalKeys}#condition-keys-useragent`,
    ["aws:UserAgent"],
  ],
  [
    { is: "chosen" },
    "The job's own word: a header of the call.",
    `${globalKeys}#condition-keys-referer`,
    ["aws:referer"],
  ],
  [
    { is: "time", as: "ISO 8601" },
    "The moment of the call.",
    `${globalKeys}#condition-keys-currenttime`,
    ["aws:CurrentTime"],
  ],
  [
    { is: "time", as: "seconds" },
    "The moment of the call, in seconds since 1970.",
    `${globalKeys}#condition-keys-epochtime`,
    ["aws:EpochTime"],
  ],
  [
    { is: "undocumented" },
    "Whether a web identity has an organization, AWS's pages do not say.",
    `${globalKeys}#condition-keys-principalorgid`,
    ["aws:PrincipalOrgID", "aws:PrincipalOrgPaths"],
  ],
  [
    { is: "undocumented" },
    "Whether a call that no MCP service forwards has it, AWS's page leaves open.",
    `${globalKeys}#condition-keys-viaawsmcpservice`,
    ["aws:ViaAWSMCPService", "aws:IsMcpServiceAction"],
  ],
  [absent, "Only sign-in through SAML has it.", `${iamKeys}#condition-keys-saml`, ["saml:*"]],
  [
    absent,
    "A key of another service: only calls to that service have it.",
    globalKeys,
    ["cloudformation:*", "ec2:*", "ecs:*", "eks:*", "iam:*", "kms:*", "lambda:*", "organizations:*", "s3:*"],
  ],
];

/** Every key of AWS's own that a trust policy may ask for, more special ones first. */
export const keyRows: readonly KeyRow[] = groups.flatMap(([knowledge, meaning, source, keys]) =>
  keys.map((key) => ({ key, knowledge, meaning, source })),
);
