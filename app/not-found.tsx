import { Logo } from "@/components/layout/logo";
import { buttonLook } from "@/components/ui/button-look";
import { paths } from "@/lib/paths";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto flex max-w-[480px] flex-col items-start gap-2 px-5 pt-[18vh]">
      <Logo className="size-6" />
      <h1 className="mt-2 text-xl font-semibold tracking-[-0.018em]">Nothing is at this address</h1>
      <p className="text-ink-2">
        It may have been removed, or you may not be a member of the project it belongs to. Trustdesk does not say which.
      </p>
      {/* Every page brings this one along: a plain link keeps it to what the server sends. */}
      <a href={paths.home()} className={buttonLook("plain") + " mt-2"}>
        Go to the first page
      </a>
    </main>
  );
}
