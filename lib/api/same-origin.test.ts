import { describe, expect, it } from "vitest";
import { mayWrite } from "./same-origin";

const own = "https://trustdesk.example.com";
const post = (headers: Record<string, string>) => mayWrite({ method: "POST", headers: new Headers(headers) }, own);

describe("writes", () => {
  it.each([
    ["from our own page", { origin: own, "sec-fetch-site": "same-origin" }, true],
    ["from a browser without fetch metadata", { origin: own }, true],
    ["from another origin", { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, false],
    [
      "from another port of the same site",
      { origin: "https://trustdesk.example.com:8443", "sec-fetch-site": "same-site" },
      false,
    ],
    ["with a forged Origin that the browser contradicts", { origin: own, "sec-fetch-site": "cross-site" }, false],
    ["with an opaque origin", { origin: "null", "sec-fetch-site": "cross-site" }, false],
    ["without an Origin", {}, false],
  ] as const)("%s", (_name, headers, allowed) => {
    expect(post(headers)).toBe(allowed);
  });
});

it("lets reads pass from anywhere: they change nothing and carry no CORS header", () => {
  expect(mayWrite({ method: "GET", headers: new Headers({ "sec-fetch-site": "cross-site" }) }, own)).toBe(true);
});
