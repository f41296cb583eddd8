import Link from "next/link";
import { z } from "zod";
import { DiffView } from "@/components/ui/diff-view";
import { FieldError } from "@/components/ui/field";
import { paths } from "@/lib/paths";

/** What comes with the refusal of a second request for one role. */
const otherRequestSchema = z.object({ requestId: z.string(), diff: z.array(z.object({ kind: z.enum(["same", "added", "removed"]), text: z.string() })) });

/** Why the server refused; where another request is in the way, that request and how its plan differs from this one. */
export function RefusalNote({ message, data }: { message: string; data: unknown }) {
  const other = otherRequestSchema.safeParse(data);
  return (
    <div>
      <FieldError>
        {message}{" "}
        {other.success ? (
          <Link href={paths.request(other.data.requestId)} className="underline">
            Show that request
          </Link>
        ) : null}
      </FieldError>
      {other.success ? <DiffView label="From that plan to yours" lines={other.data.diff} className="mt-2 max-h-[300px] overflow-auto" /> : null}
    </div>
  );
}
