import Link from "next/link";
import { paths } from "@/lib/paths";
import { goalWords } from "@/lib/plan/goal-words";
import type { RequestView } from "@/lib/request/contract";
import { stateName } from "@/lib/request/model";

type Linked = RequestView["followers"][number];

/** Which request this one goes on from, and which go on from it. */
export function RequestLinks({ request: { origin, followers } }: { request: RequestView }) {
  if (!origin && followers.length === 0) return null;
  return (
    <p className="mt-2 flex flex-wrap gap-x-4 text-sm text-ink-2">
      {origin ? <LinkTo prefix="Goes on from a request to" linked={origin} /> : null}
      {followers.map((follower) => (
        <LinkTo key={follower.id} prefix="Followed by a request to" linked={follower} />
      ))}
    </p>
  );
}

function LinkTo({ prefix, linked: { id, kind, state } }: { prefix: string; linked: Linked }) {
  return (
    <span>
      {prefix}{" "}
      <Link href={paths.request(id)} className="text-accent hover:underline">
        {goalWords[kind]}
      </Link>
      , {stateName[state]}
    </span>
  );
}
