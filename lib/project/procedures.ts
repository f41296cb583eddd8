import { authedProcedures } from "@/lib/identity/procedure-base";
import { projectsContract } from "./contract";
import { openProject } from "./open-project";
import { readGroups, readSync } from "./read";
import { readRefs } from "./read-refs";
import { searchProjects } from "./search-projects";
import { startSync } from "./sync-projects";

const projects = authedProcedures(projectsContract);

/** The person's projects: found in the projection, opened live. */
export const projectProcedures = {
  search: projects.search.handler(({ input, context }) => searchProjects(context.signed, input, context.clock)),
  groups: projects.groups.handler(({ context }) => readGroups(context.signed.person.id)),
  sync: projects.sync.handler(async ({ context }) => {
    startSync(context.signed.person.id, context.signed.gitlab, context.clock);
    return { ...(await readSync(context.signed.person.id)), state: "running" };
  }),
  get: projects.get.handler(({ input, context }) => openProject(context.signed, input.projectId, context.clock)),
  refs: projects.refs.handler(({ input, context }) => readRefs(context.signed, input.projectId, context.clock)),
};
