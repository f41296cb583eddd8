import { describe, expect, it } from "vitest";
import { operationOf } from "./gitlab/metrics";
import { metricsRefusal } from "./metrics";

const token = "0123456789abcdef";

describe("the metrics token", () => {
  it.each([
    ["no token is set", "Bearer anything", null, 404, /TRUSTDESK_METRICS_TOKEN is not set/],
    ["none is sent", null, token, 401, /Send the metrics token/],
    ["it is sent otherwise", `Basic ${token}`, token, 401, /Send the metrics token/],
    ["it is another", `Bearer ${token}0`, token, 401, /not the metrics token/],
  ])("refuses with a reason when %s", (_when, authorization, expected, status, reason) => {
    expect(metricsRefusal(authorization, expected)).toEqual({
      status,
      reason: expect.stringMatching(reason) as string,
    });
  });

  it("lets through who has it", () => {
    expect(metricsRefusal(`Bearer ${token}`, token)).toBeNull();
  });
});

describe("GitLab's operations", () => {
  it.each([
    ["/api/v4/projects/90201/repository/branches", "projects/:id/repository/branches"],
    ["/gitlab/api/v4/groups/acme%2Fplatform-engineers/members/all/11", "groups/:id/members/all/:id"],
    ["/api/v4/projects/branches", "projects/:id"],
    ["/api/v4/projects", "projects"],
    ["/api/v4/user", "user"],
  ])("%s is %s: no id, path or name becomes a label", (path, operation) => {
    expect(operationOf(path)).toBe(operation);
  });
});
