import { CircleX, type LucideIcon, ShieldCheck, TriangleAlert } from "lucide-react";
import { cn } from "./class-names";

export type GradeName = "safe" | "caution" | "danger";

const grades: Record<GradeName, { icon: LucideIcon; word: string; text: string; soft: string }> = {
  safe: { icon: ShieldCheck, word: "Safe", text: "text-safe", soft: "bg-safe-soft" },
  caution: { icon: TriangleAlert, word: "Caution", text: "text-caution", soft: "bg-caution-soft" },
  danger: { icon: CircleX, word: "Danger", text: "text-danger", soft: "bg-danger-soft" },
};

/** A grade's name, as it begins a sentence. */
export const gradeWord: Record<GradeName, string> = {
  safe: grades.safe.word,
  caution: grades.caution.word,
  danger: grades.danger.word,
};

/** The worst of a thing's findings, as icon and word. */
export function Grade({ grade, className }: { grade: GradeName; className?: string }) {
  const { icon: Icon, word, text } = grades[grade];
  return (
    <span
      className={cn("inline-flex h-5 items-center gap-1.5 align-bottom text-sm whitespace-nowrap", text, className)}
    >
      <Icon aria-hidden className="size-3.5" />
      {word}
    </span>
  );
}

/** The grade as the square mark at the head of a pane. The words beside it say what it means. */
export function GradeMark({ grade, className }: { grade: GradeName; className?: string }) {
  const { icon: Icon, text, soft } = grades[grade];
  return (
    <span aria-hidden className={cn("grid size-8 shrink-0 place-items-center rounded-lg", text, soft, className)}>
      <Icon className="size-[18px]" />
    </span>
  );
}
