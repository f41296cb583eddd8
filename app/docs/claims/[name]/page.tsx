import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ClaimDoc } from "@/components/docs/claim-doc";
import { claims } from "@/lib/gitlab-ci/claims";

interface PageProps {
  params: Promise<{ name: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const claim = await claimOf(params);
  return { title: claim.name, description: `${claim.meaning}. A claim of GitLab's CI ID tokens.` };
}

export default async function ClaimPage({ params }: PageProps) {
  return <ClaimDoc claim={await claimOf(params)} />;
}

async function claimOf(params: PageProps["params"]) {
  const { name } = await params;
  return claims.find((claim) => claim.name === name) ?? notFound();
}
