"use client";

import { partLater } from "@/components/ui/part-later";

/** Who gets in, for a page that judges only once it is up. */
export const WhoGetsIn = partLater("Who gets in", async () => (await import("./who-gets-in")).WhoGetsIn);
