import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Project } from "../company/company";
import { application } from "../company/people";
import { articleProject } from "../company/projects";
import { createAccess } from "./access";
import type { ApiEnv } from "./api-caller";
import { authenticated } from "./api-caller";
import { memberRoutes } from "./api-members";
import { projectRoutes } from "./api-projects";
import { refRoutes } from "./api-refs";
import { discoveryRoutes } from "./discovery";
import { currentUserEntity } from "./entities";
import { createFaults } from "./faults";
import type { Gitlab } from "./gitlab-context";
import { oauthRoutes } from "./oauth";
import { openSigningKeys } from "./signing-keys";
import type { Variable } from "./state";
import { openState } from "./state";
import { createTokens } from "./tokens";
import { buildWorld } from "./world";

export interface GitlabOptions {
  /** Where state and keys are kept; null for memory only. */
  dataFolder: string | null;
  issuer: string;
  /** GitLab's version, e.g. "19.4.1". */
  version: string;
  /** How many generated service projects stand beside the named ones. */
  services: number;
  /** Origin of the portal, for its redirect URI; null takes any port of this machine. */
  webUrl: string | null;
  now: () => Date;
  baseUrl: () => string;
  awsUrl: () => string;
}

/** Opens the state and puts together what the routes work with. */
export async function createGitlab(options: GitlabOptions): Promise<Gitlab> {
  const file = openState(options.dataFolder, options.now);
  const rebuild = (): Pick<Gitlab, "world" | "access"> => {
    const world = buildWorld(options.services, file.value);
    const access = createAccess(world, () => options.now().toISOString().slice(0, 10));
    return { world: () => world, access: () => access };
  };
  let current = rebuild();
  const world = (): ReturnType<Gitlab["world"]> => current.world();
  return {
    issuer: options.issuer,
    baseUrl: options.baseUrl,
    awsUrl: options.awsUrl,
    redirectAllowed: redirectRule(options.webUrl),
    now: options.now,
    version: () => file.value.version ?? options.version,
    file,
    keys: await openSigningKeys(options.dataFolder),
    tokens: createTokens(file, world, options.now),
    faults: createFaults(),
    world,
    access: () => current.access(),
    variablesOf: (project) => file.value.variables[project.id] ?? seededVariables(project),
    setVariables: (project, variables) => {
      file.value.variables[project.id] = [...variables];
      file.changed();
    },
    stateChanged: () => {
      current = rebuild();
      file.changed();
    },
  };
}

/** The article's project has its bucket's name from the start; the other variables are the reader's to set. */
function seededVariables(project: Project): Variable[] {
  return project.id === articleProject.id
    ? [
        {
          variable_type: "env_var",
          key: "S3_BUCKET_NAME",
          value: "gitlab-pipeline-aws-oidc-auth",
          protected: false,
          masked: false,
          hidden: false,
          raw: false,
          environment_scope: "*",
          description: null,
        },
      ]
    : [];
}

function redirectRule(webUrl: string | null): (uri: string) => boolean {
  const exact = webUrl && `${webUrl.replace(/\/+$/, "")}${application.callbackPath}`;
  const local = new RegExp(`^http://(127\\.0\\.0\\.1|localhost)(:\\d+)?${application.callbackPath}$`);
  return (uri) => (exact ? uri === exact : local.test(uri));
}

/**
 * The REST API, OAuth and discovery as one handler.
 * @param more API routes that belong to others, e.g. the runner's
 */
export function gitlabRoutes(gitlab: Gitlab, more: readonly Hono<ApiEnv>[]): Hono {
  const app = new Hono();
  app.use("*", gitlab.faults.middleware);
  app.route("/", discoveryRoutes(gitlab));
  app.route("/", oauthRoutes(gitlab));
  app.route("/api/v4", apiRoutes(gitlab, more));
  for (const prefix of ["/api/*", "/oauth/*", "/.well-known/*"])
    app.all(prefix, (c) => c.json({ error: "404 Not Found" }, 404));
  return app;
}

function apiRoutes(gitlab: Gitlab, more: readonly Hono<ApiEnv>[]): Hono<ApiEnv> {
  const api = new Hono<ApiEnv>();
  api.use("*", authenticated(gitlab));
  api.get("/user", (c) => c.json(currentUserEntity(gitlab, c.get("person"))));
  api.get("/personal_access_tokens/self", (c) => {
    const token =
      c.req.header("private-token") ?? /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1] ?? "";
    const presented = gitlab.tokens.inspect(token);
    if (presented.kind !== "valid" || presented.oauth)
      return c.json(
        { message: "400 Bad request - This endpoint requires token type to be a personal access token" },
        400,
      );
    return c.json({
      id: presented.person.id,
      name: presented.person.username,
      revoked: false,
      scopes: presented.scopes,
      user_id: presented.person.id,
      active: true,
      expires_at: null,
    });
  });
  const version = (): { version: string; revision: string } => ({
    version: `${gitlab.version()}-ee`,
    revision: "a1b2c3d4e5f",
  });
  api.get("/version", (c) => c.json(version()));
  api.get("/metadata", (c) =>
    c.json({
      ...version(),
      kas: { enabled: false, externalUrl: null, externalK8sProxyUrl: null, version: null },
      enterprise: true,
    }),
  );
  api.route("/", projectRoutes(gitlab));
  api.route("/", memberRoutes(gitlab));
  api.route("/", refRoutes(gitlab));
  for (const routes of more) api.route("/", routes);
  api.all("*", (c) => c.json({ error: "404 Not Found" }, 404));
  api.onError((error, c) =>
    error instanceof HTTPException ? error.getResponse() : c.json({ message: "500 Internal Server Error" }, 500),
  );
  return api;
}
