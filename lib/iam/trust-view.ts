import type { RefType, SubjectComponent } from "@/lib/gitlab-ci/claims";
import { isGitlabCom, providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { isPattern } from "@/lib/gitlab-ci/ref-pattern";
import { readSubject } from "@/lib/gitlab-ci/subject";
import type { RawPolicy, RawStatement } from "./policy-schema";
import { listOf, statementsOf } from "./policy-schema";

/** For whom a trust is read: the account's provider, and the project with its ids as strings. */
export interface TrustedProject {
  issuer: string;
  providerArn: string;
  /** Null where GitLab does not show them: then no subject can be read. */
  components: readonly SubjectComponent[] | null;
  projectId: string;
  projectPath: string;
  namespaceId: string;
}

/** What one statement of a trust says in the form's words. Lists hold each value once; refs and patterns are sorted. */
export interface TrustView {
  /** Its place among the statements, from 0; null where no statement lets in this provider's tokens alone. */
  statement: number | null;
  refs: { name: string; type: RefType }[];
  patterns: { pattern: string; type: RefType | "*" }[];
  /** Subjects that it takes and that are no ref or pattern of this project, as written. */
  otherSubjects: string[];
  /** The first audience that it takes; null where it asks for none. */
  audience: string | null;
  /** The one value that it holds each key to; null where it does not, or to several. */
  pinned: { projectId: string | null; namespaceId: string | null; refProtected: string | null };
  /** Which of these are this project's: what the form calls its pins. */
  pins: { projectId: boolean; namespaceId: boolean; refProtected: boolean };
}

/** What GitLab's and AWS's guides ask tokens for. */
export const usualAudience = "https://sts.amazonaws.com";

/** The operators by which the form names subjects. */
export type SubjectOperator = "StringEquals" | "StringLike";

type RawValues = NonNullable<RawStatement["Condition"]>[string][string];

/** The values of a condition's key as a list. */
export function rawList(values: RawValues | undefined): (string | boolean | number)[] {
  if (values === undefined) return [];
  return Array.isArray(values) ? values : [values];
}

/** The operator under which a statement names subjects for the form; null where it names none. */
export function subjectOperator(
  { Condition }: Pick<RawStatement, "Condition">,
  issuer: string,
): SubjectOperator | null {
  const operators = ["StringEquals", "StringLike"] as const;
  return operators.find((operator) => keyIn(Condition?.[operator], issuer, "sub") !== undefined) ?? null;
}

/**
 * The issuer's key for a claim as it is spelt there: AWS compares keys without case. Undefined where it is not there, and
 * where it is there more than once, in other letter case: all of them must match, so none is the one to show or write.
 */
export function keyIn(keys: Record<string, unknown> | undefined, issuer: string, claim: string): string | undefined {
  const spelt = spellings(keys, issuer, claim);
  return spelt.length === 1 ? spelt[0] : undefined;
}

function spellings(keys: Record<string, unknown> | undefined, issuer: string, claim: string): string[] {
  const wanted = `${providerUrlPath(issuer)}:${claim}`.toLowerCase();
  return Object.keys(keys ?? {}).filter((key) => key.toLowerCase() === wanted);
}

/**
 * Reads the statement that the form shows: the first that names a ref of the project, else the first that lets in this
 * provider's tokens and nobody else. Of conditions it reads `sub` under StringEquals, or else StringLike, and `aud` and
 * the pins under StringEquals; all others are beyond it.
 */
export function readTrust(policy: RawPolicy, project: TrustedProject): TrustView {
  const views = statementsOf(policy).flatMap((statement, index) =>
    isForProvider(statement, project.providerArn)
      ? [{ ...readStatement(statement, policy.Version, project), statement: index }]
      : [],
  );
  return views.find(({ refs, patterns }) => refs.length + patterns.length > 0) ?? views[0] ?? nothing;
}

const nothing: TrustView = {
  statement: null,
  refs: [],
  patterns: [],
  otherSubjects: [],
  audience: null,
  pinned: { projectId: null, namespaceId: null, refProtected: null },
  pins: { projectId: false, namespaceId: false, refProtected: false },
};

function isForProvider(statement: RawStatement, providerArn: string): boolean {
  const { Effect, Principal, NotPrincipal, Action, NotAction, Resource, NotResource } = statement;
  const others = [NotPrincipal, NotAction, Resource, NotResource];
  const actions = listOf(Action);
  const federated = typeof Principal === "object" ? listOf(Principal["Federated"]) : [];
  return (
    Effect === "Allow" &&
    others.every((element) => element === undefined) &&
    actions.length === 1 &&
    actions[0]?.toLowerCase() === "sts:assumerolewithwebidentity" &&
    Object.keys(Principal ?? {}).length === 1 &&
    federated.length === 1 &&
    federated[0] === providerArn
  );
}

function readStatement(
  statement: RawStatement,
  version: string | undefined,
  project: TrustedProject,
): Omit<TrustView, "statement"> {
  const { issuer } = project;
  const equals = statement.Condition?.["StringEquals"];
  const onlyValue = (claim: string): string | null => {
    const values = valuesIn(equals, issuer, claim);
    return isGitlabCom(issuer) && values.length === 1 ? String(values[0]) : null;
  };
  const pinned = {
    projectId: onlyValue("project_id"),
    namespaceId: onlyValue("namespace_id"),
    refProtected: onlyValue("ref_protected"),
  };
  const { isProtected, ...subjects } = readSubjects(statement, pinned.refProtected === "true", version, project);
  const [audience = null] = spellings(equals, issuer, "aud").flatMap((key) => rawList(equals?.[key]).map(String));
  return {
    ...subjects,
    audience,
    pinned,
    pins: {
      projectId: pinned.projectId === project.projectId,
      namespaceId: pinned.namespaceId === project.namespaceId,
      refProtected: isProtected,
    },
  };
}

/**
 * A subject counts as the project's where its protection is that of the pin; without a key for the pin (AWS has one for
 * gitlab.com alone) the pin is on where any subject asks for a protected ref.
 */
function readSubjects(
  statement: RawStatement,
  hasPin: boolean,
  version: string | undefined,
  { issuer, components, projectPath, projectId }: TrustedProject,
): Pick<TrustView, "refs" | "patterns" | "otherSubjects"> & { isProtected: boolean } {
  const operator = subjectOperator(statement, issuer);
  const keys = operator === null ? undefined : statement.Condition?.[operator];
  const values = [...new Set(valuesIn(keys, issuer, "sub").map(String))];
  const read = values.map((value) => {
    // Under StringEquals a wildcard stands for itself, which no ref can hold.
    const isReadable = components !== null && (operator === "StringLike" || !isPattern(value));
    const escaped = version === "2012-10-17" ? value : value.replaceAll("${", "${$}{");
    return { value, parts: isReadable ? readSubject(components, escaped, { projectPath, projectId }) : null };
  });
  const asks = (parts: (typeof read)[number]["parts"]): boolean => parts?.refProtected === "true";
  const inSubject = components?.includes("ref_protected") ?? false;
  const isProtected = isGitlabCom(issuer) ? hasPin : read.some(({ parts }) => asks(parts));
  const ours = read.flatMap(({ parts }) => (parts && (!inSubject || asks(parts) === isProtected) ? [parts] : []));
  const named = ours.filter(({ ref, refType }) => !isPattern(ref) && refType !== "*");
  return {
    isProtected,
    refs: sorted(named.flatMap(({ ref: name, refType: type }) => (type === "*" ? [] : [{ name, type }]))),
    patterns: sorted(
      ours.filter((parts) => !named.includes(parts)).map(({ ref: pattern, refType: type }) => ({ pattern, type })),
    ),
    otherSubjects: read.flatMap(({ value, parts }) => (parts && ours.includes(parts) ? [] : [value])),
  };
}

function valuesIn(keys: Record<string, RawValues> | undefined, issuer: string, claim: string) {
  const key = keyIn(keys, issuer, claim);
  return key === undefined ? [] : rawList(keys?.[key]);
}

/** By name, then by type. */
export function sorted<Part extends Record<string, string>>(parts: readonly Part[]): Part[] {
  const text = (part: Part): string => Object.values(part).join("\n");
  return [...parts].sort((a, b) => (text(a) < text(b) ? -1 : 1));
}
