/** The three CI/CD variables that the job below reads; none is a secret. */
export function ciVariables({
  region,
  roleArn,
  audience,
}: {
  region: string;
  roleArn: string;
  audience: string;
}): { key: string; value: string }[] {
  return [
    { key: "AWS_REGION", value: region },
    { key: "AWS_ROLE_ARN", value: roleArn },
    { key: "OIDC_AUDIENCE", value: audience },
  ];
}

/**
 * A `.gitlab-ci.yml` whose jobs get the role's credentials: the token goes into a file, and the AWS command line and
 * SDKs exchange it by themselves (web_identity_token_file).
 */
export function gitlabCiYaml({ audience }: { audience: string }): string {
  return `# CI/CD variables: AWS_REGION, AWS_ROLE_ARN, OIDC_AUDIENCE (${audience})
.aws-login:
  image: registry.gitlab.com/gitlab-org/cloud-deploy/aws-base:latest
  id_tokens:
    GITLAB_OIDC_TOKEN:
      aud: $OIDC_AUDIENCE
  before_script:
    - mkdir -p ~/.aws
    - printf '%s' "\${GITLAB_OIDC_TOKEN}" > /tmp/web_identity_token
    - printf '[default]\\nregion=%s\\nrole_arn=%s\\nweb_identity_token_file=/tmp/web_identity_token\\n' "\${AWS_REGION}" "\${AWS_ROLE_ARN}" > ~/.aws/config

test-aws:
  stage: build
  extends: .aws-login
  script:
    - aws sts get-caller-identity
`;
}
