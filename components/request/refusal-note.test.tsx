import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { roleDocumentExample as document, refusalExamples } from "@/lib/plan/examples";
import { RefusalNote } from "./refusal-note";

const message = "Oleg has changed the role meanwhile.";
const edited = { roleId: "role-1", document: { ...document, description: "Before" } };
const shown = (props: Omit<Parameters<typeof RefusalNote>[0], "message">) =>
  renderToStaticMarkup(<RefusalNote message={message} {...props} />);

describe("why the server refused", () => {
  it("shows what is found now, where that is not what was on screen", () => {
    const html = shown({ data: refusalExamples["judgement-moved"] });
    expect(html).toContain(message);
    expect(html).toContain("A ref that is not protected");
  });

  it.each([null, refusalExamples["plan-moved"], refusalExamples.problems])("is the sentence alone (%#)", (data) => {
    const html = shown({ data, edited });
    expect(html).toContain(message);
    expect(html).not.toContain("<a ");
  });

  it("leads to the request that is in the way, and shows how that one differs", () => {
    const html = shown({ data: refusalExamples["other-request"] });
    expect(html).toContain(`href="/requests/${refusalExamples["other-request"].requestId}"`);
    expect(html).toContain("From that plan to yours");
    expect(html).toContain("&quot;maxSessionSeconds&quot;: 7200");
  });

  it("leads from an edit on to the newer version, and shows what that one changed", () => {
    const html = shown({ data: refusalExamples["newer-version"], edited });
    expect(html).toContain('href="/roles/role-1/edit"');
    expect(html).toContain("Go on from version 2");
    expect(html).toContain(document.description);
    expect(html).toContain("Before");
  });

  it("says of a newer version only that, where no form is open", () => {
    expect(shown({ data: refusalExamples["newer-version"] })).not.toContain("<a ");
  });
});
