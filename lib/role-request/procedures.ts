import { openRights } from "@/lib/catalog/open-project";
import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { mustBeAllowed } from "@/lib/errors";
import { authedProcedures } from "@/lib/identity/procedure-base";
import { platformGroupWords } from "@/lib/identity/rights";
import type { Signed } from "@/lib/identity/signed";
import { mayPrepare, maySubmit } from "./access";
import { askSnapshot } from "./ask-snapshot";
import { cancelRequest } from "./cancel";
import { roleRequestContract } from "./contract";
import { discardDraft } from "./discard-draft";
import { readDraft } from "./draft-read";
import { liveProject } from "./live-project";
import { listRequests, openRequest } from "./open-request";
import { saveDraft } from "./save-draft";
import { submitRequest } from "./submit";

const authed = authedProcedures(roleRequestContract);

interface Asked {
  signed: Signed;
  clock: Clock;
}

export const roleRequestProcedures = {
  list: authed.list.handler(({ input, context }) => listRequests(input, context.signed, context.clock)),
  get: authed.get.handler(({ input, context }) => openRequest(input.id, context)),
  maySubmit: authed.maySubmit.handler(({ input, context }) => standingIn(input.projectId, context)),
  submit: authed.submit.handler(({ input, context: { signed, clock } }) =>
    submitRequest(input, {
      ...{ person: signed.person, actor: signed.actor, clock, instanceId: env.instanceId },
      ...{ portalClientId: env.gitlabClientId, platformGroup: platformGroupWords() },
      liveProject: (projectId) => liveProject(projectId, { signed, clock }),
    }),
  ),
  cancel: authed.cancel.handler(async ({ input, context }) => {
    const { person, actor } = context.signed;
    await openRequest(input.id, context);
    await cancelRequest(input, { person, actor, clock: context.clock });
    return openRequest(input.id, context);
  }),
  readDraft: authed.readDraft.handler(({ input, context }) => readDraft(database(), context.signed.person.id, input.projectId)),
  saveDraft: authed.saveDraft.handler(({ input, context }) => {
    mustBeAllowed(mayPrepare(context.signed.person));
    return saveDraft(input, { person: context.signed.person, clock: context.clock });
  }),
  discardDraft: authed.discardDraft.handler(({ input, context }) => discardDraft(input, context.signed)),
  snapshot: authed.snapshot.handler(({ input: { refresh, ...subject }, context }) => {
    mustBeAllowed(mayPrepare(context.signed.person));
    return askSnapshot({ ...subject, issuer: env.gitlabIssuer }, { refresh, clock: context.clock });
  }),
};

/** Whether the person may make a role for the project, asked of GitLab now; `not-found` for who cannot see it. */
async function standingIn(projectId: number, { signed, clock }: Asked): Promise<{ ok: boolean; reason: string | null }> {
  const { project, accessLevel } = await openRights(signed, projectId, clock);
  const decision = maySubmit(signed.person, { accessLevel, archived: project.archived }, platformGroupWords());
  return { ok: decision.ok, reason: decision.ok ? null : decision.reason };
}
