import { describe, expect, it } from "vitest";
import { refreshTokens } from "./oauth";

/** Asks for new tokens of a GitLab that gives `answer`, and gives the refusal. */
async function refusal(answer: Response, baseUrl = "https://git.example"): Promise<unknown> {
  const application = { baseUrl, clientId: "id", clientSecret: "hidden", redirectUri: "https://desk.example/back" };
  return refreshTokens({ ...application, fetch: () => Promise.resolve(answer) }, "refresh").catch(
    (error: unknown) => error,
  );
}

describe("a sign-in that cannot be renewed", () => {
  it("has ended where GitLab says that the grant is spent", async () => {
    const answer = Response.json({ error: "invalid_grant" }, { status: 400 });
    expect(await refusal(answer)).toMatchObject({ code: "not-signed-in" });
  });

  it("has not ended where GitLab's address is another one now, and says which", async () => {
    const answer = new Response("moved", {
      status: 301,
      headers: { location: "https://git.example/root/oauth/token" },
    });
    expect(await refusal(answer, "http://git.example/root")).toMatchObject({
      code: "upstream",
      message: expect.stringContaining("sets GITLAB_URL to https://git.example/root.") as string,
    });
  });

  it.each([
    ["a proxy's sign-in page", 200],
    ["a proxy that wants a password", 401],
  ])("has not ended where %s answers", async (_who, status) => {
    const answer = new Response("<!doctype html><title>Company sign-in</title>", { status });
    expect(await refusal(answer)).toMatchObject({
      code: "upstream",
      message: expect.stringContaining("a proxy before GitLab") as string,
    });
  });

  it("has not ended while GitLab is busy", async () => {
    expect(await refusal(new Response("<html>", { status: 429 }))).toMatchObject({ code: "unavailable" });
  });
});
