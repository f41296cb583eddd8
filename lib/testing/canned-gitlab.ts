import { fixedClock } from "@/lib/clock";
import { gitlabClient } from "@/lib/gitlab/client";

/** One answer; a body that is no text goes out as JSON. */
export interface Canned {
  status?: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** A client whose GitLab, at a relative root, answers `answers` in turn; `asked` holds the paths, `waited` the pauses in seconds, `bearers` the tokens. */
export function gitlab(...answers: (Canned | Error)[]) {
  return gitlabAt("https://gitlab.example.com/root", ...answers);
}

/** The same for a GitLab at an address. */
export function gitlabAt(baseUrl: string, ...answers: (Canned | Error)[]) {
  const bearers: (string | null)[] = [];
  const asked: string[] = [];
  const waited: number[] = [];
  const client = gitlabClient({
    baseUrl,
    token: (rejected) => Promise.resolve(rejected === "old" ? "renewed" : "old"),
    clock: fixedClock("2026-11-22T12:00:00Z"),
    sleep: (milliseconds) => {
      waited.push(milliseconds / 1000);
      return Promise.resolve();
    },
    fetch: (input, init) => {
      bearers.push(new Headers(init?.headers).get("authorization"));
      asked.push(String(input).replace(`${baseUrl}/api/v4`, ""));
      const answer = answers.shift() ?? new Error("asked too often");
      if (answer instanceof Error) return Promise.reject(answer);
      return Promise.resolve(
        new Response(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body), {
          status: answer.status ?? 200,
          headers: answer.headers ?? {},
        }),
      );
    },
  });
  return { client, asked, waited, bearers };
}

/** The person whose token the client carries. */
export const user = { id: 11, username: "pia", name: "Pia", state: "active", avatar_url: null, web_url: "https://x" };
