import type { ReactNode } from "react";
import { PaletteProvider } from "@/components/palette/palette-provider";
import type { SignedInPerson } from "@/lib/identity/model";
import { PersonProvider } from "./person";
import { Rail } from "./rail";
import { ReadingProjects } from "./reading-projects";

/** The frame of every page behind the sign-in: navigation at the left, the page beside it. */
export function Shell({ person, children }: { person: SignedInPerson; children: ReactNode }) {
  return (
    <PersonProvider person={person}>
      <PaletteProvider person={person}>
        <div className="min-h-dvh wide:grid wide:grid-cols-[208px_minmax(0,1fr)]">
          <a href="#content" className="floating sr-only top-2 left-2 z-50 px-3 py-1.5 focus:not-sr-only focus:fixed">
            Skip to the content
          </a>
          <Rail person={person} />
          <main
            id="content"
            tabIndex={-1}
            className="w-full max-w-[1320px] px-4 pt-3.5 pb-16 outline-none wide:px-7 wide:pt-[18px] wide:pb-20"
          >
            {person.role === "member" ? <ReadingProjects /> : null}
            {children}
          </main>
        </div>
      </PaletteProvider>
    </PersonProvider>
  );
}
