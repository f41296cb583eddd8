import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { findingIds } from "@/lib/findings/finding";
import { findingPages } from "@/lib/findings/table";
import { claims, gitlabComConditionKeys } from "@/lib/gitlab-ci/claims";
import { ClaimDoc } from "./claim-doc";
import { conditionKeys } from "./condition-keys";
import { FindingDoc } from "./finding-doc";
import { KeyDoc } from "./key-doc";
import { docsSections } from "./sections";

const entries = docsSections().flatMap((section) => section.entries);
const pages = [
  ...findingPages.map((page) => [page.id, renderToStaticMarkup(<FindingDoc page={page} />)] as const),
  ...claims.map((claim) => [claim.name, renderToStaticMarkup(<ClaimDoc claim={claim} />)] as const),
  ...conditionKeys.map((row) => [row.key, renderToStaticMarkup(<KeyDoc row={row} />)] as const),
];

/** As the browser has it after reading the markup. */
const text = (html: string) => html.replaceAll("&#x27;", "'").replaceAll("&quot;", '"').replaceAll("&amp;", "&");

describe("the docs", () => {
  it("have every finding that Trustdesk can show, and each page once in the index", () => {
    expect(findingPages.map(({ id }) => id).sort()).toEqual([...findingIds].sort());
    const addresses = entries.map(({ href }) => href);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses).toHaveLength(pages.length);
  });

  it.each(findingPages.map((page) => [page.id, page] as const))(
    "say of %s what it is and how to mend it",
    (id, page) => {
      const html = text(pages.find(([name]) => name === id)?.[1] ?? "");
      for (const words of [page.title, page.about, page.mending, ...page.severities.map(upper)])
        expect(html).toContain(words);
    },
  );

  it("lead from no page to one that there is not", () => {
    const there = new Set(["/docs", ...entries.map(({ href }) => href)]);
    for (const [name, html] of pages)
      for (const [, href = ""] of html.matchAll(/href="(\/[^"]*)"/g))
        expect(there, `${name} leads to it`).toContain(href);
  });

  it("say that AWS reads a claim of gitlab.com alone, of every issuer, or not at all", () => {
    const page = (name: string) => pages.find(([one]) => one === name)?.[1] ?? "";
    expect(page("sub")).toContain("gitlab.example.com:sub");
    for (const name of gitlabComConditionKeys) {
      expect(page(name)).toContain(`gitlab.com:${name}`);
      expect(page(name)).not.toContain(`gitlab.example.com:${name}`);
    }
    expect(page("environment")).toContain("a condition on it never holds");
    expect(page("environment")).not.toContain("gitlab.com:environment</code>");
  });

  it("name for each condition key a public page that says so", () => {
    for (const { key } of conditionKeys)
      expect(pages.find(([name]) => name === key)?.[1]).toMatch(/href="https:\/\/\S/);
  });
});

function upper(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
