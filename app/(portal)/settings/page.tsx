import { PageHeader } from "@/components/layout/page-header";
import { PreferencesForm } from "@/components/layout/preferences-form";
import { requirePerson } from "@/lib/identity/loaders";

export const metadata = { title: "Settings" };

export default async function SettingsPage() {
  await requirePerson();
  return (
    <>
      <PageHeader title="Settings" />
      <PreferencesForm />
    </>
  );
}
