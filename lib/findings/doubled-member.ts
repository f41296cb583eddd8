import type { FindingKind } from "./kind";
import { listed } from "./listed";

/** The last of two members of one name wins, in AWS as in JSON parsers (RFC 8259, section 4). */
export const doubledMember: FindingKind<"doubled-member"> = {
  id: "doubled-member",
  where: "who",
  title: "A member that stands twice",
  about:
    "An object of the document holds one name twice. The last one counts, and what the first one asked for is lost without a word.",
  mending: "Write both into one member.",
  find({ doubledMembers }) {
    if (doubledMembers.length === 0) return null;
    return {
      severity: "caution",
      why: `${listed(doubledMembers)} stands twice in the document: the last one counts, and the others are lost.`,
      names: doubledMembers,
    };
  },
};
