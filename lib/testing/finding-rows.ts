import { describe, expect, it } from "vitest";
import type { Finding, FindingId } from "@/lib/findings/finding";
import type { FindingKind } from "@/lib/findings/kind";
import { findingSchema } from "@/lib/findings/schema";
import { gradeOf } from "@/lib/findings/table";
import type { TrustPolicy } from "@/lib/iam/policy-schema";
import type { Stage } from "./findings";
import { found, only } from "./findings";

/** A trust that has the finding, what is said of it, and its near neighbour that has it not. */
export interface FindingRow {
  id: FindingId;
  of: TrustPolicy;
  in?: Stage;
  is: Pick<Finding, "severity" | "names" | "path" | "mendId"> & { why: string };
  near: TrustPolicy;
  /** Missing: the same. */
  nearIn?: Stage;
}

/** Tests each row, and that every one of the kinds has one. */
export function describeFindings(kinds: readonly FindingKind<FindingId>[], rows: readonly FindingRow[]): void {
  describe("each kind of finding", () => {
    it.each(rows.map((row) => [row.id, row.is.why, row] as const))("%s is found, and says %s", (id, why, row) => {
      const list = found(row.of, row.in);
      const finding = only(id, list);
      expect(findingSchema.parse(finding)).toEqual(finding);
      const { why: _why, ...is } = row.is;
      const { severity, names, path, mendId } = finding ?? {};
      expect({ severity, ...(names ? { names } : {}), path, mendId }).toEqual({ path: undefined, ...is });
      expect(finding?.why).toContain(why);
      expect(gradeOf(list)).not.toBe("safe");
    });

    it.each(rows.map((row, at) => [row.id, at, row] as const))(
      "%s is not found in its neighbour (%i)",
      (id, _at, row) => {
        expect(found(row.near, row.nearIn ?? row.in).map((one) => one.id)).not.toContain(id);
      },
    );

    it("has a row", () => {
      expect(kinds.map(({ id }) => id).filter((id) => !rows.some((row) => row.id === id))).toEqual([]);
    });
  });
}
