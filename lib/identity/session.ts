import { cookies } from "next/headers";
import { cache } from "react";
import { systemClock } from "@/lib/clock";
import type { Signed } from "./signed";
import { signedFrom } from "./signed";
import { sessionCookie } from "./wire-names";

export type { Signed } from "./signed";

/** Who is signed in on the request that is being rendered, or null; read once a request. */
export const readSession = cache(async (): Promise<Signed | null> => {
  const token = (await cookies()).get(sessionCookie)?.value ?? null;
  return signedFrom(token, { clock: systemClock, live: false });
});
