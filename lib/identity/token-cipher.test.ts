import { expect, it } from "vitest";
import { tokenCipher } from "./token-cipher";

const cipher = tokenCipher("a".repeat(32));

it("gives back what it was given, to its owner only", () => {
  const stored = cipher.encrypt("glpat-secret", "user-1");
  expect(stored).not.toContain("glpat-secret");
  expect(cipher.decrypt(stored, "user-1")).toBe("glpat-secret");
  expect(cipher.decrypt(stored, "user-2")).toBeNull();
});

it("never makes the same value twice", () => {
  expect(cipher.encrypt("token", "user-1")).not.toBe(cipher.encrypt("token", "user-1"));
});

it("reads nothing that was changed, cut short or made with another secret", () => {
  const stored = cipher.encrypt("token", "user-1");
  const [id, nonce, tag, text] = stored.split(".");
  const flipped = [id, nonce, tag, `${text?.startsWith("A") ? "B" : "A"}${text?.slice(1)}`].join(".");
  const shortTag = [id, nonce, tag?.slice(0, 6), text].join(".");
  for (const bad of [
    flipped,
    shortTag,
    stored.slice(0, 20),
    "",
    "token",
    tokenCipher("b".repeat(32)).encrypt("token", "user-1"),
  ]) {
    expect(cipher.decrypt(bad, "user-1")).toBeNull();
  }
});
