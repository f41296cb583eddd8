import type { RefVerdict } from "@/lib/admission/admitted";
import type { Finding } from "./finding";
import type { FindingPage } from "./kind";

const namesAtMost = 3;

export const stillInUse: FindingPage<"still-in-use"> = {
  id: "still-in-use",
  where: "who",
  severities: ["caution"],
  title: "It is in use",
  about: "AWS saw the role assumed within the last 400 days. Whatever assumes it fails as soon as the role is gone.",
  mending: "Ask the project whose pipelines they are, or move them to another role first.",
};

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
      id: stillInUse.id,
      severity: "caution",
      title: stillInUse.title,
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
