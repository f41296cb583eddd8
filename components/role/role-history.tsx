import Link from "next/link";
import { DiffView } from "@/components/ui/diff-view";
import { RelativeTime } from "@/components/ui/relative-time";
import type { WhoGetsIn } from "@/lib/judgement/judgement";
import { paths } from "@/lib/paths";
import { documentDiff } from "@/lib/plan/describe";
import type { RoleVersion } from "./role-version";

interface RoleHistoryProps {
  versions: readonly RoleVersion[];
  /** Numbers of those whose document this version of Trustdesk does not read. */
  unreadable: readonly number[];
}

/** The role's versions as sentences, newest first, with what changed folded under each. */
export function RoleHistory({ versions, unreadable }: RoleHistoryProps) {
  return (
    <>
      {unreadable.length > 0 ? (
        <p className="pb-2 text-ink-2">
          Not shown, since another version of Trustdesk recorded them in a form that this one does not read: version{" "}
          {unreadable.join(", ")}.
        </p>
      ) : null}
      <ol aria-label="Versions">
        {versions.map((version, index) => (
          <VersionEntry key={version.version} version={version} before={versions[index + 1] ?? null} />
        ))}
      </ol>
    </>
  );
}

function VersionEntry({ version, before }: { version: RoleVersion; before: RoleVersion | null }) {
  return (
    <li className="border-t border-line py-2 first:border-t-0">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span>{versionSentence(version, before)}</span>
        <RelativeTime at={version.createdAt} className="text-sm text-ink-3" />
        {version.requestId ? (
          <Link href={paths.request(version.requestId)} className="text-sm text-accent hover:underline">
            Show the request
          </Link>
        ) : null}
      </p>
      <details className="mt-1">
        <summary className="w-max cursor-default py-0.5 text-sm text-ink-2 hover:text-ink">
          {before ? "What changed" : "The first document"}
        </summary>
        <DiffView
          label={`Version ${version.version}`}
          lines={documentDiff(before?.document ?? null, version.document)}
          layout={before ? "split" : "unified"}
          className="mt-1 max-h-[480px] overflow-auto"
        />
      </details>
    </li>
  );
}

/** E.g. "Pia Okafor applied version 3: develop no longer gets in." */
function versionSentence({ author, version, judgement }: RoleVersion, before: RoleVersion | null): string {
  const deed = before ? `applied version ${version}` : "made the role";
  const now = namesIn(judgement.after);
  if (!now) return `${author.name} ${deed}. Whom it lets in was not known: GitLab did not show it.`;
  const then = before && namesIn(before.judgement.after);
  if (!then)
    return `${author.name} ${deed}: ${now.length > 0 ? `${few(now)} ${now.length === 1 ? "gets" : "get"} in` : "no ref gets in yet"}.`;
  const come = now.filter((name) => !then.includes(name));
  const gone = then.filter((name) => !now.includes(name));
  const parts = [
    come.length > 0 ? `${few(come)} now ${come.length === 1 ? "gets" : "get"} in` : "",
    gone.length > 0 ? `${few(gone)} no longer ${gone.length === 1 ? "gets" : "get"} in` : "",
  ].filter(Boolean);
  return `${author.name} ${deed}${parts.length > 0 ? `: ${parts.join("; ")}` : ""}.`;
}

/** The refs that surely got in; null where it was not told. */
function namesIn(who: WhoGetsIn): string[] | null {
  if (who.kind === "untold") return null;
  return who.kind === "refs" ? who.in.map(({ ref }) => ref.name) : [];
}

/** At most four names, then how many more. */
function few(names: readonly string[]): string {
  const shown = names.slice(0, 4).join(", ");
  return names.length > 4 ? `${shown} and ${names.length - 4} more` : shown;
}
