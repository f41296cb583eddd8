import { Hono } from "hono";
import { z } from "zod";
import { level } from "../gitlab/access";
import { ApiRefusal, forbidden, notFound } from "../gitlab/api-answers";
import type { ApiEnv } from "../gitlab/api-caller";
import { projectAtLevel } from "../gitlab/api-lookup";
import type { Gitlab } from "../gitlab/gitlab-context";
import { requestBody } from "./request-body";
import type { Runner } from "./runner";

const newScheduleSchema = z.object({ description: z.string(), ref: z.string(), cron: z.string() });

/** Pipeline schedules: made, and played by their owner or a Maintainer (docs.gitlab.com/api/pipeline_schedules). */
export function scheduleRoutes(gitlab: Gitlab, runner: Runner): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.post("/projects/:id/pipeline_schedules", async (c) => {
    const project = projectAtLevel(gitlab, c, level.developer);
    const { description, ref, cron } = await requestBody(c, newScheduleSchema);
    const { schedules } = gitlab.file.value;
    const schedule = {
      id: schedules.length + 1,
      projectId: project.id,
      ownerId: c.get("person").id,
      ref: ref.replace(/^refs\/(heads|tags)\//, ""),
      cron,
      description,
    };
    schedules.push(schedule);
    gitlab.file.changed();
    return c.json({ id: schedule.id, description, ref, cron, active: true }, 201);
  });
  app.post("/projects/:id/pipeline_schedules/:scheduleId/play", (c) => {
    const project = projectAtLevel(gitlab, c, level.developer);
    const schedule = gitlab.file.value.schedules.find(
      (one) => one.projectId === project.id && String(one.id) === c.req.param("scheduleId"),
    );
    const owner = gitlab.world().personById(schedule?.ownerId ?? 0);
    if (!schedule || !owner) throw notFound("PipelineSchedule");
    const caller = c.get("person");
    if (caller.id !== owner.id && gitlab.access().levelAt(caller, project.path) < level.maintainer) throw forbidden();
    const created = runner.create({ project, person: owner, ref: schedule.ref, source: "schedule" });
    if (!created.ok) throw new ApiRefusal(400, { message: { base: [created.reason] } });
    return c.json({ message: "201 Created" }, 201);
  });
  return app;
}
