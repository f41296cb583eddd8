import type { Call, Needed } from "./operation";
import type { StoredRole } from "./state";
import { requestTagKeys, resourceTagKeys } from "./tags";
import { arnOfRole, roleNamed } from "./world";

/** The role that the call names. Throws NoSuchEntity. */
export function roleOf({ account, parameters }: Call): StoredRole {
  return roleNamed(account, parameters.required("RoleName"));
}

/** Permission on the named role; of a missing one IAM knows neither path nor tags. `iam:PermissionsBoundary` is the role's own. */
export function onRole({ account, parameters }: Call): Needed[] {
  const name = parameters.required("RoleName");
  const role = account.roles[name.toLowerCase()];
  return [
    {
      resource: arnOfRole(account, role ?? { path: "/", name }),
      context: {
        ...(role?.boundary ? { "iam:PermissionsBoundary": role.boundary } : {}),
        ...resourceTagKeys(role?.tags ?? []),
      },
    },
  ];
}

/** The same for a call that sets tags. */
export function onTaggedRole(call: Call): Needed[] {
  const { parameters } = call;
  return onRole(call).map((needed) => ({
    ...needed,
    context: { ...needed.context, ...requestTagKeys(parameters.tags()) },
  }));
}
