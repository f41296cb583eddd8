import { knownError } from "@/lib/errors";

/** The digest of what nobody was told. */
export const unseen = "0".repeat(64);

/** The digest of what is said of a plan now: whoever sends it unseen is refused with it. Throws any other refusal. */
export async function saidNow(send: (judgementDigest: string) => Promise<unknown>): Promise<string> {
  const error = await send(unseen).then(
    () => null,
    (reason: unknown) => reason,
  );
  const data = knownError(error)?.details.data;
  if (data?.kind !== "judgement-moved")
    throw error ?? new Error("It was taken although nobody had seen what it means.");
  return data.judgementDigest;
}

/** Sends what a page would that shows what is said now. */
export async function asShown<T>(send: (judgementDigest: string) => Promise<T>): Promise<T> {
  return send(await saidNow(send));
}
