import { PolicyDocumentView } from "@/components/plan/policy-document";
import type { PolicyStatement, RawPolicy } from "@/lib/iam/policy-schema";
import { readPolicy } from "@/lib/iam/policy-schema";

const operatorWords: Record<string, string> = {
  StringEquals: "is exactly",
  StringLike: "is like",
  StringNotEquals: "is not",
  StringNotLike: "is not like",
  StringEqualsIgnoreCase: "is, in any case,",
};

/** A trust policy in words, one paragraph a statement, and as the document. */
export function RoleTrust({ policy }: { policy: RawPolicy }) {
  return (
    <div className="grid gap-4">
      {readPolicy(policy).Statement.map((statement, index) => (
        <TrustStatement key={index} statement={statement} />
      ))}
      <PolicyDocumentView document={policy} label="Trust policy" />
    </div>
  );
}

function TrustStatement({ statement }: { statement: PolicyStatement }) {
  const conditions = Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({
      operator,
      key,
      values: typeof values === "string" ? [values] : values,
    })),
  );
  return (
    <div>
      <p>
        {statement.Effect === "Allow" ? "Lets in" : "Keeps out"} tokens of{" "}
        <code className="font-mono [overflow-wrap:anywhere]">{principalOf(statement)}</code>
        {conditions.length > 0 ? ", where all of this holds:" : ", whatever they say."}
      </p>
      {conditions.length > 0 ? (
        <ul className="mt-1 list-disc pl-5">
          {conditions.map(({ operator, key, values }) => (
            <li key={`${operator} ${key}`} className="[overflow-wrap:anywhere]">
              <code className="font-mono">{key}</code> {operatorWords[operator] ?? operator}
              {values.length > 1 ? " one of" : ""}{" "}
              {values.map((value, index) => (
                <span key={value}>
                  {index > 0 ? ", " : null}
                  <code className="font-mono">{value}</code>
                </span>
              ))}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function principalOf({ Principal }: PolicyStatement): string {
  if (Principal === undefined) return "nobody";
  return Principal === "*" ? "*" : Object.values(Principal).flat().join(", ");
}
