import type { Clock } from "@/lib/clock";
import { database } from "@/lib/db/client";
import { env } from "@/lib/env";
import { knownError } from "@/lib/errors";
import { authedProcedures } from "@/lib/identity/procedure-base";
import { platformGroupWords } from "@/lib/identity/rights";
import type { Signed } from "@/lib/identity/signed";
import { openRights } from "@/lib/project/open-project";
import { scopeOf } from "@/lib/project/visible";
import { maySubmit, ruleFor } from "./access";
import { approveRequest } from "./approve";
import { cancelRequest } from "./cancel";
import { requestContract } from "./contract";
import { liveProject } from "./live-project";
import type { RequestRule } from "./model";
import { listRequests, openRequest, visibleRequest } from "./open-request";
import type { LiveProject } from "./plan-goal";
import { goalOfRequest, judgeAnew, planNow } from "./plan-now";
import { readNews } from "./read-news";
import { rejectRequest } from "./reject";
import { stillStands } from "./still-stands";
import { submitRequest } from "./submit";
import { previewChange, submitChange } from "./submit-change";
import type { SubmitContext } from "./submit-context";
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
      judge: judgeAnew(request, shownProject(context)),
    });
  }),
  maySubmit: authed.maySubmit.handler(({ input, context }) => maySubmitIn(input.projectId, context)),
  submit: authed.submit.handler(({ input, context }) => submitRequest(input, submitContext(context))),
  previewChange: authed.previewChange.handler(({ input, context }) => previewChange(input, submitContext(context))),
  submitChange: authed.submitChange.handler(({ input, context }) => submitChange(input, submitContext(context))),
  approve: authed.approve.handler(async ({ input, context }) => {
    const { signed, clock } = context;
    await visibleRequest(input.id, context);
    await approveRequest(input, {
      ...deciding(context),
      stillStands: (request) => stillStands(request, signed.gitlab, clock),
      liveProject: shownProject(context),
    });
    return openRequest(input.id, context);
  }),
  reject: authed.reject.handler(async ({ input, context }) => {
    await visibleRequest(input.id, context);
    await rejectRequest(input, deciding(context));
    return openRequest(input.id, context);
  }),
  withdraw: authed.withdraw.handler(async ({ input, context }) => {
    await visibleRequest(input.id, context);
    await withdrawRequest(input, deciding(context));
    return openRequest(input.id, context);
  }),
  cancel: authed.cancel.handler(async ({ input, context }) => {
    await visibleRequest(input.id, context);
    await cancelRequest(input, deciding(context));
    return openRequest(input.id, context);
  }),
};

/** The project as GitLab shows it to the person; null where it does not. */
function shownProject({ signed, clock }: Asked): (projectId: number) => Promise<LiveProject | null> {
  return async (projectId) => {
    try {
      return await liveProject(projectId, { signed, clock });
    } catch (error) {
      if (knownError(error)?.code === "not-found") return null;
      throw error;
    }
  };
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
    accessLevel: async (projectId) => (await openRights(signed, projectId, clock)).accessLevel,
  };
}

/** Whether the person may ask for a role for the project, asked of GitLab now; `not-found` for who cannot see it. */
async function maySubmitIn(
  projectId: number,
  { signed, clock }: Asked,
): Promise<{ ok: boolean; reason: string | null; rule: RequestRule }> {
  const { project, accessLevel } = await openRights(signed, projectId, clock);
  const decision = maySubmit(signed.person, { accessLevel, archived: project.archived }, platformGroupWords());
  return { ok: decision.ok, reason: decision.ok ? null : decision.reason, rule: ruleFor(signed.person) };
}
