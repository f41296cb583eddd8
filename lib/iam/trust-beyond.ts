import { isGitlabCom } from "@/lib/gitlab-ci/issuer";
import type { RawPolicy, RawStatement } from "./policy-schema";
import { statementsOf } from "./policy-schema";
import type { TrustView } from "./trust-view";
import { keyIn, rawList, subjectOperator } from "./trust-view";

/** What a trust holds beside what the view shows of it, a sentence each; empty where it shows all. */
export function beyondTrust(policy: RawPolicy, view: TrustView, issuer: string): string[] {
  const statements = statementsOf(policy);
  const shown = view.statement === null ? undefined : statements[view.statement];
  const others = statements.flatMap((statement, index) => (index === view.statement ? [] : [nameOf(statement, index)]));
  return [
    ...(others.length === 0 ? [] : [otherStatements(others, shown !== undefined)]),
    ...(shown && view.statement !== null ? inStatement(shown, `Statement ${view.statement + 1}`, view, issuer) : []),
    ...(policy.Version === "2012-10-17" ? [] : [`The trust is of version ${policy.Version ?? "2008-10-17"}.`]),
    ...(policy.Id === undefined ? [] : [`The trust has the Id ${policy.Id}.`]),
  ];
}

function otherStatements(names: readonly string[], besides: boolean): string {
  const count = names.length === 1 ? "1 statement" : `${names.length} statements`;
  return `The trust has ${besides ? count.replace(" ", " more ") : count}: ${names.join(", ")}.`;
}

function nameOf({ Sid, Effect }: RawStatement, index: number): string {
  return `${Sid ?? `statement ${index + 1}`} (${Effect})`;
}

function inStatement(statement: RawStatement, name: string, view: TrustView, issuer: string): string[] {
  const shown = shownKeys(statement, view, issuer);
  const audiences = valuesUnder(statement, "StringEquals", shown.audience).slice(1);
  const asked = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).flatMap(([key, values]) =>
      shown.all.has(`${operator} ${key}`)
        ? []
        : [`${name} also asks for ${key} under ${operator}: ${rawList(values).map(String).join(", ")}.`],
    ),
  );
  return [
    ...(statement.Sid === undefined ? [] : [`${name} is named ${statement.Sid}.`]),
    ...(view.audience === null ? [`${name} asks for no audience.`] : []),
    ...audiences.map((audience) => `${name} also takes the audience ${String(audience)}.`),
    ...asked,
  ];
}

/** The conditions that the view shows, as "operator key". */
function shownKeys(statement: RawStatement, { pins }: TrustView, issuer: string) {
  const equals = statement.Condition?.["StringEquals"];
  const operator = subjectOperator(statement, issuer);
  const audience = keyIn(equals, issuer, "aud");
  const subject = operator && keyIn(statement.Condition?.[operator], issuer, "sub");
  const pinned = isGitlabCom(issuer)
    ? [
        pins.projectId && keyIn(equals, issuer, "project_id"),
        pins.namespaceId && keyIn(equals, issuer, "namespace_id"),
        pins.refProtected && keyIn(equals, issuer, "ref_protected"),
      ]
    : [];
  const inEquals = [audience, ...pinned].flatMap((key) => (key ? [`StringEquals ${key}`] : []));
  return { audience, all: new Set([...inEquals, ...(subject ? [`${operator} ${subject}`] : [])]) };
}

function valuesUnder({ Condition }: RawStatement, operator: string, key: string | undefined) {
  return key === undefined ? [] : rawList(Condition?.[operator]?.[key]);
}
