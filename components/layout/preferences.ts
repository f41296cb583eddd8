/** What a person chose for this browser. Kept in cookies, so that the server renders it and nothing flashes. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "trustdesk-theme";
export const singleKeysCookie = "trustdesk-single-keys";

/** The theme a cookie's value names; the system's when it names none. */
export function parseTheme(value: string | undefined): Theme {
  return themes.find((theme) => theme === value) ?? "system";
}

/** The class of the html element for a theme; none leaves it to the system. */
export function themeClass(theme: Theme): string | undefined {
  return theme === "system" ? undefined : theme;
}

/** Keeps a choice for a year. Browser only. */
export function keepPreference(cookie: string, value: string): void {
  const secure = globalThis.location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${cookie}=${encodeURIComponent(value)}; Path=/; Max-Age=31536000; SameSite=Lax${secure}`;
}
