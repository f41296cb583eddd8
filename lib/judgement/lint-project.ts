// As a namespace: the bundle then holds what is used of zod, and not its forty languages, and starts sooner.
import * as z from "zod";
import type { SubjectComponent } from "@/lib/gitlab-ci/components";
import { defaultComponents, parseComponents } from "@/lib/gitlab-ci/components";
import type { MintingProject } from "@/lib/gitlab-ci/mint/project";
import { numbersOf } from "@/lib/gitlab-ci/version";
import { pointerStep } from "@/lib/iam/json-text";

/** A project as a lint asks about it: what it can mint, and where the role is. */
export interface LintProject extends MintingProject {
  /** Twelve digits; null: the account that the trust names. */
  account: string | null;
  /** What AWS's provider is registered with; null: not known. */
  audiences: readonly string[] | null;
}

const text = (what: string) => z.string(`${what} is wanted here, as text.`).min(1, `${what} is empty.`);
const id = (what: string) =>
  z
    .union([z.string(), z.number()], `${what} is wanted here: GitLab's number.`)
    .transform(String)
    .refine((value) => /^\d+$/.test(value), `${what} is GitLab's number: digits and nothing else.`);
const level = (whose: string) =>
  z
    .union([z.literal(0), z.literal(30), z.literal(40), z.literal(60), z.null()], `${whose}: 0, 30, 40, 60, or null.`)
    .default(null);
const named = z.array(text("A name")).optional();
const list = (what: string) => `${what} is a list.`;

const branchRule = z.strictObject({ name: text("The rule's name"), push: level("push"), merge: level("merge"), named });
const tagRule = z.strictObject({ name: text("The rule's name"), create: level("create"), named });

const ref = /^(branch|tag) (\S+)(?: \((protected|default|protected, default|default, protected)\))?$/;

/** The file that `--project` names: a project's refs, and what protects them. No member: not known; an empty list: none. */
export const lintProjectSchema = z
  .object(
    {
      issuer: text("The issuer").regex(/^https:\/\/[^\s/]+\S*$/, "The issuer is a URL with https://."),
      project: z.object(
        {
          path: text("The project's path").regex(/^[^\s/]+(\/[^\s/]+)+$/, "The project's path is group/project."),
          id: id("The project's id"),
          namespaceId: id("The namespace's id").nullish(),
        },
        "project is an object with path, id and namespaceId.",
      ),
      refs: z
        .array(
          z
            .string('A ref is a text such as "branch main (protected)".')
            .regex(ref, 'A ref is "branch NAME" or "tag NAME", with " (protected)" behind one that is.'),
          list("refs"),
        )
        .optional(),
      protectedBranches: z.array(z.union([text("The rule's name"), branchRule]), list("protectedBranches")).optional(),
      protectedTags: z.array(z.union([text("The rule's name"), tagRule]), list("protectedTags")).optional(),
      account: z
        .string("account is text: twelve digits.")
        .regex(/^\d{12}$/, "account has twelve digits.")
        .optional(),
      subjectComponents: z
        .array(z.string("A component is a name."), list("subjectComponents"))
        .min(1, "subjectComponents is empty.")
        .optional(),
      audiences: z.array(text("An audience"), list("audiences")).optional(),
      gitlabVersion: z
        .string("gitlabVersion is text.")
        .refine((version) => numbersOf(version) !== null, 'gitlabVersion is as /metadata answers it, e.g. "19.4.1-ee".')
        .optional(),
      /** So stand the cases that trusts are tried on; the trust has a file of its own. */
      trust: z.unknown().optional(),
    },
    "A project file holds an object.",
  )
  .meta({
    title: "LintProject",
    description:
      "What a project can mint. protectedBranches and protectedTags: push, merge and create are GitLab's access levels (0 nobody, 30 Developers, 40 Maintainers, 60 administrators, null not known); a bare name: levels not known; an empty list: no rules; no member: not known.",
    examples: [
      {
        issuer: "https://gitlab.com",
        project: { path: "acme/shop", id: "7301", namespaceId: "55" },
        refs: ["branch main (protected)", "branch feature/x", "tag v1.0"],
        protectedBranches: [{ name: "main", push: 40, merge: 40 }],
        protectedTags: ["v*"],
      },
    ],
  });

/** Where a value is not a project, as a sentence; `pointer` is a JSON pointer. */
export interface ProjectNotRead {
  ok: false;
  reason: string;
  pointer: string;
}

