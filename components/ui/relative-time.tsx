"use client";

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from "react";
import { exactTime, relativeTime } from "./time-words";

const NowContext = createContext(0);

/**
 * Gives every RelativeTime below it the server's time, so that server and browser render the same words.
 * It goes on by the browser's monotonic clock: a wrong clock on the desk changes nothing.
 * @param now the server's time when it rendered, ISO 8601
 */
export function NowProvider({ now, children }: { now: string; children: ReactNode }) {
  const [time, setTime] = useState(() => Date.parse(now));
  useEffect(() => {
    const start = performance.now();
    const timer = setInterval(() => setTime(Date.parse(now) + performance.now() - start), 10_000);
    return () => clearInterval(timer);
  }, [now]);
  return <NowContext value={time}>{children}</NowContext>;
}

/** The time in milliseconds as the page knows it; steps every ten seconds. */
function useNow(): number {
  return useContext(NowContext);
}

const never = () => () => undefined;

/** A time in words ("2 h ago"), with the exact one in the person's zone on hover. `at` is ISO 8601. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const now = useNow();
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return (
    <time dateTime={at} title={inBrowser ? exactTime(at) : at} className={className}>
      {relativeTime(Math.max(now, Date.parse(at)), at)}
    </time>
  );
}

/** A clock time of today ("12:04:31") or a date and time, in the person's zone once the page is alive, in UTC before. */
export function ClockTime({ at, className }: { at: string; className?: string }) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  const text = inBrowser ? new Date(at).toLocaleTimeString("en-GB") : `${at.slice(11, 19)} UTC`;
  return (
    <time dateTime={at} title={inBrowser ? exactTime(at) : at} className={className}>
      {text}
    </time>
  );
}
