import { normalForm } from "@/lib/iam/normal-form";
import type { RawPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";
import { trustedAudiences, trustedProviders } from "@/lib/iam/trusted-provider";
import type { ProviderState, RoleDocument, RoleSettings, RoleState } from "./change";
import { takesTokens } from "./diff";
import type { OwnChange } from "./edit";
import { changesBetween } from "./edit";
import { trustDrift } from "./trust-drift";

/** What each kind of difference shows of both sides: `ours` as Trustdesk recorded it, `theirs` as AWS holds it; null for nothing. */
interface SidesOf {
  /** The whole role that is gone, or the path that is another one. */
  role: { ours: RoleDocument | string; theirs: string | null };
  /** Unique ids. */
  replaced: { ours: string; theirs: string };
  provider: { ours: Audiences; theirs: Audiences | null };
  "trust-policy": { ours: RawPolicy; theirs: RawPolicy };
  "inline-policy": { ours: RawPolicy | null; theirs: RawPolicy | null };
  /** ARNs. */
  "attached-policy": { ours: string | null; theirs: string | null };
  boundary: { ours: string | null; theirs: string | null };
  settings: { ours: RoleSettings; theirs: RoleSettings };
  tags: { ours: Record<string, string>; theirs: Record<string, string> };
}

type Audiences = Pick<ProviderState, "audiences">;

/** One thing in which AWS differs from what was recorded, in words, with both sides. */
export type Difference = {
  [What in keyof SidesOf]: {
    what: What;
    sentence: string;
    ours: SidesOf[What]["ours"];
    theirs: SidesOf[What]["theirs"];
  };
}[keyof SidesOf];

/** The account's OIDC provider of our GitLab, as it was looked for: `held` is null where AWS holds none. */
export interface LookedForProvider {
  arn: string;
  held: Pick<ProviderState, "audiences"> | null;
}

/**
 * What AWS holds, against the version that was recorded last, by meaning: what is only written differently is no
 * difference. An empty list means that both agree. Without its provider a role is as if closed, so that belongs to it; null
 * for a provider that could not be read, which says nothing.
 */
export function driftOf(
  recorded: { document: RoleDocument; uniqueId: string | null },
  live: RoleState | null,
  provider: LookedForProvider | null,
): Difference[] {
  const { document, uniqueId } = recorded;
  if (!live)
    return [
      {
        what: "role",
        sentence: "The role is not in AWS any more: pipelines that assume it are denied.",
        ours: document,
        theirs: null,
      },
    ];
  const replaced: Difference[] =
    uniqueId !== null && uniqueId !== live.uniqueId
      ? [
          {
            what: "replaced",
            sentence: `The role was deleted and made again in AWS on ${live.createdAt.slice(0, 10)}: it is another one, of the same name.`,
            ours: uniqueId,
            theirs: live.uniqueId,
          },
        ]
      : [];
  const moved: Difference[] =
    document.path === live.path
      ? []
      : [
          {
            what: "role",
            sentence: `The role is at the path ${live.path} in AWS, and was recorded at ${document.path}.`,
            ours: document.path,
            theirs: live.path,
          },
        ];
  return [
    ...replaced,
    ...moved,
    ...providerDifferences(document, provider),
    ...changesBetween(live, document).flatMap((change) => differenceOf(change, live.arn) ?? []),
  ];
}

/** AWS takes a token only where the provider has its audience among the client ids (IAM: AddClientIDToOpenIDConnectProvider). */
function providerDifferences({ trustPolicy }: RoleDocument, provider: LookedForProvider | null): Difference[] {
  const trust = readPolicy(trustPolicy);
  if (!provider || !trustedProviders(trust).includes(provider.arn)) return [];
  const { arn, held } = provider;
  const audiences = trustedAudiences(trust, arn);
  if (!held)
    return [
      {
        what: "provider",
        sentence: `The OIDC provider ${arn} is not in AWS any more: pipelines with its tokens are denied.`,
        ours: { audiences },
        theirs: null,
      },
    ];
  if (takesTokens(held, trustPolicy, arn)) return [];
  return [
    {
      what: "provider",
      sentence: `The OIDC provider ${arn} does not accept the audience ${audiences.join(" or ")} any more: pipelines that ask for it are denied.`,
      ours: { audiences },
      theirs: { audiences: held.audiences },
    },
  ];
}

/** A change that would put ours back, told the other way round: what happened in AWS. Null where it means the same. */
function differenceOf(change: OwnChange, roleArn: string): Difference | null {
  switch (change.kind) {
    case "update-trust": {
      const [ours, theirs] = [change.after, change.before];
      const sentence = trustDrift(ours, theirs, roleArn);
      return sentence === null ? null : { what: "trust-policy", sentence, ours, theirs };
    }
    case "put-inline-policy":
    case "delete-inline-policy":
      return permissionDifference(change);
    case "attach-policy":
    case "detach-policy":
      return {
        what: "attached-policy",
        sentence: `The managed policy ${change.policyArn} was ${change.after === null ? "attached" : "detached"} in AWS.`,
        ours: change.after,
        theirs: change.before,
      };
    case "put-boundary":
      return {
        what: "boundary",
        sentence:
          change.before === null
            ? "The permissions boundary was taken off in AWS."
            : "The permissions boundary was replaced in AWS.",
        ours: change.after,
        theirs: change.before,
      };
    case "delete-boundary":
      return {
        what: "boundary",
        sentence: "A permissions boundary was put on in AWS.",
        ours: change.after,
        theirs: change.before,
      };
    case "tag-role":
      return {
        what: "tags",
        sentence: `Trustdesk's tags ${Object.keys(change.after).join(", ")} were changed in AWS.`,
        ours: change.after,
        theirs: change.before,
      };
    case "update-role":
      return {
        what: "settings",
        sentence: "The description or the longest session was changed in AWS.",
        ours: change.after,
        theirs: change.before,
      };
  }
}

function permissionDifference(change: Extract<OwnChange, { policyName: string }>): Difference | null {
  const [ours, theirs] = [change.after, change.before];
  const isChanged = ours !== null && theirs !== null;
  if (isChanged && normalForm(ours) === normalForm(theirs)) return null;
  const untold = isChanged ? " Whether it means the same, Trustdesk does not tell." : "";
  const sentence = `The inline policy ${change.policyName} was ${happenedTo(change)} in AWS.${untold}`;
  return { what: "inline-policy", sentence, ours, theirs };
}

function happenedTo({ before, after }: { before: unknown; after: unknown }): "added" | "changed" | "deleted" {
  if (after === null) return "added";
  return before === null ? "deleted" : "changed";
}

/** A difference in the one shape in which those that say the same are equal, in whatever words. */
export function comparableDifference({ sentence: _sentence, ...difference }: Difference): unknown {
  if (difference.what !== "trust-policy" && difference.what !== "inline-policy") return difference;
  const { ours, theirs } = difference;
  return { ...difference, ours: ours && normalForm(ours), theirs: theirs && normalForm(theirs) };
}
