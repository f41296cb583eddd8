import type { Project } from "../company/company";
import type { Access } from "./access";
import type { Faults } from "./faults";
import type { SigningKeys } from "./signing-keys";
import type { StateFile, Variable } from "./state";
import type { Tokens } from "./tokens";
import type { World } from "./world";

/** What every route of the sandbox's GitLab works with. */
export interface Gitlab {
  /** `iss` of ID tokens, e.g. https://gitlab.com, whatever address the sandbox listens on. */
  issuer: string;
  /** Own address, known once it listens. */
  baseUrl: () => string;
  /** Address of the sandbox's AWS, for the runner. */
  awsUrl: () => string;
  /** Redirect URIs of the portal's OAuth application: exact, or any port of 127.0.0.1 and localhost. */
  redirectAllowed: (uri: string) => boolean;
  now: () => Date;
  /** e.g. "19.4.1"; what it mints and refuses differs by version. */
  version: () => string;
  file: StateFile;
  keys: SigningKeys;
  tokens: Tokens;
  faults: Faults;
  world: () => World;
  access: () => Access;
  /** A project's CI/CD variables. */
  variablesOf: (project: Project) => readonly Variable[];
  setVariables: (project: Project, variables: readonly Variable[]) => void;
  /** Builds world and access again after a change of the state, and stores it. */
  stateChanged: () => void;
}
