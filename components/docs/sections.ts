import type { GradeName } from "@/components/ui/grade";
import type { Finding } from "@/lib/findings/finding";
import { findingPages } from "@/lib/findings/table";
import { claims } from "@/lib/gitlab-ci/claims";
import { paths } from "@/lib/paths";
import { conditionKeys, knowledgeWords } from "./condition-keys";

/** One line of the index. */
export interface DocsEntry {
  href: string;
  title: string;
  /** Whether the title is a machine's word. */
  isCode: boolean;
  /** A sentence about it. */
  about: string;
  /** Of a finding how bad it is at worst. */
  severity: GradeName | null;
  /** At the end of the line: a finding's id, or what is known in few words. */
  note: string;
}

export interface DocsSection {
  id: string;
  title: string;
  entries: readonly DocsEntry[];
}

/** All that the docs hold, in the order of its tables. */
export function docsSections(): DocsSection[] {
  return [
    { id: "who-gets-in", title: "Findings: who gets in", entries: findingsAbout("who") },
    { id: "what-they-may-do", title: "Findings: what they may do", entries: findingsAbout("what") },
    {
      id: "claims",
      title: "Claims of a CI ID token",
      entries: claims.map(({ name, meaning, awsConditionKey }) => ({
        href: paths.docsClaim(name),
        title: name,
        isCode: true,
        about: `${meaning}.`,
        severity: null,
        note: name === "sub" || name === "aud" ? "AWS reads it" : awsConditionKey ? "AWS reads it of gitlab.com" : "",
      })),
    },
    {
      id: "keys",
      title: "Condition keys in a trust policy",
      entries: conditionKeys.map((row) => ({
        href: paths.docsKey(row.key),
        title: row.key,
        isCode: true,
        about: row.meaning,
        severity: null,
        note: knowledgeWords(row),
      })),
    },
  ];
}

function findingsAbout(where: Finding["where"]): DocsEntry[] {
  return findingPages
    .filter((page) => page.where === where)
    .map(({ id, title, about, severities }) => ({
      href: paths.docsFinding(id),
      title,
      isCode: false,
      about: /^.*?[.](?= |$)/.exec(about)?.[0] ?? about,
      severity: severities.includes("danger") ? "danger" : "caution",
      note: id,
    }));
}
