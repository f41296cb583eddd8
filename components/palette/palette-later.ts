import { later } from "@/components/ui/later";

/** What the palette lists comes when somebody reaches for it: most pages are left without. */
export const paletteResults = later(() => import("./palette-results"));
