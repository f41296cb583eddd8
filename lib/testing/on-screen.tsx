import { cleanup, configure, render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { AppRouterInstance } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import type { ReactNode } from "react";
import { afterEach, vi } from "vitest";
import { PersonProvider } from "@/components/layout/person";
import { Providers } from "@/components/layout/providers";
import type { SignedInPerson } from "@/lib/identity/model";

/** How the portal's server refuses a call, as `lib/api/client` reads it. */
export class Refused {
  readonly body: { code: string; message: string; data?: { field?: string; data?: unknown } };

  constructor(body: Refused["body"]) {
    this.body = body;
  }
}

/** What the server answers to a call, by the call's path, e.g. "requests/snapshot". A call without an answer is refused. */
export type Answers = Record<string, (input: unknown) => unknown>;

const pia: SignedInPerson = {
  id: "pia",
  gitlabUserId: 11,
  username: "pia",
  name: "Pia Okafor",
  avatarUrl: null,
  role: "platform-engineer",
};

/** The last resort on a busy machine: what is waited for is a state. */
configure({ asyncUtilTimeout: 20_000 });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

/**
 * Renders a part of a page with everything that pages stand on. Only the wire is not real: `answers` stands for the
 * server. `calls` are those that reached it, `went` the addresses that the page went to.
 */
export function onScreen(page: ReactNode, answers: Answers) {
  const calls: { path: string; input: unknown }[] = [];
  const went: string[] = [];
  vi.stubGlobal("fetch", async (url: string, { body }: { body: string }) => {
    const path = new URL(url).pathname.replace("/api/rpc/", "");
    const input: unknown = (JSON.parse(body) as { json?: unknown }).json;
    calls.push({ path, input });
    const answer = await (answers[path] ?? unanswered)(input);
    return answer instanceof Refused
      ? Response.json({ json: answer.body }, { status: 409 })
      : Response.json({ json: answer });
  });
  const nowhere = () => undefined;
  const router: AppRouterInstance = {
    bfcacheId: "",
    back: nowhere,
    forward: nowhere,
    refresh: nowhere,
    prefetch: nowhere,
    push: (href) => void went.push(href),
    replace: (href) => void went.push(href),
  };
  render(
    <AppRouterContext value={router}>
      <Providers nonce={undefined} now="2026-11-22T12:05:00.000Z" preferences={{ theme: "system", singleKeys: true }}>
        <PersonProvider person={pia}>{page}</PersonProvider>
      </Providers>
    </AppRouterContext>,
  );
  return {
    user: userEvent.setup({ delay: null }),
    calls,
    went,
    callsTo: (path: string) => calls.filter((call) => call.path === path),
  };
}

function unanswered(): Refused {
  return new Refused({ code: "internal", message: "Nothing is foreseen for this call." });
}
