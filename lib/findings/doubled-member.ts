import type { LostMember } from "@/lib/iam/policy-source";
import type { FindingPage } from "./kind";

/** A lost member, and of which document: the trust, or the permission policy of that index. */
export interface LostIn extends LostMember {
  document: "trust" | number;
}

/** The last of two members of one name wins, in AWS as in JSON parsers (RFC 8259, section 4). */
export const doubledMember: FindingPage<"doubled-member"> = {
  id: "doubled-member",
  where: "who",
  severities: ["caution", "danger"],
  title: "A member that stands twice",
  about:
    "An object of the document holds one name twice. The last one counts, and what the first one asked for is lost without a word.",
  mending: "Write both into one member.",
};

/**
 * Members that stand twice, as findings: AWS reads the last one, and the others are lost without a word. Dangerous
 * where a trust loses its subject with them.
 */
export function doubledFindings(lost: readonly LostIn[]) {
  return lost.map(({ path, lost: text, document }) => {
    const subject = document === "trust" && (/:sub"/i.test(text) || /:sub$/i.test(path));
    const name = path
      .slice(path.lastIndexOf("/") + 1)
      .replaceAll("~1", "/")
      .replaceAll("~0", "~");
    const loss = subject ? "and with it the subject that held the trust to its project" : "with all that it says";
    const severity: "caution" | "dangerous" = subject ? "dangerous" : "caution";
    return {
      id: doubledMember.id,
      severity,
      message: `"${name}" stands twice in one object. AWS reads the last one; the first is lost, ${loss}. Put both into one.`,
      path,
      document,
    };
  });
}
