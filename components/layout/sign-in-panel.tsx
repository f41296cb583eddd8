import { CircleX, Info } from "lucide-react";
import { cn } from "@/components/ui/class-names";
import { Logo } from "./logo";
import { SignInButton } from "./sign-in-button";

export interface SignInPanelProps {
  notice: { tone: "bad" | "calm"; title: string; text: string } | null;
  returnTo: string;
  gitlabHost: string;
}

/** The sign-in page's one panel: what happened, the button, and what Trustdesk will be able to do in GitLab. */
export function SignInPanel({ notice, returnTo, gitlabHost }: SignInPanelProps) {
  return (
    <div className="w-full max-w-[380px]">
      <div className="mb-6 flex items-center gap-2.5">
        <Logo className="size-6" />
        <span className="text-lg font-semibold tracking-[-0.01em]">Trustdesk</span>
      </div>
      <h1 className="text-xl font-semibold tracking-[-0.015em]">AWS roles for your pipelines</h1>
      <p className="mt-1 text-ink-2">
        Give a GitLab project the AWS permissions that it needs, see exactly who gets in, and find every step in the
        audit.
      </p>
      {notice ? <Notice {...notice} /> : null}
      <div className="mt-5">
        <SignInButton returnTo={returnTo} />
      </div>
      <p className="mt-4 border-t border-line pt-4 text-sm text-ink-3">
        You sign in at <span className="font-mono text-ink-2">{gitlabHost}</span>. Trustdesk asks to read your profile
        and the projects that you see. It writes nothing in GitLab, and signing out ends its access.
      </p>
    </div>
  );
}

function Notice({ tone, title, text }: NonNullable<SignInPanelProps["notice"]>) {
  const Icon = tone === "bad" ? CircleX : Info;
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className="mt-5 flex gap-2.5 rounded-lg border border-line-2 bg-pane px-3.5 py-3"
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", tone === "bad" ? "text-danger" : "text-accent")} />
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="text-ink-2">{text}</p>
      </div>
    </div>
  );
}
