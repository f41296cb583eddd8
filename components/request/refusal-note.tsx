import Link from "next/link";
import { FindingsList } from "@/components/trust/findings-list";
import { DiffView } from "@/components/ui/diff-view";
import { FieldError } from "@/components/ui/field";
import { paths } from "@/lib/paths";
import type { RoleDocument } from "@/lib/plan/change";
import { documentDiff, nearChanges } from "@/lib/plan/describe";
import type { RefusalData } from "@/lib/plan/refusal";

interface RefusalNoteProps {
  message: string;
  data: RefusalData | null;
  /** The role as it was when the form opened, where a form changes one. */
  edited?: { roleId: string; document: RoleDocument } | null;
}

/** Why the server refused; where another request or a newer version is in the way, that, and how it differs from this one. */
export function RefusalNote({ message, data, edited }: RefusalNoteProps) {
  switch (data?.kind) {
    case "other-request":
      return (
        <div>
          <FieldError>
            {message}{" "}
            <Link href={paths.request(data.requestId)} className="underline">
              Show that request
            </Link>
          </FieldError>
          <DiffView label="From that plan to yours" lines={data.diff} className={diffLook} />
        </div>
      );
    case "newer-version":
      return edited ? <NewerVersion message={message} newer={data} edited={edited} /> : <Plain message={message} />;
    case "judgement-moved":
      return (
        <div className="grid gap-2">
          <FieldError>{message}</FieldError>
          <FindingsList findings={data.findings} />
        </div>
      );
    // The page beside this note reads the plan anew, and the message tells the first problem.
    case "plan-moved":
    case "problems":
    case "not-read":
    case undefined:
      return <Plain message={message} />;
  }
}

const diffLook = "mt-2 max-h-[300px] overflow-auto";

function Plain({ message }: { message: string }) {
  return (
    <div>
      <FieldError>{message}</FieldError>
    </div>
  );
}

interface NewerVersionProps {
  message: string;
  newer: Extract<RefusalData, { kind: "newer-version" }>;
  edited: NonNullable<RefusalNoteProps["edited"]>;
}

function NewerVersion({ message, newer: { version, document }, edited }: NewerVersionProps) {
  return (
    <div>
      <FieldError>
        {message}{" "}
        {/* A new page, so that the form begins with the newer version; what was typed waits there to be filled in. */}
        <a href={paths.editRole(edited.roleId)} className="underline">
          Go on from version {version}
        </a>
      </FieldError>
      <DiffView
        label={`What version ${version} changed`}
        lines={nearChanges(documentDiff(edited.document, document))}
        className={diffLook}
      />
    </div>
  );
}
