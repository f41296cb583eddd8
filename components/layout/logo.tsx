import { cn } from "@/components/ui/class-names";

/** The mark: a shield with a keyhole. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={cn("base:size-[18px] shrink-0 text-accent", className)}
    >
      <path d="M8 1.5 13.5 3.5v4.2c0 3.3-2.3 5.7-5.5 6.8-3.2-1.1-5.5-3.5-5.5-6.8V3.5z" />
      <circle cx="8" cy="6.8" r="1.5" />
      <path d="M8 8.3v2.4" />
    </svg>
  );
}
