/** The `.gitlab-ci.yml` of the article's project; the runner does what its one job says. */
export const articlePipeline = `stages:
  - build

# template job to capture boilerplate steps of calling AWS api
.aws-login:
  image: registry.gitlab.com/gitlab-org/cloud-deploy/aws-base:latest
  id_tokens:
    GITLAB_OIDC_TOKEN:
      aud: $OIDC_AUDIENCE
  before_script: |
    mkdir -p ~/.aws
    echo "\${GITLAB_OIDC_TOKEN}" > /tmp/web_identity_token
    echo -e "[default]\\nregion=\${AWS_REGION}\\nrole_arn=\${AWS_ROLE_ARN}\\nweb_identity_token_file=/tmp/web_identity_token" > ~/.aws/config

test-aws:
  stage: build
  extends: .aws-login
  script: |
    aws s3 mb s3://$S3_BUCKET_NAME --region $AWS_REGION || true
    echo "pipeline: $CI_PIPELINE_ID job: $CI_JOB_NAME date: $(date -u +'%Y-%m-%dT%H:%M:%SZ')" > test.txt
    aws s3 cp test.txt s3://$S3_BUCKET_NAME/test.txt
    echo "just UPLOADED test.txt to s3 bucket $S3_BUCKET_NAME"
`;
