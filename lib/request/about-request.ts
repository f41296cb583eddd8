/** What every audit entry about a request tells beside who and when. */
export function aboutRequest({
  id,
  projectId,
  projectPath,
  roleName,
  awsAccount,
}: {
  id: string;
  projectId: number;
  projectPath: string;
  roleName: string;
  awsAccount: { accountId: string };
}) {
  return { requestId: id, projectId, projectPath, roleName, accountId: awsAccount.accountId };
}
