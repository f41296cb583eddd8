import { isMissing, isPassing } from "./failure";

interface Patience {
  /** How often a call is sent at most. */
  attempts: number;
  /** First pause in milliseconds; it doubles each time. */
  pause: number;
}

const usual: Patience = { attempts: 6, pause: 250 };

/**
 * Sends `call`, and sends it again with a growing pause while AWS says that nothing was done.
 * Any other error is thrown at once: a hard quota is not tried thrice, an unknown outcome is settled by reading.
 */
export async function withPatience<T>(call: () => Promise<T>, patience: Patience = usual): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      if (attempt >= patience.attempts || !isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, patience.pause * 2 ** (attempt - 1)));
    }
  }
}

/** The answer of a read, sent with patience, or null when AWS says that there is no such thing. */
export async function orNull<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await withPatience(call);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
