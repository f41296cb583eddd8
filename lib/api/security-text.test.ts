import { describe, expect, it } from "vitest";
import { answerSecurityText } from "./security-text";

const webUrl = "https://trustdesk.example.com";
const now = new Date("2026-03-01T00:00:00.000Z");

/** The fields of a security.txt, each of which may stand once here. */
async function fieldsOf(answer: Response): Promise<Record<string, string>> {
  const lines = (await answer.text()).trimEnd().split("\n");
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(": ")), line.slice(line.indexOf(": ") + 2)]),
  );
}

describe("security.txt", () => {
  it("names the installation's contact, its policy, and an end within a year of the question", async () => {
    const answer = answerSecurityText({ contact: "mailto:security@example.com", webUrl, now });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await fieldsOf(answer)).toEqual({
      Contact: "mailto:security@example.com",
      Expires: "2026-08-28T00:00:00.000Z",
      "Preferred-Languages": "en",
      Canonical: "https://trustdesk.example.com/.well-known/security.txt",
      Policy: "https://trustdesk.example.com/security-policy.txt",
    });
  });

  it("is still valid half a year later: whoever asks then is told a later end", async () => {
    const later = new Date("2026-09-15T00:00:00.000Z");
    const { Expires } = await fieldsOf(
      answerSecurityText({ contact: "https://example.com/report", webUrl, now: later }),
    );
    expect(Expires).toBe("2027-03-14T00:00:00.000Z");
  });

  it("is not there where no contact is named, and says which variable is missing", async () => {
    const answer = answerSecurityText({ contact: null, webUrl, now });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toMatch(/TRUSTDESK_SECURITY_CONTACT/);
  });
});
