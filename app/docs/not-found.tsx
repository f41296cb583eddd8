import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { buttonLook } from "@/components/ui/button-look";
import { paths } from "@/lib/paths";

export const metadata = { title: "Not found" };

export default function NoSuchPage() {
  return (
    <>
      <PageHeader crumbs={[{ label: "Docs", href: paths.docs() }]} title="The docs have no such page" />
      <p className="max-w-[72ch] text-ink-2">
        No finding, claim or condition key has this name. Another version of Trustdesk may have one.
      </p>
      <Link href={paths.docs()} className={`${buttonLook("plain")} mt-3`}>
        See all of them
      </Link>
    </>
  );
}
