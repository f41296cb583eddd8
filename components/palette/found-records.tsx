"use client";

import { User } from "lucide-react";
import { RequestStateBadge } from "@/components/request/request-state";
import { RoleMark } from "@/components/role/role-grade";
import { paths } from "@/lib/paths";
import { goalWords } from "@/lib/plan/goal-words";
import { PaletteGroup, PaletteItem } from "./palette-item";
import { recordIcon } from "./record-icon";
import type { Found } from "./use-found";

/** What the server found, by kind. A person leads to what they did. */
export function FoundRecords({ found, onGo }: { found: Found; onGo: (href: string) => void }) {
  return (
    <>
      {found.projects.length > 0 ? (
        <PaletteGroup title="Projects">
          {found.projects.map(({ projectId, path }) => (
            <PaletteItem
              key={projectId}
              value={`project ${projectId}`}
              icon={recordIcon.project}
              label={path}
              onSelect={() => onGo(paths.project(projectId))}
            />
          ))}
        </PaletteGroup>
      ) : null}
      {found.roles.length > 0 ? (
        <PaletteGroup title="Roles">
          {found.roles.map((role) => (
            <PaletteItem
              key={role.id}
              value={`role ${role.id}`}
              icon={recordIcon.role}
              label={<code className="font-mono">{role.name}</code>}
              note={<RoleNote role={role} />}
              onSelect={() => onGo(paths.role(role.id))}
            />
          ))}
        </PaletteGroup>
      ) : null}
      {found.requests.length > 0 ? (
        <PaletteGroup title="Requests">
          {found.requests.map((request) => (
            <PaletteItem
              key={request.id}
              value={`request ${request.id}`}
              icon={recordIcon.request}
              label={<RequestWords request={request} />}
              note={<RequestNote {...request} />}
              onSelect={() => onGo(paths.request(request.id))}
            />
          ))}
        </PaletteGroup>
      ) : null}
      {found.people.length > 0 ? (
        <PaletteGroup title="People">
          {found.people.map(({ username, name }) => (
            <PaletteItem
              key={username}
              value={`person ${username}`}
              icon={User}
              label={`${name} @${username}`}
              note="what they did"
              onSelect={() => onGo(paths.audit({ person: username }))}
            />
          ))}
        </PaletteGroup>
      ) : null}
    </>
  );
}

function RoleNote({ role }: { role: Found["roles"][number] }) {
  return (
    <>
      <span className="truncate">
        {role.projectPath} in {role.accountName}
      </span>
      <RoleMark role={role} />
    </>
  );
}

function RequestNote({ projectPath, state }: Pick<Found["requests"][number], "projectPath" | "state">) {
  return (
    <>
      <span className="truncate">{projectPath}</span>
      <RequestStateBadge state={state} />
    </>
  );
}

function RequestWords({ request: { kind, roleName, requesterName } }: { request: Found["requests"][number] }) {
  return (
    <>
      {requesterName} asks to {goalWords[kind]} <code className="font-mono">{roleName}</code>
    </>
  );
}
