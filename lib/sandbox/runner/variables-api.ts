import { Hono } from "hono";
import { z } from "zod";
import { parseComponents } from "@/lib/gitlab-ci/components";
import { ApiRefusal, notFound } from "../gitlab/api-answers";
import type { ApiContext, ApiEnv } from "../gitlab/api-caller";
import { projectAtLevel } from "../gitlab/api-lookup";
import { projectEntity } from "../gitlab/entities";
import type { Gitlab } from "../gitlab/gitlab-context";
import { offsetPage } from "../gitlab/pagination";
import type { Variable } from "../gitlab/state";
import { requestBody } from "./request-body";

const newVariableSchema = z.object({
  key: z.string(),
  value: z.string(),
  variable_type: z.enum(["env_var", "file"]).default("env_var"),
  protected: z.boolean().default(false),
  masked: z.boolean().default(false),
  raw: z.boolean().default(false),
  environment_scope: z.string().default("*"),
  description: z.string().nullable().default(null),
});
const changeSchema = z.object({
  value: z.string(),
  protected: z.boolean().optional(),
  masked: z.boolean().optional(),
  raw: z.boolean().optional(),
  description: z.string().nullable().optional(),
});
const settingsSchema = z.object({
  ci_id_token_sub_claim_components: z.array(z.string()).optional(),
  ci_allow_fork_pipelines_to_run_in_parent_project: z.boolean().optional(),
});

/** A project's CI/CD variables and CI settings, for its Maintainers (docs.gitlab.com/api/project_level_variables, /api/projects). */
export function variableRoutes(gitlab: Gitlab): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.get("/projects/:id/variables", (c) =>
    c.json(offsetPage(c, gitlab.baseUrl(), gitlab.variablesOf(projectAtLevel(gitlab, c)))),
  );
  app.get("/projects/:id/variables/:key", (c) => c.json(variableOf(gitlab, c)));
  app.post("/projects/:id/variables", async (c) => {
    const project = projectAtLevel(gitlab, c);
    const asked = await requestBody(c, newVariableSchema);
    if (!/^\w{1,255}$/.test(asked.key))
      throw new ApiRefusal(400, { message: { key: ["can contain only letters, digits and '_'."] } });
    if (
      gitlab
        .variablesOf(project)
        .some((one) => one.key === asked.key && one.environment_scope === asked.environment_scope)
    ) {
      throw new ApiRefusal(400, { message: { key: [`(${asked.key}) has already been taken`] } });
    }
    const variable = { ...asked, hidden: false };
    gitlab.setVariables(project, [...gitlab.variablesOf(project), variable]);
    return c.json(variable, 201);
  });
  app.put("/projects/:id/variables/:key", async (c) => {
    const project = projectAtLevel(gitlab, c);
    const before = variableOf(gitlab, c);
    const after = { ...before, ...(await requestBody(c, changeSchema)) };
    gitlab.setVariables(
      project,
      gitlab.variablesOf(project).map((one) => (one === before ? after : one)),
    );
    return c.json(after);
  });
  app.delete("/projects/:id/variables/:key", (c) => {
    const project = projectAtLevel(gitlab, c);
    const before = variableOf(gitlab, c);
    gitlab.setVariables(
      project,
      gitlab.variablesOf(project).filter((one) => one !== before),
    );
    return c.body(null, 204);
  });
  app.put("/projects/:id", async (c) => {
    const project = projectAtLevel(gitlab, c);
    const asked = await requestBody(c, settingsSchema);
    const { ci_id_token_sub_claim_components: components, ci_allow_fork_pipelines_to_run_in_parent_project: forks } =
      asked;
    if (components !== undefined) {
      const parsed = parseComponents(components);
      if (!parsed.ok) throw new ApiRefusal(400, { message: { ci_id_token_sub_claim_components: [parsed.reason] } });
      gitlab.file.value.components[project.id] = parsed.components;
    }
    if (forks !== undefined) gitlab.file.value.forksRunInParent[project.id] = forks;
    gitlab.stateChanged();
    return c.json(projectEntity(gitlab, gitlab.world().projectById(project.id) ?? project, c.get("person")));
  });
  return app;
}

function variableOf(gitlab: Gitlab, c: ApiContext): Variable {
  const key = c.req.param("key");
  const found = gitlab.variablesOf(projectAtLevel(gitlab, c)).find((one) => one.key === key);
  if (!found) throw notFound("Variable");
  return found;
}
