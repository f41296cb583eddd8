"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "./button";

export interface CopyButtonProps {
  /** What lands on the clipboard. */
  text: string;
  /** Names what is copied, e.g. "Copy ARN". */
  label: string;
  /** Shows the label beside the icon. */
  showLabel?: boolean;
  className?: string;
}

/** Copies a text and says so where it was pressed. */
export function CopyButton({ text, label, showLabel = false, className }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<"copied" | "refused" | null>(null);
  useEffect(() => {
    if (!outcome) return undefined;
    const timer = setTimeout(() => setOutcome(null), 1800);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setOutcome("copied"),
      () => setOutcome("refused"),
    );
  };
  const Icon = outcome === "copied" ? Check : Copy;
  const said = outcome === "copied" ? "Copied" : "The browser refused to copy";
  return (
    <>
      <Button
        variant={showLabel ? "plain" : "ghost"}
        size={showLabel ? "small" : "icon"}
        aria-label={showLabel ? undefined : label}
        title={showLabel ? undefined : label}
        onClick={copy}
        className={className}
      >
        <Icon aria-hidden className={outcome === "copied" ? "size-3.5 text-safe" : "size-3.5"} />
        {showLabel ? label : null}
      </Button>
      <span role="status" className="sr-only">
        {outcome ? said : null}
      </span>
    </>
  );
}
