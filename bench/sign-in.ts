/** The session cookie of a person, after the whole way through GitLab's consent page. */
export async function signIn(web: string, gitlab: string, username: string): Promise<string> {
  const jar = new Map<string, string>();
  const send = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await fetch(url, { redirect: "manual", ...init, headers: { ...init.headers, cookie, origin: web } });
    for (const line of answer.headers.getSetCookie()) keep(line, jar);
    return answer;
  };
  const { csrfToken } = (await (await send(`${web}/api/auth/csrf`)).json()) as { csrfToken: string };
  const begun = (await (
    await send(`${web}/api/auth/signin/gitlab`, {
      method: "POST",
      body: new URLSearchParams({ csrfToken, callbackUrl: "/", json: "true" }),
    })
  ).json()) as { url: string };
  const consent = await fetch(`${gitlab}/oauth/authorize`, {
    method: "POST",
    redirect: "manual",
    body: new URLSearchParams({ ...Object.fromEntries(new URL(begun.url).searchParams), username }),
  });
  await send(consent.headers.get("location") ?? "");
  const session = [...jar].find(([name]) => name.endsWith("session-token") || name.includes("session"));
  if (!session) throw new Error(`${username} was not let in.`);
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

function keep(setCookie: string, jar: Map<string, string>): void {
  const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(setCookie) ?? [];
  if (value === "") jar.delete(name);
  else jar.set(name, value);
}
