"use client";

import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { useHands } from "@/components/ui/hands";
import { later, useLater } from "@/components/ui/later";
import { useNonce } from "@/components/ui/nonce";
import { Textarea } from "@/components/ui/textarea";
import type { TextPlace } from "./policy-code";

interface PolicyEditorProps {
  value: string;
  onChange: (text: string) => void;
  label: string;
}

const policyCode = later(() => import("./policy-code"));

/** A JSON editor that says at the line what is wrong. It comes with the first hand on the page; until then, and where it does not come, a plain field holds the same text. */
export function PolicyEditor({ value, onChange, label }: PolicyEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef({ value, onChange });
  const place = useRef<TextPlace | null>(null);
  const [composing, setComposing] = useState(false);
  const { part } = useLater(policyCode, useHands());
  const nonce = useNonce();
  // A field that goes while an input method composes a word takes the word with it.
  const code = composing ? null : part;

  useLayoutEffect(() => {
    latest.current = { value, onChange };
  }, [value, onChange]);

  useLayoutEffect(() => {
    if (!code || !host.current) return undefined;
    return code.openPolicyCode(host.current, {
      text: latest.current.value,
      place: place.current,
      label,
      nonce: nonce ?? "",
      onChange: (text) => latest.current.onChange(text),
    });
  }, [code, label, nonce]);

  const leave = useCallback((field: HTMLTextAreaElement | null) => {
    if (!field) return undefined;
    return () => {
      place.current = {
        start: field.selectionStart,
        end: field.selectionEnd,
        focused: document.activeElement === field,
      };
    };
  }, []);

  if (code) return <div ref={host} className="overflow-hidden rounded-md border border-line-2 bg-pane" />;
  return (
    <Textarea
      ref={leave}
      mono
      aria-label={label}
      spellCheck={false}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      className="max-h-[360px] min-h-[180px]"
    />
  );
}
