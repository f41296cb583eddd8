import { Check, CircleX, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

export type Tone = "safe" | "caution" | "danger" | "neutral" | "accent";

const look: Record<Tone, string> = {
  safe: "border-transparent bg-safe-soft text-safe",
  caution: "border-transparent bg-caution-soft text-caution",
  danger: "border-transparent bg-danger-soft text-danger",
  accent: "border-transparent bg-accent-soft text-accent",
  neutral: "border-line-2 text-ink-2",
};

const toneIcon: Record<Tone, LucideIcon | null> = {
  safe: Check,
  caution: TriangleAlert,
  danger: CircleX,
  neutral: null,
  accent: null,
};

export interface BadgeProps {
  tone?: Tone;
  /** Takes the place of the tone's own icon; `null` for none, where the words carry the meaning alone. */
  icon?: LucideIcon | null;
  className?: string;
  children: ReactNode;
}

/** One or two words about a thing. Meaning is carried by word and icon; the colour repeats it. */
export function Badge({ tone = "neutral", icon, className, children }: BadgeProps) {
  const Icon = icon === undefined ? toneIcon[tone] : icon;
  return (
    <span
      className={cn(
        "inline-flex h-5 items-center gap-1 align-bottom rounded-full border px-[7px] text-xs whitespace-nowrap",
        look[tone],
        className,
      )}
    >
      {Icon ? <Icon aria-hidden className="size-3" /> : null}
      {children}
    </span>
  );
}
