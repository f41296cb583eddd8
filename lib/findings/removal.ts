import type { RefVerdict } from "@/lib/admission/admitted";
import type { Finding } from "./finding";

const namesAtMost = 3;

/**
 * What is to be said before a role goes. `lastUsedAt` is AWS's RoleLastUsed (ISO 8601; null: not within 400 days,
 * IAM User Guide "view last accessed information"); `admitted` are the refs that get in now, as far as they are known.
 */
export function removalFindings({
  lastUsedAt,
  admitted,
}: {
  lastUsedAt: string | null;
  admitted: readonly RefVerdict[];
}): Finding[] {
  if (lastUsedAt === null) return [];
  return [
    {
      id: "still-in-use",
      severity: "caution",
      title: "It is in use",
      why: `AWS saw it assumed on ${lastUsedAt.slice(0, 10)}. ${whose(admitted)} as soon as it is gone.`,
      mend: null,
      mendId: null,
      where: "who",
    },
  ];
}

function whose(admitted: readonly RefVerdict[]): string {
  if (admitted.length === 0) return "Whatever assumes it fails";
  const names = admitted
    .slice(0, namesAtMost)
    .map(({ ref }) => ref.name)
    .join(", ");
  const more = admitted.length - namesAtMost;
  return `Jobs of ${names}${more > 0 ? ` and ${more.toLocaleString("en")} other refs` : ""} that assume it fail`;
}
