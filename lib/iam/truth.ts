/** True, false, or null for what cannot be told. */
export type Truth = boolean | null;

/** Whether all are true. */
export function allOf(truths: readonly Truth[]): Truth {
  return truths.includes(false) ? false : truths.includes(null) ? null : true;
}

/** Whether one is true. */
export function anyOf(truths: readonly Truth[]): Truth {
  return truths.includes(true) ? true : truths.includes(null) ? null : false;
}

/** The opposite; of what cannot be told, the same. */
export function not(truth: Truth): Truth {
  return truth === null ? null : !truth;
}
