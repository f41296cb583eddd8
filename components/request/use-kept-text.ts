import { useState, useSyncExternalStore } from "react";
import { usePerson } from "@/components/layout/person";

export interface KeptText {
  text: string;
  setText: (next: string) => void;
  /** It was sent: the next time begins empty. */
  forget: () => void;
}

/** What a person types about `what`, kept in this tab: neither a closed dialog nor a reload loses it, and nobody else at the machine reads it. */
export function useKeptText(what: string): KeptText {
  const key = `trustdesk-typed:${usePerson().id}:${what}`;
  const kept = useSyncExternalStore(
    neverByOthers,
    () => readKept(key),
    () => "",
  );
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

function readKept(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** A browser that refuses to store forgets it. */
function keep(key: string, text: string): void {
  try {
    if (text === "") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    return;
  }
}
