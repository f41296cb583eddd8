import { notFound } from "next/navigation";
import { RequestDetail } from "@/components/request/request-detail";
import { requirePerson } from "@/lib/identity/loaders";
import { rowIdSchema } from "@/lib/ids";

export const metadata = { title: "Request" };

export default async function RequestPage({ params }: { params: Promise<{ id: string }> }) {
  await requirePerson();
  const id = rowIdSchema.safeParse((await params).id);
  if (!id.success) notFound();
  return <RequestDetail id={id.data} />;
}
