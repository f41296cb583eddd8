import type { LostMember } from "@/lib/iam/policy-source";

/** A lost member, and of which document: the trust, or the permission policy of that index. */
export interface LostIn extends LostMember {
  document: "trust" | number;
}

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
      id: "doubled-member",
      severity,
      message: `"${name}" stands twice in one object. AWS reads the last one; the first is lost, ${loss}. Put both into one.`,
      path,
      document,
    };
  });
}
