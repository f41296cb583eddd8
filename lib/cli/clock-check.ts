import type { Check } from "./check";
import { failed, ok, warning } from "./check";

/** AWS refuses signatures that are five minutes off (SigV4, "Elements of a request"); tokens begin to fail before. */
const limits = { warnAfter: 5, failAfter: 60 } as const;

/** Compares this machine's time with another's, at the moment of its answer. Null: the other one told no time. */
export function clockCheck(name: string, here: Date, there: Date | null): Check {
  if (!there || Number.isNaN(there.getTime()))
    return warning(
      name,
      "it told no time to compare with.",
      "Look at the clock of this machine yourself (timedatectl).",
    );
  const seconds = Math.round((here.getTime() - there.getTime()) / 1000);
  const found =
    seconds === 0 ? "the clocks agree." : `this machine is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead" : "behind"}.`;
  const mend = "Let NTP set the clock of this machine (timedatectl set-ntp true); signatures and tokens depend on it.";
  if (Math.abs(seconds) > limits.failAfter) return failed(name, found, mend);
  return Math.abs(seconds) > limits.warnAfter ? warning(name, found, mend) : ok(name, found);
}
