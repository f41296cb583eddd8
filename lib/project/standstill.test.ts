import { expect, it } from "vitest";
import { gitlabProjectSchema } from "@/lib/gitlab/schema";
import { standstillOf } from "./standstill";

/** A project as GitLab answers it. */
const project = (changes: object) =>
  gitlabProjectSchema.parse({
    id: 4417,
    name: "web",
    path_with_namespace: "lumen/shop/web",
    visibility: "private",
    web_url: "https://git.example/lumen/shop/web",
    namespace: { id: 3, full_path: "lumen/shop" },
    ...changes,
  });

it.each([
  [{}],
  [{ archived: false, marked_for_deletion_on: null, marked_for_deletion_at: null, empty_repo: true }],
  [{ path_with_namespace: "lumen/deletion_scheduled-4417/web" }],
  [{ path_with_namespace: "lumen/shop/how-to-deletion_scheduled-jobs" }],
  [{ path_with_namespace: "lumen/shop/soft-deleted-99" }],
])("a project with %j goes on", (changes) => {
  expect(standstillOf(project(changes))).toBeNull();
});

it.each([
  [{ archived: true }, /is archived/],
  [{ marked_for_deletion_on: "2027-01-09" }, /marked for deletion in GitLab \(2027-01-09\)/],
  [{ marked_for_deletion_at: "2027-01-09" }, /marked for deletion in GitLab \(2027-01-09\)/],
  [{ archived: true, marked_for_deletion_on: "2027-01-09" }, /marked for deletion/],
  [{ path_with_namespace: "lumen/shop/web-deletion_scheduled-4417" }, /marked for deletion in GitLab:/],
  [{ path_with_namespace: "lumen/shop-deletion_scheduled-3/web" }, /marked for deletion/],
  [{ path_with_namespace: "lumen/shop/web-deleted-4417" }, /marked for deletion/],
])("a project with %j does not, and it is said why", (changes, words) => {
  expect(standstillOf(project(changes))).toMatch(words);
});
