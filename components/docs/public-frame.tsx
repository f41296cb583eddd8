import type { ReactNode } from "react";
import { Logo } from "@/components/layout/logo";
import { buttonLook } from "@/components/ui/button-look";
import { paths } from "@/lib/paths";

/** The frame of a page that somebody reads who is not signed in. */
export function PublicFrame({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-dvh">
      <a href="#content" className="floating sr-only top-2 left-2 z-50 px-3 py-1.5 focus:not-sr-only focus:fixed">
        Skip to the content
      </a>
      <header className="flex h-12 items-center gap-4 border-b border-line bg-sunk px-4 wide:px-7">
        <a
          href={paths.docs()}
          className="flex items-center gap-2 rounded-md text-[14.5px] font-semibold tracking-[-0.01em]"
        >
          <Logo />
          Trustdesk
        </a>
        <a href={paths.signIn({ returnTo: paths.home() })} className={`${buttonLook("plain", "small")} ml-auto`}>
          Sign in
        </a>
      </header>
      <main
        id="content"
        tabIndex={-1}
        className="mx-auto w-full max-w-[1112px] px-4 pt-3.5 pb-16 outline-none wide:px-7 wide:pt-[18px] wide:pb-20"
      >
        {children}
      </main>
    </div>
  );
}
