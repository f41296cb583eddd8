"use client";

import { useEffect } from "react";

/** Names the tab after the record that the page shows, which is known only once it was read. Next writes the page's own title late; ours comes back. */
export function PageTitle({ name }: { name: string }) {
  useEffect(() => {
    const wanted = `${name} · Trustdesk`;
    const write = (): void => {
      if (document.title !== wanted) document.title = wanted;
    };
    write();
    const observer = new MutationObserver(write);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => observer.disconnect();
  }, [name]);
  return null;
}
