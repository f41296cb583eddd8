import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FindingDoc } from "@/components/docs/finding-doc";
import { findingPages } from "@/lib/findings/table";

interface PageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const page = await pageOf(params);
  return { title: page.title, description: page.about };
}

export default async function FindingPage({ params }: PageProps) {
  return <FindingDoc page={await pageOf(params)} />;
}

async function pageOf(params: PageProps["params"]) {
  const { id } = await params;
  return findingPages.find((page) => page.id === id) ?? notFound();
}
