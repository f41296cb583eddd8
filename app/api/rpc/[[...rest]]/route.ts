export { handleRpc as GET, handleRpc as POST } from "@/lib/api/handlers";
