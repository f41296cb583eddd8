import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { RecordFact, RecordFacts, RecordSection } from "@/components/layout/record-section";
import type { ClaimDefinition } from "@/lib/gitlab-ci/claims";
import { subjectComponents } from "@/lib/gitlab-ci/claims";
import { tokenKeys } from "@/lib/iam/keys";
import { paths } from "@/lib/paths";
import { FindingsWith } from "./related";
import { Source } from "./source";

const idTokens = "https://docs.gitlab.com/ci/secrets/id_token_authentication/";
const typeWords = { string: "Text", number: "A number", array: "A list", object: "An object" } as const;

/** One claim of a CI ID token: what it says, who decides that, and whether AWS reads it. */
export function ClaimDoc({ claim }: { claim: ClaimDefinition }) {
  const { name, meaning, type, mutable, controlledBy, since } = claim;
  return (
    <article>
      <PageHeader
        crumbs={[{ label: "Docs", href: paths.docs() }, { label: "Claims" }]}
        title={<code className="font-mono">{name}</code>}
        facts={`${meaning}.`}
      />
      <RecordFacts>
        <RecordFact name="Whose doing it is">{upper(controlledBy)}</RecordFact>
        <RecordFact name="Changes">
          {mutable
            ? "Yes: the same project and ref may get another value tomorrow."
            : "No: it stays as long as the project does."}
        </RecordFact>
        <RecordFact name="Type">{typeWords[type]}</RecordFact>
        <RecordFact name="Since">GitLab {since}</RecordFact>
        <RecordFact name="In the subject">
          {subjectComponents.some((component) => component === name)
            ? "It can be one of the project's subject components."
            : name === "sub"
              ? "It is the subject."
              : "No: it is none of the components that a subject is made of."}
        </RecordFact>
      </RecordFacts>
      <RecordSection title="In a trust policy">
        <WhatAwsReads claim={claim} />
      </RecordSection>
      <FindingsWith conditionKey={`gitlab.com:${name}`} />
      <RecordSection title="Source">
        <Source href={idTokens} />
      </RecordSection>
    </article>
  );
}

function WhatAwsReads({ claim: { name } }: { claim: ClaimDefinition }) {
  if (name === "iss")
    return (
      <p className="max-w-[72ch]">
        By it AWS finds the OIDC provider, which the trust names as its principal. It is no condition key.
      </p>
    );
  const ofGitlabCom = tokenKeys("https://gitlab.com").includes(name);
  const ofOthers = tokenKeys("https://gitlab.example.com").includes(name);
  if (!ofGitlabCom)
    return (
      <p className="max-w-[72ch]">
        AWS does not read it, for any issuer: a condition on it never holds. See{" "}
        <Link href={paths.docsFinding("unknown-key")} className="text-accent underline">
          A key that AWS does not have
        </Link>
        .
      </p>
    );
  const key = `gitlab.com:${name}`;
  return (
    <RecordFacts>
      <RecordFact name="Of gitlab.com">
        <Link href={paths.docsKey(key)} className="text-accent hover:underline">
          <code className="font-mono">{key}</code>
        </Link>
      </RecordFact>
      <RecordFact name="Of another GitLab">
        {ofOthers ? (
          <code className="font-mono">gitlab.example.com:{name}</code>
        ) : (
          "AWS does not read it: a condition on it never holds."
        )}
      </RecordFact>
    </RecordFacts>
  );
}

function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
