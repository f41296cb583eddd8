import { cn } from "./class-names";

export interface ProgressProps {
  /** What is measured, e.g. "Trust policy". */
  label: string;
  value: number;
  max: number;
  /** In words, e.g. "634 of 2,048 characters". */
  text?: string;
  /** Turns the bar to danger, e.g. over a quota. */
  over?: boolean;
  className?: string;
}

/** How much of a whole is done or used, as a 4 px bar. The numbers stand beside it in words. */
export function Progress({ label, value, max, text, over = value > max, className }: ProgressProps) {
  const share = max > 0 ? Math.min(100, (100 * value) / max) : 0;
  return (
    <div role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={max} aria-valuenow={Math.min(value, max)} aria-valuetext={text} className={cn("h-1 overflow-hidden rounded-full bg-line", className)}>
      <div className={cn("h-full rounded-full transition-[width] duration-150", over ? "bg-danger" : "bg-accent")} style={{ width: `${share}%` }} />
    </div>
  );
}
