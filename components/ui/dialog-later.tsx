"use client";

import type { ComponentType } from "react";
import { DialogNotOpened } from "./dialog";
import { later, useLater } from "./later";

/** A dialog whose module comes when it is opened first. Mount it only while it is open. */
export function dialogLater<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const dialog = later(load);
  return function DialogLater(props: Props) {
    const { part: Loaded, failed } = useLater(dialog);
    if (Loaded) return <Loaded {...props} />;
    return failed ? <DialogNotOpened /> : null;
  };
}
