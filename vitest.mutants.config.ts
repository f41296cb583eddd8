import { defineConfig } from "vitest/config";

/**
 * What kills a mutant: the pure rooms' own tests, and the form's, which shows and writes their documents. One that only
 * a page or a database would notice counts as alive.
 */
export default defineConfig({
  resolve: { alias: { "@": import.meta.dirname } },
  test: {
    include: ["lib/{language,gitlab-ci,iam,plan,judgement,role-form}/**/*.test.ts"],
    exclude: ["**/*.integration.test.ts"],
    setupFiles: ["scripts/mutants/same-draws.ts"],
    isolate: false,
  },
});
