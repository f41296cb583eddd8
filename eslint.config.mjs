import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const house = {
  "max-lines": ["error", { max: 300, skipBlankLines: false, skipComments: false }],
  "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
  "max-depth": ["error", 3],
  "@typescript-eslint/no-explicit-any": "error",
  "@typescript-eslint/no-non-null-assertion": "error",
  "@typescript-eslint/no-floating-promises": "error",
  "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
  "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
  "@typescript-eslint/consistent-type-imports": "error",
  "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
  "no-restricted-syntax": [
    "error",
    {
      selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
      message: "Take the time from lib/clock.ts, so that tests can set it.",
    },
    {
      selector: "NewExpression[callee.name='Date'][arguments.length=0]",
      message: "Take the time from lib/clock.ts, so that tests can set it.",
    },
    {
      selector: "ExportDefaultDeclaration",
      message: "Default exports only in app/ and configuration files: names must survive the import.",
    },
  ],
};
const off = (...rules) => Object.fromEntries(rules.map((rule) => [rule, "off"]));

export default tseslint.config(
  {
    ignores: [
      "node_modules/**",
      ".next/**",
      ".trustdesk/**",
      ".build/**",
      "lib/db/generated/**",
      "next-env.d.ts",
      "**/*.mjs",
      "**/*.cjs",
    ],
  },
  {
    files: ["**/*.ts", "**/*.tsx"],
    plugins: { "@typescript-eslint": tseslint.plugin, "react-hooks": reactHooks },
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: { ...house, "react-hooks/rules-of-hooks": "error", "react-hooks/exhaustive-deps": "error" },
  },
  {
    files: ["**/*.tsx"],
    rules: { "max-lines-per-function": ["error", { max: 120, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ["app/**", "*.config.ts", "proxy.ts"],
    rules: { "no-restricted-syntax": house["no-restricted-syntax"].slice(0, 3) },
  },
  {
    files: ["**/*.test.ts", "**/*.test.tsx", "e2e/**", "lib/sandbox/**", "lib/testing/**", "bench/**"],
    rules: { ...off("no-restricted-syntax"), "max-lines-per-function": "off", "max-depth": "warn" },
  },
  { files: ["**/*.test.ts", "e2e/**"], rules: { "max-lines": ["error", { max: 400 }] } },
  { files: ["lib/clock.ts"], rules: off("no-restricted-syntax") },
);
