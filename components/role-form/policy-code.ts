import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, defaultHighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { linter } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { validatePermissionPolicy } from "@/lib/iam/permission-policy";

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
  const from = Math.min(line.from + (checked.column ?? 1) - 1, line.to);
  return [{ from, to: line.to, severity: "error", message: checked.reason }];
});

/** Where somebody is in a text: offsets of the selection's ends, and whether the keyboard is there. */
export interface TextPlace {
  start: number;
  end: number;
  focused: boolean;
}

export interface PolicyCode {
  text: string;
  /** Where the person was in the plain field that stood here before; null when they were not. */
  place: TextPlace | null;
  label: string;
  nonce: string;
  onChange: (text: string) => void;
}

/** Opens a JSON editor in `host` that says at the line what is wrong. Returns what closes it. */
export function openPolicyCode(host: HTMLElement, { text, place, label, nonce, onChange }: PolicyCode): () => void {
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
    EditorView.cspNonce.of(nonce),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
  ];
  const at = (offset: number | undefined): number => Math.min(offset ?? 0, text.length);
  const view = new EditorView({
    parent: host,
    state: EditorState.create({
      doc: text,
      selection: { anchor: at(place?.start), head: at(place?.end) },
      extensions,
    }),
  });
  if (place?.focused) view.focus();
  return () => view.destroy();
}
