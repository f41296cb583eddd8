import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { api, client, refusalOf } from "@/lib/api/client";
import { judgementDigest } from "@/lib/judgement/digest";
import type { Judgement } from "@/lib/judgement/judgement";
import { paths } from "@/lib/paths";
import type { Plan } from "@/lib/plan/change";
import { planDigest } from "@/lib/plan/digest";
import type { RefusalData } from "@/lib/plan/refusal";
import type { RoleDraft } from "@/lib/role-form/schema";

export interface Submission {
  busy: boolean;
  /** Why the server refused, with what it sent beside the reason, or null. */
  refusal: { message: string; data: RefusalData | null } | null;
  /** With what is on screen: the plan, and what is said of it. */
  submit: (draft: RoleDraft, plan: Plan, judgement: Judgement) => Promise<void>;
  clear: () => void;
}

/** Which role is changed at which version, and which request is replaced. */
interface Sent {
  edit?: { roleId: string; baseVersion: number } | undefined;
  replaces?: string | undefined;
}

interface Outcome {
  onSubmitted: () => void;
  /** What was typed has to be kept once more: another tab may have sent its own, and thrown the draft away. */
  onRefused: () => void;
}

/** Sends the draft with the digests of the plan on screen and of what is said of it; goes to the request's page, or keeps everything and says why not. */
export function useSubmit({ edit, replaces }: Sent, { onSubmitted, onRefused }: Outcome): Submission {
  const router = useRouter();
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Submission["refusal"]>(null);

  const submit: Submission["submit"] = async (draft, plan, judgement) => {
    setBusy(true);
    setRefusal(null);
    try {
      const digest = await planDigest(plan);
      const { id } = await client.requests.submit({
        ...{ draft, edit, replaces },
        planDigest: digest,
        judgementDigest: await judgementDigest(digest, judgement),
      });
      onSubmitted();
      router.push(paths.request(id));
    } catch (error) {
      setRefusal(refusalOf(error));
      setBusy(false);
      onRefused();
      await Promise.all([
        queries.invalidateQueries({ queryKey: api.requests.snapshot.key() }),
        queries.invalidateQueries({ queryKey: api.roles.get.key() }),
        queries.invalidateQueries({ queryKey: api.projects.get.key() }),
        queries.invalidateQueries({ queryKey: api.projects.refs.key() }),
      ]);
    }
  };
  return { busy, refusal, submit, clear: () => setRefusal(null) };
}
