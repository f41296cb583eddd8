import { expect, it } from "vitest";
import { inOrder } from "./in-order";

it("what runs side by side is heard one after another, nothing lost, and nothing held back longer than needed", () => {
  const heard: string[] = [];
  const [first, second, third] = inOrder(["1", "2", "3"], (text) => heard.push(text)).map(({ voice }) => voice);
  first?.say("1a");
  third?.say("3a");
  second?.say("2a");
  expect(heard).toEqual(["1a"]);
  third?.end();
  first?.say("1b");
  first?.end();
  expect(heard).toEqual(["1a", "1b", "2a"]);
  second?.say("2b");
  expect(heard).toEqual(["1a", "1b", "2a", "2b"]);
  second?.end();
  expect(heard).toEqual(["1a", "1b", "2a", "2b", "3a"]);
});
