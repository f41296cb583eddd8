import type { Pattern } from "./pattern";
import { takes } from "./search";

/** temporary */
export function compileTexts(patterns: readonly Pattern[]) {
  return { matches: (text: string) => patterns.some((pattern) => takes(pattern, text)) };
}
