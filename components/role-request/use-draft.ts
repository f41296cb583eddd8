import { useEffect, useRef, useState } from "react";
import { useDebounced } from "@/components/ui/debounced";
import { client } from "@/lib/api/client";
import type { RoleDraft } from "@/lib/role-request/schema";

const settleMilliseconds = 500;

/** The form's state, kept on the server a moment after each change. `keep` is false for people who may not submit. */
export function useDraft(initial: RoleDraft, keep: boolean): { draft: RoleDraft; change: (next: RoleDraft) => void; savedAt: string | null; forget: () => void } {
  const [draft, setDraft] = useState(initial);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const lastKept = useRef(initial);
  const forgotten = useRef(false);
  const settled = useDebounced(draft, settleMilliseconds);

  useEffect(() => {
    if (!keep || settled === lastKept.current || forgotten.current) return;
    lastKept.current = settled;
    client.requests.saveDraft({ projectId: settled.projectId, draft: settled }).then(
      (answer) => setSavedAt(answer.savedAt),
      () => setSavedAt(null),
    );
  }, [settled, keep]);

  return { draft, change: setDraft, savedAt, forget: () => (forgotten.current = true) };
}
