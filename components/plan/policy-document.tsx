"use client";

import { CodeBlock } from "@/components/ui/code-block";

/** A policy document as indented JSON that can be copied. `label` names it, e.g. "Trust policy". */
export function PolicyDocumentView({ document, label }: { document: unknown; label: string }) {
  return <CodeBlock text={JSON.stringify(document, null, 2)} label={label} maxHeight="480px" />;
}