/** Reads what a project file holds. `notes` say what was assumed, a sentence each. */
export function readLintProject(value: unknown): { ok: true; project: LintProject; notes: string[] } | ProjectNotRead {
  const read = lintProjectSchema.safeParse(value);
  if (!read.success) return firstIssue(read.error.issues, value);
  const file = read.data;
  const components = file.subjectComponents ? parseComponents(file.subjectComponents) : null;
  if (components && !components.ok) return { ok: false, reason: components.reason, pointer: "/subjectComponents" };
  const notes = [...notesOn(file), ...unreadMembers(value, read.data)];
  return { ok: true, project: projectOf(file, components?.components ?? defaultComponents), notes };
}

/** Members that a project file may hold for others: what they say is not known here, and nothing is taken to be safe by it. */
function unreadMembers(value: unknown, read: ProjectFile): string[] {
  const isObject = (one: unknown): one is Record<string, unknown> => typeof one === "object" && one !== null;
  const names = (one: unknown, known: object, under: string) =>
    isObject(one) ? Object.keys(one).flatMap((name) => (name in known ? [] : [`${under}${name}`])) : [];
  const inner = isObject(value) ? value["project"] : null;
  const unread = [...names(value, read, ""), ...names(inner, read.project, "project.")];
  return unread.map((name) => `The project file's member ${name} was not read: it is none that Trustdesk knows.`);
}

type ProjectFile = z.infer<typeof lintProjectSchema>;

function notesOn(file: ProjectFile): string[] {
  return [
    ...(file.subjectComponents
      ? []
      : [
          `The project's subject components are not given: GitLab's default was taken (${defaultComponents.join(", ")}).`,
        ]),
    ...(file.trust === undefined
      ? []
      : ["The project file's member trust was not read: the trust has a file of its own."]),
  ];
}

function projectOf(file: ProjectFile, components: readonly SubjectComponent[]): LintProject {
  return {
    issuer: file.issuer,
    path: file.project.path,
    id: file.project.id,
    namespaceId: file.project.namespaceId ?? null,
    components,
    refs: file.refs?.map(refOf) ?? null,
    protectedBranches:
      file.protectedBranches?.map((rule) =>
        typeof rule === "string" ? { name: rule, push: null, merge: null } : ruleOf(rule),
      ) ?? null,
    protectedTags:
      file.protectedTags?.map((rule) => (typeof rule === "string" ? { name: rule, create: null } : ruleOf(rule))) ??
      null,
    gitlabVersion: file.gitlabVersion ?? null,
    visibility: null,
    forksRunInParent: null,
    account: file.account ?? null,
    audiences: file.audiences ?? null,
  };
}

function ruleOf<Rule extends { named?: string[] | undefined }>({ named: people, ...rule }: Rule) {
  return { ...rule, ...(people === undefined ? {} : { named: people }) };
}

function refOf(written: string): { name: string; type: "branch" | "tag"; protected: boolean } {
  const [, type, name = "", marks = ""] = ref.exec(written) ?? [];
  return { name, type: type === "tag" ? "tag" : "branch", protected: marks.includes("protected") };
}

function firstIssue(issues: readonly z.core.$ZodIssue[], value: unknown): ProjectNotRead {
  const [issue] = issues;
  if (!issue) return { ok: false, reason: "This is no project.", pointer: "" };
  const path = issue.path.map((step) => (typeof step === "number" ? step : String(step)));
  if (issue.code === "unrecognized_keys") {
    const [name = ""] = issue.keys;
    return {
      ok: false,
      reason: `"${name}" is no member of a project file.`,
      pointer: [...path, name].map(pointerStep).join(""),
    };
  }
  if (issue.code === "invalid_union") return unionIssue(issue, path, value);
  return { ok: false, reason: issue.message, pointer: path.map(pointerStep).join("") };
}

/** Of a rule that is an object, what is wrong inside; of anything else, what may stand there. */
function unionIssue(issue: z.core.$ZodIssueInvalidUnion, path: (string | number)[], value: unknown): ProjectNotRead {
  const inner = issue.errors.flat().find(({ path: below, code }) => below.length > 0 || code === "unrecognized_keys");
  if (inner) return firstIssue([{ ...inner, path: [...path, ...inner.path] }], value);
  const pointer = path.map(pointerStep).join("");
  const isRule = path[0] === "protectedBranches" || path[0] === "protectedTags";
  const members = path[0] === "protectedTags" ? "name and create" : "name, push and merge";
  return {
    ok: false,
    reason: isRule && path.length === 2 ? `A rule is a name, or an object with ${members}.` : issue.message,
    pointer,
  };
}
