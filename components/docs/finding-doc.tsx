import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { RecordSection } from "@/components/layout/record-section";
import { Grade } from "@/components/ui/grade";
import { exampleProjectWords, examples } from "@/lib/findings/examples";
import type { Finding } from "@/lib/findings/finding";
import type { FindingPage } from "@/lib/findings/kind";
import { findingPages } from "@/lib/findings/table";
import { paths } from "@/lib/paths";
import { ExamplePair } from "./example-pair";
import { KeysInExample } from "./related";

/** One kind of finding: what it is, how to mend it, and an example of both. */
export function FindingDoc({ page }: { page: FindingPage<Finding["id"]> }) {
  const { id, where, title, about, mending, severities } = page;
  const example = examples[id];
  return (
    <article>
      <PageHeader
        crumbs={[{ label: "Docs", href: paths.docs() }, { label: "Findings" }]}
        title={title}
        marks={
          <span className="flex gap-3">
            {severities.map((severity) => (
              <Grade key={severity} grade={severity} />
            ))}
          </span>
        }
        facts={
          <>
            <code className="font-mono">{id}</code>
            <span>{where === "who" ? "About who gets in" : "About what they may do"}</span>
          </>
        }
      />
      <p className="max-w-[72ch]">{about}</p>
      <RecordSection title="How to mend it">
        <p className="max-w-[72ch]">{mending}</p>
      </RecordSection>
      {example ? (
        <RecordSection title="An example">
          {where === "who" ? <p className="mb-2 max-w-[72ch] text-ink-2">{exampleProjectWords}</p> : null}
          <ExamplePair example={example} label={where === "who" ? "Trust policy" : "Permission policy"} />
        </RecordSection>
      ) : null}
      {example ? <KeysInExample example={example} /> : null}
      <Neighbours id={id} />
    </article>
  );
}

function Neighbours({ id }: { id: Finding["id"] }) {
  const at = findingPages.findIndex((page) => page.id === id);
  const [previous, next] = [findingPages[at - 1], findingPages[at + 1]];
  return (
    <nav
      aria-label="Other findings"
      className="mt-8 flex flex-wrap justify-between gap-x-6 gap-y-2 border-t border-line pt-3"
    >
      {previous ? <Neighbour page={previous} side="Before" /> : <span />}
      {next ? <Neighbour page={next} side="Next" /> : null}
    </nav>
  );
}

function Neighbour({ page, side }: { page: FindingPage; side: "Before" | "Next" }) {
  return (
    <Link href={paths.docsFinding(page.id)} prefetch={false} className="group rounded-sm py-0.5">
      <span className="block text-sm text-ink-3">{side}</span>
      <span className="text-accent group-hover:underline">{page.title}</span>
    </Link>
  );
}
