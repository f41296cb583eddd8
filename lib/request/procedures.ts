import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { botClient } from "@/lib/identity/bot";
import { authedProcedures } from "@/lib/identity/procedure-base";
import { platformGroupWords } from "@/lib/identity/rights";
import type { Signed } from "@/lib/identity/signed";
import { liveProject, liveProjectOrNull, recentProject } from "@/lib/project/open-live-project";
import { openRights } from "@/lib/project/open-project";
import { standstillOf } from "@/lib/project/standstill";
import { scopeOf } from "@/lib/project/visible";
import { maySubmit, ruleFor } from "./access";
import { approveRequest } from "./approve";
import { cancelRequest } from "./cancel";
import { requestContract } from "./contract";
import { stillStands } from "./grounds";
import type { RequestRule } from "./model";
import { listRequests, openRequest, visibleRequest } from "./open-request";
import type { AboutProject } from "./plan-now";
import { goalOfRequest, planNow } from "./plan-now";
import { readNews } from "./read-news";
import { rejectRequest } from "./reject";
import type { SubmitContext } from "./submit";
import { submitRequest } from "./submit";
import { previewChange, submitChange } from "./submit-change";
import { withdrawRequest } from "./withdraw";

const authed = authedProcedures(requestContract);

interface Asked {
  signed: Signed;
  clock: Clock;
}

export const requestProcedures = {
  list: authed.list.handler(({ input, context }) => listRequests(input, context.signed, context.clock)),
  news: authed.news.handler(async ({ context: { signed, clock } }) =>
    readNews(database(), signed.person, { instanceId: env.instanceId, scope: await scopeOf(signed, clock), clock }),
  ),
  get: authed.get.handler(({ input, context }) => openRequest(input.id, context)),
  planNow: authed.planNow.handler(async ({ input: { id, refresh }, context }) => {
    const request = await visibleRequest(id, context);
    return planNow(goalOfRequest(request), request.awsAccountId, {
      refresh,
      clock: context.clock,
      about: lookedAt({ id: request.projectId, path: request.projectPath }, context),
    });
  }),
  maySubmit: authed.maySubmit.handler(({ input, context }) => maySubmitIn(input.projectId, context)),
  submit: authed.submit.handler(({ input, context }) => submitRequest(input, submitContext(context))),
  previewChange: authed.previewChange.handler(({ input, context }) => previewChange(input, submitContext(context))),
  submitChange: authed.submitChange.handler(({ input, context }) => submitChange(input, submitContext(context))),
  approve: authed.approve.handler(async ({ input, context }) => {
    const { signed, clock } = context;
    await approveRequest(await visibleRequest(input.id, context), input, {
      ...deciding(context),
      stillStands: (request) => stillStands(request, { gitlab: botClient(clock) ?? signed.gitlab, clock }),
      liveProject: (projectId) => liveProjectOrNull(projectId, context),
    });
    return openRequest(input.id, context);
  }),
  reject: authed.reject.handler(async ({ input, context }) => {
    await rejectRequest(await visibleRequest(input.id, context), input, deciding(context));
    return openRequest(input.id, context);
  }),
  withdraw: authed.withdraw.handler(async ({ input, context }) => {
    await withdrawRequest(await visibleRequest(input.id, context), deciding(context));
    return openRequest(input.id, context);
  }),
  cancel: authed.cancel.handler(async ({ input, context }) => {
    await cancelRequest(await visibleRequest(input.id, context), deciding(context));
    return openRequest(input.id, context);
  }),
};

/** The project of a record, as the person was shown it lately: to look at, not to decide by. */
function lookedAt(project: { id: number; path: string }, context: Asked): AboutProject {
  return { project, live: (projectId) => recentProject(projectId, context) };
}

function deciding({ signed: { person, actor }, clock }: Asked) {
  return { person, actor, clock };
}

function submitContext({ signed, clock }: Asked): SubmitContext {
  return {
    person: signed.person,
    actor: signed.actor,
    clock,
    instanceId: env.instanceId,
    issuer: env.gitlabIssuer,
    portalClientId: env.gitlabClientId,
    platformGroup: platformGroupWords(),
    liveProject: (projectId) => liveProject(projectId, { signed, clock }),
    recentProject: (projectId) => recentProject(projectId, { signed, clock }),
    accessLevel: async (projectId) => (await openRights(signed, projectId, clock)).accessLevel,
  };
}

/** Whether the person may ask for a role for the project, asked of GitLab now; `not-found` for who cannot see it. */
async function maySubmitIn(
  projectId: number,
  { signed, clock }: Asked,
): Promise<{ ok: boolean; reason: string | null; rule: RequestRule }> {
  const { project, accessLevel } = await openRights(signed, projectId, clock);
  const decision = maySubmit(signed.person, { accessLevel, standstill: standstillOf(project) }, platformGroupWords());
  return { ok: decision.ok, reason: decision.ok ? null : decision.reason, rule: ruleFor(signed.person) };
}
