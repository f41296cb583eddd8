import { useState, useSyncExternalStore } from "react";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

export interface KeptText {
  text: string;
  setText: (next: string) => void;
  /** It was sent: the next time begins empty. */
  forget: () => void;
}

/** What a person types about `what`, kept in this tab: neither a closed dialog nor a reload loses it, and nobody else at the machine reads it. */
export function useKeptText(what: string): KeptText {
  const me = useQuery(api.identity.me.queryOptions());
  const key = me.data ? `trustdesk-typed:${me.data.person.id}:${what}` : null;
  const kept = useSyncExternalStore(neverByOthers, () => readKept(key), () => "");
  const [typed, setTyped] = useState<string | null>(null);
  const setText = (next: string): void => {
    setTyped(next);
    keep(key, next);
  };
  return { text: typed ?? kept, setText, forget: () => keep(key, "") };
}

function neverByOthers(): () => void {
  return () => undefined;
}

function readKept(key: string | null): string {
  try {
    return key === null ? "" : (sessionStorage.getItem(key) ?? "");
  } catch {
    return "";
  }
}

/** A browser that refuses to store forgets it. */
function keep(key: string | null, text: string): void {
  if (key === null) return;
  try {
    if (text === "") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    return;
  }
}
