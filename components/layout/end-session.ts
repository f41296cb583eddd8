import { signOut } from "next-auth/react";
import { paths } from "@/lib/paths";

/** Ends this browser's session and says so on the sign-in page. */
export function endSession(): void {
  void signOut({ callbackUrl: paths.signIn({ reason: "signed-out" }) });
}
