"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from "react";
import { SingleKeysProvider } from "@/components/ui/single-keys";
import { keepPreference, singleKeysCookie, type Theme, themeClass, themeCookie } from "./preferences";

interface Preferences {
  theme: Theme;
  setTheme: (theme: Theme) => void;
  singleKeys: boolean;
  setSingleKeys: (enabled: boolean) => void;
}

const PreferencesContext = createContext<Preferences | null>(null);

/** Holds theme and shortcuts, starting from what the server read in the cookies. */
export function PreferencesProvider({
  initial,
  children,
}: {
  initial: { theme: Theme; singleKeys: boolean };
  children: ReactNode;
}) {
  const [theme, showTheme] = useState(initial.theme);
  const [singleKeys, showSingleKeys] = useState(initial.singleKeys);
  const setTheme = useCallback((next: Theme) => {
    const root = document.documentElement.classList;
    const name = themeClass(next);
    root.remove("light", "dark");
    if (name) root.add(name);
    keepPreference(themeCookie, next);
    showTheme(next);
  }, []);
  const setSingleKeys = useCallback((enabled: boolean) => {
    keepPreference(singleKeysCookie, enabled ? "on" : "off");
    showSingleKeys(enabled);
  }, []);
  const preferences = useMemo(
    () => ({ theme, setTheme, singleKeys, setSingleKeys }),
    [theme, setTheme, singleKeys, setSingleKeys],
  );
  return (
    <PreferencesContext value={preferences}>
      <SingleKeysProvider enabled={singleKeys}>{children}</SingleKeysProvider>
    </PreferencesContext>
  );
}

/** Theme and shortcuts, and how to change them. */
export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (!preferences) throw new Error("usePreferences needs a PreferencesProvider around it");
  return preferences;
}
