import Link from "next/link";
import type { ReactNode } from "react";
import { RecordSection } from "@/components/layout/record-section";
import type { FindingExample } from "@/lib/findings/examples";
import { examples } from "@/lib/findings/examples";
import type { FindingId } from "@/lib/findings/finding";
import { findingPages } from "@/lib/findings/table";
import { paths } from "@/lib/paths";
import { conditionKeys } from "./condition-keys";

/** The condition keys that an example asks for and that have a page of their own. */
export function KeysInExample({ example }: { example: FindingExample }) {
  const asked = keysOf(example);
  const known = conditionKeys.filter(({ key }) => asked.some((one) => isOf(one, key)));
  if (known.length === 0) return null;
  return (
    <RecordSection title="Condition keys in it">
      <Links
        links={known.map(({ key }) => ({ href: paths.docsKey(key), label: <code className="font-mono">{key}</code> }))}
      />
    </RecordSection>
  );
}

/** A key that more examples have, such as the subject, tells nothing of them. */
const mostTelling = 8;

/** The findings whose examples ask for a condition key. */
export function FindingsWith({ conditionKey }: { conditionKey: string }) {
  const found = findingPages.filter(({ id }) => exampleOf(id).some((asked) => isOf(asked, conditionKey)));
  if (found.length === 0 || found.length > mostTelling) return null;
  return (
    <RecordSection title="Findings with an example of it">
      <Links links={found.map(({ id, title }) => ({ href: paths.docsFinding(id), label: title }))} />
    </RecordSection>
  );
}

function Links({ links }: { links: readonly { href: string; label: ReactNode }[] }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1">
      {links.map(({ href, label }) => (
        <li key={href}>
          <Link
            href={href}
            prefetch={false}
            className="inline-flex min-h-6 items-center rounded-sm text-accent hover:underline"
          >
            {label}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function exampleOf(id: FindingId): string[] {
  const example = examples[id];
  return example ? keysOf(example) : [];
}

function keysOf({ has }: FindingExample): string[] {
  return has.flatMap(({ Condition = {} }) => Object.values(Condition).flatMap((keys) => Object.keys(keys)));
}

/** Of a key with a star at its end all that begin so. */
function isOf(asked: string, key: string): boolean {
  return key.endsWith("*") ? asked.startsWith(key.slice(0, -1)) : asked === key;
}
