import { useCallback, useEffect, useRef, useState } from "react";
import { useDebounced } from "@/components/ui/debounced";
import { client, refusalOf } from "@/lib/api/client";
import type { DraftSubject, RoleDraft } from "@/lib/role-form/schema";

const settleMilliseconds = 500;

export interface DraftState {
  draft: RoleDraft;
  change: (next: RoleDraft) => void;
  /** Why what was typed last is not kept, or null. */
  notKept: string | null;
  /** Keeps it at once, also what is kept already. */
  keepAgain: () => void;
  /** Keeps nothing more: the draft was submitted or thrown away. */
  forget: () => void;
}

/** The form's state, kept on the server a moment after each change, and on leaving or reloading. `keep` is false for people who may not submit. */
export function useDraft(initial: RoleDraft, subject: DraftSubject, keep: boolean): DraftState {
  const save = useCallback(
    async (draft: RoleDraft, keepalive = false): Promise<void> =>
      void (await client.requests.saveDraft({ ...subject, draft }, { context: { keepalive } })),
    [subject],
  );
  const [draft, setDraft] = useState(initial);
  const [notKept, setNotKept] = useState<string | null>(null);
  const latest = useRef(initial);
  const lastKept = useRef(initial);
  const forgotten = useRef(false);
  const settled = useDebounced(draft, settleMilliseconds);

  useEffect(() => {
    if (!keep || settled === lastKept.current || forgotten.current) return;
    lastKept.current = settled;
    save(settled).then(
      () => setNotKept(null),
      (error: unknown) => setNotKept(refusalOf(error).message),
    );
  }, [settled, keep, save]);

  useEffect(() => {
    const leave = (): void => {
      if (!keep || latest.current === lastKept.current || forgotten.current) return;
      lastKept.current = latest.current;
      save(latest.current, true).catch(() => undefined);
    };
    window.addEventListener("pagehide", leave);
    return () => {
      window.removeEventListener("pagehide", leave);
      leave();
    };
  }, [keep, save]);

  const change = (next: RoleDraft): void => {
    latest.current = next;
    setDraft(next);
  };
  const keepAgain = (): void => {
    lastKept.current = latest.current;
    save(latest.current).catch((error: unknown) => setNotKept(refusalOf(error).message));
  };
  return { draft, change, notKept, keepAgain, forget: () => (forgotten.current = true) };
}
