import { cn } from "./class-names";

export type ButtonVariant = "plain" | "primary" | "danger" | "ghost";

const look: Record<ButtonVariant, string> = {
  plain: "border-line-2 bg-pane text-ink hover:border-edge hover:bg-sunk",
  primary: "border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong",
  danger: "border-line-2 bg-pane text-danger hover:border-danger hover:bg-danger-soft",
  ghost: "border-transparent text-ink-2 hover:bg-accent-soft hover:text-ink",
};

export type ButtonSize = keyof typeof measure;

const measure = { small: "h-7 px-2.5 text-sm", normal: "base:h-8 px-3 text-base", icon: "size-7 p-0" };

/** Class names of a button, for what only looks like one. */
export function buttonLook(variant: ButtonVariant = "plain", size: ButtonSize = "normal"): string {
  return cn(
    "inline-flex shrink-0 items-center base:justify-center gap-1.5 rounded-md border base:font-medium whitespace-nowrap transition-colors duration-100 select-none pointer-coarse:min-h-10",
    "aria-disabled:cursor-not-allowed aria-disabled:opacity-60 disabled:cursor-not-allowed disabled:opacity-60",
    look[variant],
    measure[size],
  );
}
