/** What a job prints, line by line, as GitLab shows it. */
export interface JobLog {
  print(line: string): void;
}

/** What the runner says before the script, in the words of a hosted one. */
export function printPreparation(log: JobLog, job: { sha: string; ref: string; path: string }): void {
  log.print("Running with gitlab-runner 19.4.0 (sandbox)");
  log.print('Preparing the "docker+machine" executor');
  log.print("Using Docker executor with image registry.gitlab.com/gitlab-org/cloud-deploy/aws-base:latest ...");
  log.print("Getting source from Git repository");
  log.print(`Checking out ${job.sha.slice(0, 8)} as detached HEAD (ref is ${job.ref})...`);
  log.print('Executing "step_script" stage of the job script');
}

/** AWS's answer, as the command line prints it. */
export function awsMessage(error: unknown, operation: string): string {
  if (!(error instanceof Error)) return String(error);
  const isAnswer =
    "$metadata" in error && (error.$metadata as { httpStatusCode?: number }).httpStatusCode !== undefined;
  return isAnswer
    ? `An error occurred (${error.name}) when calling the ${operation} operation: ${error.message}`
    : `Could not connect to AWS: ${error.message || error.name}`;
}
