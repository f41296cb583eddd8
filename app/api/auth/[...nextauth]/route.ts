import type { NextRequest } from "next/server";
import { followRequest } from "@/lib/api/follow-request";
import { handleAuth } from "@/lib/identity/sign-in-route";

function followedAuth(request: NextRequest, context: Parameters<typeof handleAuth>[1]): Promise<Response> {
  return followRequest("sign-in", request, () => handleAuth(request, context));
}

export { followedAuth as GET, followedAuth as POST };
