/** Where the time comes from. Verbs take one, so that tests can set it. */
export interface Clock {
  now(): Date;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands at `at` until `advance` moves it, in milliseconds. */
export function fixedClock(at: string | Date): Clock & { advance(milliseconds: number): void } {
  let current = new Date(at).getTime();
  return {
    now: () => new Date(current),
    advance: (milliseconds) => {
      current += milliseconds;
    },
  };
}
