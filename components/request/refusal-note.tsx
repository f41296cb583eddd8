import Link from "next/link";
import * as z from "zod/mini";
import { DiffView } from "@/components/ui/diff-view";
import { FieldError } from "@/components/ui/field";
import { paths } from "@/lib/paths";
import type { RoleDocument } from "@/lib/plan/change";
import { documentDiff, nearChanges } from "@/lib/plan/describe";

/** What comes with the refusal of a second request for one role. */
const otherRequestSchema = z.object({
  requestId: z.string(),
  diff: z.array(z.object({ kind: z.enum(["same", "added", "removed"]), text: z.string() })),
});

/** What comes with the refusal of a change of an old version. */
const newerVersionSchema = z.object({ version: z.int(), document: z.unknown() });

interface RefusalNoteProps {
  message: string;
  data: unknown;
  /** The role as it was when the form opened, where a form changes one. */
  edited?: { roleId: string; document: RoleDocument } | null;
}

/** Why the server refused; where another request or a newer version is in the way, that, and how it differs from this one. */
export function RefusalNote({ message, data, edited }: RefusalNoteProps) {
  const other = otherRequestSchema.safeParse(data);
  const newer = newerVersionSchema.safeParse(data);
  return (
    <div>
      <FieldError>
        {message}{" "}
        {other.success ? (
          <Link href={paths.request(other.data.requestId)} className="underline">
            Show that request
          </Link>
        ) : null}
        {newer.success && edited ? (
          // A new page, so that the form begins with the newer version; what was typed waits there to be filled in.
          <a href={paths.editRole(edited.roleId)} className="underline">
            Go on from version {newer.data.version}
          </a>
        ) : null}
      </FieldError>
      {newer.success && edited ? (
        <DiffView
          label={`What version ${newer.data.version} changed`}
          lines={nearChanges(documentDiff(edited.document, newer.data.document))}
          className="mt-2 max-h-[300px] overflow-auto"
        />
      ) : null}
      {other.success ? (
        <DiffView
          label="From that plan to yours"
          lines={other.data.diff}
          className="mt-2 max-h-[300px] overflow-auto"
        />
      ) : null}
    </div>
  );
}
