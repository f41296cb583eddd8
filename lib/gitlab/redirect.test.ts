import { describe, expect, it } from "vitest";
import { gitlab, gitlabAt } from "@/lib/testing/canned-gitlab";

describe("a moved project", () => {
  const project = {
    id: 7,
    name: "x",
    path_with_namespace: "new/x",
    visibility: "private",
    web_url: "https://x",
    namespace: { id: 1, full_path: "new" },
  };

  it("is followed on GitLab's own origin", async () => {
    const { client } = gitlab(
      { status: 301, body: "moved", headers: { location: "https://gitlab.example.com/root/api/v4/projects/7" } },
      { body: project },
    );
    expect((await client.project("old/x")).path_with_namespace).toBe("new/x");
  });

  it("never takes the person's token to another origin", async () => {
    const { client, asked } = gitlab(
      { status: 301, body: "moved", headers: { location: "https://evil.example/api/v4/projects/7" } },
      { body: project },
    );
    await expect(client.project("old/x")).rejects.toMatchObject({ code: "upstream" });
    expect(asked).toHaveLength(1);
  });

  it("is followed on the address that we know where GitLab, behind a proxy, takes itself for one without https", async () => {
    const { client, asked } = gitlab(
      { status: 301, body: "moved", headers: { location: "http://gitlab.example.com/root/api/v4/projects/7" } },
      { body: project },
    );
    expect((await client.project("old/x")).path_with_namespace).toBe("new/x");
    expect(asked).toEqual(["/projects/old%2Fx", "/projects/7"]);
  });
});

describe("a redirect that is no moved project", () => {
  it.each<[string, string, string, RegExp]>([
    [
      "to https",
      "http://git.example",
      "https://git.example/api/v4/user",
      /redirects to https\..* to https:\/\/git\.example\.$/,
    ],
    [
      "to https, with a relative root",
      "http://git.example/git",
      "https://git.example/git/api/v4/user",
      /https:\/\/git\.example\/git\.$/,
    ],
    [
      "to https on another port",
      "http://git.example:8080",
      "https://git.example:8443/api/v4/user",
      /https:\/\/git\.example:8443\.$/,
    ],
    [
      "to a relative root",
      "https://git.example",
      "https://git.example/git/api/v4/user",
      /the page \/git\/api\/v4\/user/,
    ],
    ["to another host", "https://git.example", "https://code.example/api/v4/user", /sets GITLAB_URL to it/],
    [
      "to a company's sign-in",
      "https://git.example",
      "https://sso.example/authorize?x=1",
      /a proxy asks for a sign-in/,
    ],
    ["to another port", "https://git.example", "https://git.example:8443/api/v4/user", /sets GITLAB_URL to it/],
    ["to GitLab's sign-in", "https://git.example", "/users/sign_in", /its sign-in page/],
    ["to a page of its own", "https://git.example", "/-/maintenance", /the page \/-\/maintenance/],
    ["to nothing", "https://git.example", "", /without saying where/],
    ["to nonsense", "https://git.example", "https://[", /without saying where/],
    ["to a file", "https://git.example", "file:///etc/passwd", /no web address/],
  ])("%s says what to change, and takes the token nowhere", async (_case, baseUrl, location, words) => {
    const page = { status: 302, body: "<html><body>You are being redirected.</body></html>", headers: { location } };
    const { client, asked } = gitlabAt(baseUrl, page);
    await expect(client.user()).rejects.toMatchObject({ code: "upstream", message: expect.stringMatching(words) });
    expect(asked).toHaveLength(1);
  });

  it("in a circle ends", async () => {
    const to = (path: string) => ({ status: 301, body: "", headers: { location: `/root/api/v4/${path}` } });
    const { client, asked } = gitlab(...Array.from({ length: 20 }, (_, index) => to(index % 2 ? "user" : "users")));
    await expect(client.user()).rejects.toMatchObject({
      code: "upstream",
      message: expect.stringContaining("in a circle") as string,
    });
    expect(asked.length).toBeLessThan(6);
  });
});
