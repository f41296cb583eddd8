import { providerUrlPath } from "@/lib/gitlab-ci/issuer";
import { AwsError, invalidInput, noSuchEntity, quotaExceeded } from "./errors";
import type { Call, Operations } from "./operation";
import type { Parameters } from "./parameters";
import { checkText } from "./parameters";
import type { StoredProvider } from "./state";
import { checkTags, mergedTags, tagFields } from "./tags";
import { audiencesSeenBySts } from "./world";

const providersPerAccount = 100;
const audiencesPerProvider = 100;
const thumbprintsPerProvider = 5;
/** What IAM stores when it fetches the thumbprint itself: gitlab.com's top intermediate for a long time. */
const fetchedThumbprint = "b3dd7606d2b5a8b4a13771dbecc9ee1cecafa38a";
const tagRule = { caseSensitive: true };

const arnParameter = "OpenIDConnectProviderArn";
const ofArn = (call: Call): { resource: string }[] => [{ resource: call.parameters.required(arnParameter) }];

/** IAM's operations on OIDC providers (IAM API reference). */
export const providerOperations: Operations = {
  CreateOpenIDConnectProvider: {
    needs: ({ account, parameters }) => {
      const resource = providerArn(account.id, parameters.required("Url"));
      return [
        { resource },
        ...(parameters.tags().length > 0 ? [{ action: "iam:TagOpenIDConnectProvider", resource }] : []),
      ];
    },
    run: createProvider,
  },
  GetOpenIDConnectProvider: {
    needs: ofArn,
    run: (call) => {
      const { url, audiences, thumbprints, createdAt, tags } = providerOf(
        call,
        (arn) => `OpenIDConnect Provider not found for arn ${arn}`,
      );
      const sorted = [...tags].sort((a, b) => (a.Key < b.Key ? -1 : 1));
      return {
        Url: url,
        ClientIDList: audiences,
        ThumbprintList: thumbprints,
        CreateDate: createdAt,
        ...tagFields(sorted),
      };
    },
  },
  ListOpenIDConnectProviders: {
    needs: ({ account }) => [{ resource: `arn:aws:iam::${account.id}:oidc-provider/*` }],
    run: ({ account }) => ({ OpenIDConnectProviderList: Object.keys(account.providers).map((Arn) => ({ Arn })) }),
  },
  DeleteOpenIDConnectProvider: {
    needs: ofArn,
    run: (call) => {
      providerOf(call, (arn) => `OpenId connect Provider ${arn} cannot be found.`);
      delete call.account.providers[call.parameters.required(arnParameter)];
      return undefined;
    },
  },
  AddClientIDToOpenIDConnectProvider: {
    needs: ofArn,
    run: (call) => {
      const audience = clientId(call.parameters.required("ClientID"));
      const { audiences } = providerOf(call);
      if (!audiences.includes(audience)) setAudiences(call, [...audiences, audience]);
      return undefined;
    },
  },
  RemoveClientIDFromOpenIDConnectProvider: {
    needs: ofArn,
    run: (call) => {
      const audience = call.parameters.required("ClientID");
      const { audiences } = providerOf(call);
      if (audiences.includes(audience))
        setAudiences(
          call,
          audiences.filter((one) => one !== audience),
        );
      return undefined;
    },
  },
  TagOpenIDConnectProvider: {
    needs: ofArn,
    run: (call) => {
      const provider = providerOf(call);
      const tags = call.parameters.tags();
      checkTags(tags, tagRule);
      provider.tags = mergedTags(provider.tags, tags, tagRule);
      return undefined;
    },
  },
};

/** Without a thumbprint IAM connects to the issuer; with one it does not. */
async function createProvider({ account, parameters, world }: Call): Promise<{ OpenIDConnectProviderArn: string }> {
  const url = parameters.required("Url");
  checkUrl(url);
  const audiences = [...new Set(parameters.list("ClientIDList").map(clientId))];
  const tags = parameters.tags();
  const arn = providerArn(account.id, url);
  checkTags(tags, tagRule);
  if (audiences.length > audiencesPerProvider)
    throw quotaExceeded("ClientIdsPerOpenIdConnectProvider", audiencesPerProvider);
  const sent = sentThumbprints(parameters);
  const thumbprints = sent.length > 0 ? sent : await fetchThumbprint(url, (issuer) => world.issuerKeys(issuer));
  if (account.providers[arn])
    throw new AwsError(409, "EntityAlreadyExists", `Provider with url ${url} already exists.`);
  if (Object.keys(account.providers).length >= providersPerAccount)
    throw quotaExceeded("OpenIdConnectProvidersPerAccount", providersPerAccount);
  const now = world.now();
  account.providers[arn] = {
    url: providerUrlPath(url),
    audiences,
    audiencesBefore: null,
    changedAt: now.getTime(),
    thumbprints,
    tags,
    createdAt: now.toISOString(),
  };
  return { OpenIDConnectProviderArn: arn, ...tagFields(tags) };
}

async function fetchThumbprint(url: string, issuerKeys: (issuer: string) => Promise<unknown>): Promise<string[]> {
  if (await issuerKeys(url)) return [fetchedThumbprint];
  throw new AwsError(
    400,
    "OpenIdIdpCommunicationError",
    "The request failed because IAM cannot connect to the OpenID Connect identity provider URL.",
  );
}

function sentThumbprints(parameters: Parameters): string[] {
  const thumbprints = parameters.list("ThumbprintList");
  if (thumbprints.length > thumbprintsPerProvider)
    throw invalidInput("Thumbprint list must contain fewer than 5 entries.");
  for (const thumbprint of thumbprints) checkText(thumbprint, "thumbprintList", { least: 40, most: 40 });
  return thumbprints.map((thumbprint) => thumbprint.toLowerCase());
}

function checkUrl(url: string): void {
  checkText(url, "url", { least: 1, most: 255 });
  if (!/^https:\/\/[^\s/?#]+/.test(url))
    throw new AwsError(400, "ValidationError", "Invalid Open ID Connect Provider URL");
  if (/[?#]/.test(url)) throw invalidInput("Unknown");
}

function clientId(text: string): string {
  checkText(text, "clientID", { least: 1, most: 255 });
  return text;
}

function providerArn(accountId: string, url: string): string {
  return `arn:aws:iam::${accountId}:oidc-provider/${providerUrlPath(url)}`;
}

function providerOf(
  { account, parameters }: Call,
  missing = (arn: string) => `OpenIDConnect Provider not found for arn ${arn}`,
): StoredProvider {
  const arn = parameters.required(arnParameter);
  const provider = account.providers[arn];
  if (!provider) throw noSuchEntity(missing(arn));
  return provider;
}

function setAudiences(call: Call, audiences: string[]): void {
  const provider = providerOf(call);
  if (audiences.length > audiencesPerProvider)
    throw quotaExceeded("ClientIdsPerOpenIdConnectProvider", audiencesPerProvider);
  provider.audiencesBefore = audiencesSeenBySts(call.world, provider);
  provider.audiences = audiences;
  provider.changedAt = call.world.now().getTime();
}
