export { handleAuth as GET, handleAuth as POST } from "@/lib/identity/sign-in-route";
