"use client";

import type { ComponentProps } from "react";
import { dialogLater } from "@/components/ui/dialog-later";
import type { ReviewDialog as Review } from "./review-dialog";

const OpenReview = dialogLater(async () => (await import("./review-dialog")).ReviewDialog);

/** The review, once somebody asks for it. */
export function ReviewDialog(props: ComponentProps<typeof Review>) {
  return props.open ? <OpenReview {...props} /> : null;
}
