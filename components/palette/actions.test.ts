import { describe, expect, it } from "vitest";
import { actionsFor, matchingActions } from "./actions";

const labels = (role: Parameters<typeof actionsFor>[0]["role"], newRoleFor: Parameters<typeof actionsFor>[1] = null) =>
  actionsFor({ role }, newRoleFor).map(({ label }) => label);

describe("actions", () => {
  it("leave away what the person may not do", () => {
    expect(labels("platform-engineer")).toEqual(
      expect.arrayContaining(["Requests to decide", "Verify the audit chain"]),
    );
    expect(labels("auditor")).toContain("Verify the audit chain");
    expect(labels("auditor")).not.toContain("Requests to decide");
    expect(labels("member")).not.toContain("Verify the audit chain");
    expect(labels("member")).not.toContain("Requests to decide");
  });

  it("begin with a new role where the page is about a project that one may ask for", () => {
    expect(labels("member", { projectId: 7091, path: "acme/shop/web" })[0]).toBe("New role for acme/shop/web");
  });

  it("are found by the beginnings of their words and of what people call them", () => {
    const found = (query: string) =>
      matchingActions(actionsFor({ role: "platform-engineer" }, null), query).map(({ label }) => label);
    expect(found("go ro")).toEqual(["Go to Roles"]);
    expect(found("DARK")).toEqual(["Toggle theme"]);
    expect(found("log out")).toEqual(["Sign out"]);
    expect(found("hain")).toEqual([]);
    expect(found("").length).toBe(labels("platform-engineer").length);
  });
});
