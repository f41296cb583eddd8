import { later } from "@/components/ui/later";

/** The palette comes when somebody reaches for it: most pages are left without. */
export const paletteLater = later(() => import("./palette"));
