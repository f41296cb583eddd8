import { Home } from "@/components/home/home";
import { requirePerson } from "@/lib/identity/loaders";

export const metadata = { title: "Home" };

export default async function HomePage() {
  const { person } = await requirePerson();
  return <Home person={person} />;
}
