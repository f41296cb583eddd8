"use client";

import type { ComponentType } from "react";
import { ErrorState } from "./error-state";
import { later, useLater } from "./later";
import { SkeletonRows } from "./skeleton";

/** A part of a page that is not shown at first, and whose module comes when it is. `name` says what it is, e.g. "The history". */
export function partLater<Props extends object>(
  name: string,
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  const module = later(load);
  return function PartLater(props: Props) {
    const { part: Loaded, failed } = useLater(module);
    if (Loaded) return <Loaded {...props} />;
    if (!failed) return <SkeletonRows rows={4} label="Loading" />;
    return (
      <ErrorState title={`${name} could not be loaded`} onRetry={() => void module.fetch()}>
        Check the connection, then try again.
      </ErrorState>
    );
  };
}
