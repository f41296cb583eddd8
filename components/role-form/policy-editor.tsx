"use client";

import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, defaultHighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { linter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useRef } from "react";
import { useNonce } from "@/components/ui/nonce";
import { validatePermissionPolicy } from "@/lib/iam/permission-policy";

interface PolicyEditorProps {
  value: string;
  onChange: (text: string) => void;
  label: string;
}

const look = EditorView.theme({
  "&": { fontSize: "12px", backgroundColor: "transparent", color: "var(--color-ink)" },
  "&.cm-focused": { outline: "2px solid var(--color-accent)", outlineOffset: "-1px" },
  ".cm-content": { fontFamily: "var(--font-mono)", caretColor: "var(--color-ink)", minHeight: "180px" },
  ".cm-gutters": { backgroundColor: "var(--color-sunk)", color: "var(--color-ink-3)", border: "none" },
  ".cm-scroller": { maxHeight: "360px", overflow: "auto" },
  ".cm-tooltip": {
    backgroundColor: "var(--color-pane)",
    color: "var(--color-ink)",
    border: "1px solid var(--color-line-2)",
  },
  ".cm-line span": { color: "inherit" },
});

const lint = linter((view) => {
  const checked = validatePermissionPolicy(view.state.doc.toString());
  if (checked.ok) return [];
  const line = view.state.doc.line(Math.min(Math.max(checked.line ?? 1, 1), view.state.doc.lines));
  return [{ from: line.from, to: line.to, severity: "error", message: checked.reason }];
});

/** A JSON editor that says at the line what is wrong. */
export function PolicyEditor({ value, onChange, label }: PolicyEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const report = useRef(onChange);
  const start = useRef(value);
  const nonce = useNonce();

  useEffect(() => {
    report.current = onChange;
  }, [onChange]);

  useEffect(() => {
    if (!host.current) return undefined;
    const extensions = [
      lineNumbers(),
      history(),
      bracketMatching(),
      json(),
      syntaxHighlighting(defaultHighlightStyle),
      lint,
      look,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label, "data-gramm": "false" }),
      EditorView.cspNonce.of(nonce ?? ""),
      keymap.of([...defaultKeymap, ...historyKeymap]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) report.current(update.state.doc.toString());
      }),
    ];
    view.current = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: start.current, extensions }),
    });
    return () => view.current?.destroy();
  }, [label, nonce]);

  return <div ref={host} className="overflow-hidden rounded-md border border-line-2 bg-pane" />;
}
