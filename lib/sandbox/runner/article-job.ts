import type { BucketLocationConstraint } from "@aws-sdk/client-s3";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { JobLog } from "./job-log";
import { awsMessage } from "./job-log";

/** The CI/CD variables that the article's job reads. */
export const jobVariables = ["AWS_REGION", "AWS_ROLE_ARN", "OIDC_AUDIENCE", "S3_BUCKET_NAME"] as const;
export type JobVariables = Record<(typeof jobVariables)[number], string>;

export interface ArticleJob {
  variables: JobVariables;
  token: string;
  pipelineId: number;
  /** Address of AWS; the SDK's own endpoints are never asked. */
  awsUrl: string;
  now: () => Date;
  log: JobLog;
}

interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
}

class StepFailure extends Error {}

/**
 * The script of the article's `test-aws` job: `aws s3 mb`, whose failure does not matter, then `aws s3 cp`. As with
 * the command line, each step that has no credentials yet exchanges the token.
 * @returns whether the job succeeded
 */
export async function runArticleJob(job: ArticleJob): Promise<boolean> {
  const { AWS_REGION: region, S3_BUCKET_NAME: bucket } = job.variables;
  const { print } = job.log;
  const session = lazySession(job);
  print("$ mkdir -p ~/.aws");
  print('$ echo "${GITLAB_OIDC_TOKEN}" > /tmp/web_identity_token');
  print(`$ aws s3 mb s3://${bucket} --region ${region} || true`);
  await makeBucket(job, session).then(print, (error: unknown) =>
    print(`make_bucket failed: s3://${bucket} ${textOf(error, "CreateBucket")}`),
  );
  const text = `pipeline: ${job.pipelineId} job: test-aws date: ${job
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, "Z")}\n`;
  print("$ echo \"pipeline: $CI_PIPELINE_ID job: $CI_JOB_NAME date: $(date -u +'%Y-%m-%dT%H:%M:%SZ')\" > test.txt");
  print(`$ aws s3 cp test.txt s3://${bucket}/test.txt`);
  try {
    const s3 = await session();
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "test.txt", Body: text, ContentType: "text/plain" }));
  } catch (error) {
    print(`upload failed: ./test.txt to s3://${bucket}/test.txt ${textOf(error, "PutObject")}`);
    return false;
  }
  print(`upload: ./test.txt to s3://${bucket}/test.txt`);
  print(`$ echo "just UPLOADED test.txt to s3 bucket $S3_BUCKET_NAME"`);
  print(`just UPLOADED test.txt to s3 bucket ${bucket}`);
  return true;
}

async function makeBucket(job: ArticleJob, session: () => Promise<S3Client>): Promise<string> {
  const { AWS_REGION: region, S3_BUCKET_NAME: bucket } = job.variables;
  const s3 = await session();
  const configuration =
    region === "us-east-1"
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
  await s3.send(new CreateBucketCommand({ Bucket: bucket, ...configuration }));
  return `make_bucket: ${bucket}`;
}

/** An S3 client under the role; a failed exchange is tried again by the next step, as each `aws` call does. */
function lazySession(job: ArticleJob): () => Promise<S3Client> {
  let client: S3Client | null = null;
  return async () => {
    client ??= new S3Client({
      region: job.variables.AWS_REGION,
      endpoint: job.awsUrl,
      forcePathStyle: true,
      credentials: await assumeRole(job),
      requestChecksumCalculation: "WHEN_REQUIRED",
    });
    return client;
  };
}

async function assumeRole(job: ArticleJob): Promise<Credentials> {
  const { AWS_REGION: region, AWS_ROLE_ARN: roleArn } = job.variables;
  const sts = new STSClient({ region, endpoint: job.awsUrl });
  try {
    const answer = await sts.send(
      new AssumeRoleWithWebIdentityCommand({
        RoleArn: roleArn,
        RoleSessionName: `botocore-session-${Math.floor(job.now().getTime() / 1000)}`,
        WebIdentityToken: job.token,
      }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken } = answer.Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken)
      throw new StepFailure("AssumeRoleWithWebIdentity answered without credentials");
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  } catch (error) {
    throw error instanceof StepFailure ? error : new StepFailure(awsMessage(error, "AssumeRoleWithWebIdentity"));
  }
}

function textOf(error: unknown, operation: string): string {
  return error instanceof StepFailure ? error.message : awsMessage(error, operation);
}
