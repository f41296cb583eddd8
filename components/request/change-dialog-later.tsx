"use client";

import { dialogLater } from "@/components/ui/dialog-later";

/** The dialog for a change without a form, once somebody asks for one. */
export const ChangeDialog = dialogLater(async () => (await import("./change-dialog")).ChangeDialog);
