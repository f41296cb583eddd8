import { ErrorState } from "@/components/ui/error-state";
import { gitlabIsSilent } from "@/lib/identity/model";

interface PageFaultProps {
  error: Error & { digest?: string };
  onRetry: () => void;
}

/** Why a page could not be made: GitLab does not say who the person is, or the fault is ours. */
export function PageFault({ error, onRetry }: PageFaultProps) {
  if (error.digest === gitlabIsSilent) {
    return (
      <ErrorState title="GitLab does not answer" onRetry={onRetry}>
        What you may see here is asked of GitLab. Nothing was changed in AWS or GitLab. Try again in a moment.
      </ErrorState>
    );
  }
  return (
    <ErrorState title="This page could not be made" id={error.digest} onRetry={onRetry}>
      The fault is on Trustdesk&apos;s side. Nothing was changed in AWS or GitLab. Try again; if it stays, show the id
      to whoever runs Trustdesk here.
    </ErrorState>
  );
}
