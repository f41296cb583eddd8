import type { RefVerdict } from "@/lib/admission/admitted";
import type { AdmittedChange } from "@/lib/admission/admitted-change";
import { admittedChange } from "@/lib/admission/admitted-change";
import type { WhoGetsIn } from "./judgement";

/** Who gets in before and after, by name; `perhaps` are those of whom it cannot be told afterwards. */
export interface WhoChanged extends AdmittedChange {
  perhaps: RefVerdict[];
}

/** What a change does to who gets in; null where one of the two is not told. A ref that is untold afterwards is not lost. */
export function whoChanged(before: WhoGetsIn, after: WhoGetsIn): WhoChanged | null {
  const [was, is] = [surelyIn(before), surelyIn(after)];
  if (!was || !is) return null;
  const perhaps = after.kind === "refs" ? after.untold : [];
  const changed = admittedChange(was, is);
  const untold = new Set(perhaps.map(({ ref }) => `${ref.type}:${ref.name}`));
  return { ...changed, lost: changed.lost.filter(({ ref }) => !untold.has(`${ref.type}:${ref.name}`)), perhaps };
}

function surelyIn(who: WhoGetsIn): RefVerdict[] | null {
  if (who.kind === "untold") return null;
  return who.kind === "refs" ? who.in : [];
}
