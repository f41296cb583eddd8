"use client";

import { useSyncExternalStore } from "react";
import { Kbd } from "@/components/ui/kbd";
import { printedKeys } from "./shortcuts";

const never = () => () => undefined;

/** The keys of a shortcut as this machine's keyboard has them. */
export function Keys({ keys }: { keys: string }) {
  const modifier = useSyncExternalStore(
    never,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
  return (
    <span className="shrink-0 whitespace-nowrap">
      {printedKeys(keys, modifier).map((key, index) => (
        <Kbd key={index} className={index > 0 ? "ml-1" : undefined}>
          {key}
        </Kbd>
      ))}
    </span>
  );
}
