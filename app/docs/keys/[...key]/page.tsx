import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { conditionKeys } from "@/components/docs/condition-keys";
import { KeyDoc } from "@/components/docs/key-doc";

interface PageProps {
  params: Promise<{ key: string[] }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { key, meaning } = await keyOf(params);
  return { title: key, description: meaning };
}

export default async function KeyPage({ params }: PageProps) {
  return <KeyDoc row={await keyOf(params)} />;
}

/** Next hands the steps on as they stand in the address. */
async function keyOf(params: PageProps["params"]) {
  const asked = (await params).key.map(decoded).join("/");
  return conditionKeys.find(({ key }) => key === asked) ?? notFound();
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
