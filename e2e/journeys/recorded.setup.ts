import { expect, test } from "../fixtures";
import { recordedRole, shownRole } from "../stage";

test("a role is recorded, for the journeys that only look at one", async ({ session }) => {
  const pia = await session("pia");
  const made = await recordedRole(pia, { roleName: shownRole.name });
  expect(await shownRole.find(pia)).toEqual(made);
});
