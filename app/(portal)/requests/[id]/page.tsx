import { RequestDetail } from "@/components/role-request/request-detail";
import { requirePerson } from "@/lib/identity/loaders";

export const metadata = { title: "Request" };

export default async function RequestPage({ params }: { params: Promise<{ id: string }> }) {
  await requirePerson();
  const { id } = await params;
  return <RequestDetail id={id} />;
}
