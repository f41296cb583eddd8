import type { Metadata } from "next";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { DocsIndex } from "@/components/docs/docs-index";
import { docsSections } from "@/components/docs/sections";
import { PageHeader } from "@/components/layout/page-header";

export const metadata: Metadata = {
  title: "Docs",
  description:
    "Every finding that Trustdesk knows about an AWS trust policy, every claim of a GitLab CI ID token, and every condition key.",
};

export default function DocsPage() {
  return (
    <>
      <PageHeader
        title="Docs"
        facts="What can be wrong with a trust and how to mend it, what GitLab's tokens say, and what AWS reads of them."
      />
      <NuqsAdapter>
        <DocsIndex sections={docsSections()} />
      </NuqsAdapter>
    </>
  );
}
