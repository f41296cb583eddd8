import { clsx } from "clsx";

/** Joins class names. What a caller may replace is written as `base:`: any other class for that property wins over it. */
export const cn = clsx;
