"use client";

import { createContext, type ReactNode, useContext } from "react";

const NonceContext = createContext<string | undefined>(undefined);

declare global {
  var __webpack_nonce__: string | undefined;
}

/** Hands the page's CSP nonce to the few primitives that add a style element of their own. */
export function NonceProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  // The scroll lock of Radix dialogs takes the nonce of its style element from this global (package get-nonce).
  if (typeof window !== "undefined") globalThis.__webpack_nonce__ = nonce;
  return <NonceContext value={nonce}>{children}</NonceContext>;
}

/** The nonce of the page's Content-Security-Policy, if it has one. */
export function useNonce(): string | undefined {
  return useContext(NonceContext);
}
