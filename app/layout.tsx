import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { parseTheme, singleKeysCookie, themeClass, themeCookie } from "@/components/layout/preferences";
import { Providers } from "@/components/layout/providers";
import { cn } from "@/components/ui/class-names";
import { systemClock } from "@/lib/clock";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Trustdesk", template: "%s · Trustdesk" },
  description:
    "The AWS IAM roles that GitLab CI pipelines assume through OIDC: who gets in, what they can do, and who decided it.",
  manifest: "/manifest.webmanifest",
  icons: { icon: { url: "/icon.svg", type: "image/svg+xml" }, apple: "/apple-touch-icon.png" },
};

export const viewport: Viewport = { width: "device-width", initialScale: 1, colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [jar, sent] = await Promise.all([cookies(), headers()]);
  const theme = parseTheme(jar.get(themeCookie)?.value);
  const singleKeys = jar.get(singleKeysCookie)?.value !== "off";
  return (
    <html lang="en" className={cn(GeistSans.variable, GeistMono.variable, themeClass(theme))}>
      <body>
        <Providers
          nonce={sent.get("x-nonce") ?? undefined}
          now={systemClock.now().toISOString()}
          preferences={{ theme, singleKeys }}
        >
          {children}
        </Providers>
      </body>
    </html>
  );
}
