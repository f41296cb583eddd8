export {
  handleRest as GET,
  handleRest as POST,
  handleRest as PUT,
  handleRest as PATCH,
  handleRest as DELETE,
} from "@/lib/api/handlers";
