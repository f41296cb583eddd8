import { authedProcedures } from "@/lib/identity/procedure-base";
import { compareSent } from "./compare-sent";
import { trustContract } from "./contract";
import { evaluateSent } from "./evaluate-sent";
import { lintSent } from "./lint-sent";

const authed = authedProcedures(trustContract);

/** What the commands say of documents, over the API. */
export const trustProcedures = {
  evaluate: authed.evaluate.handler(({ input, context }) => evaluateSent(input, context.clock)),
  lint: authed.lint.handler(({ input, context }) => lintSent(input, context)),
  compare: authed.compare.handler(({ input, context }) => compareSent(input, context.clock)),
};
