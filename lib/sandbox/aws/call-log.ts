/** One call that was answered, or that is held. */
export interface LoggedCall {
  action: string;
  /** Account of the caller; null for unsigned calls and unknown keys. */
  account: string | null;
  callerArn: string | null;
  at: string;
  requestId: string;
  /** The error's code, or null for success. */
  error: string | null;
}

const kept = 5000;

/** The last calls, in the order in which they were answered. */
export function createCallLog(): { add(call: LoggedCall): void; list(): LoggedCall[]; clear(): void } {
  let calls: LoggedCall[] = [];
  return {
    add: (call) => {
      calls = [...calls.slice(1 - kept), call];
    },
    list: () => calls,
    clear: () => {
      calls = [];
    },
  };
}
