"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { SignedInPerson } from "@/lib/identity/model";

const Person = createContext<SignedInPerson | null>(null);

/** Tells every part of the page who is signed in. */
export function PersonProvider({ person, children }: { person: SignedInPerson; children: ReactNode }) {
  return <Person value={person}>{children}</Person>;
}

/** Who is signed in, as GitLab said when the page was opened. What they may do is decided by the server. */
export function usePerson(): SignedInPerson {
  const person = useContext(Person);
  if (!person) throw new Error("usePerson outside of the portal's pages");
  return person;
}
