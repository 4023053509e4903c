import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import Bottleneck from 'bottleneck';
import type { HostAddresses } from '../../github/hosts.ts';
import type { ClientTools, Credential } from './client.ts';

const Api = Octokit.plugin(throttling, retry, paginateRest);

export type GithubApi = InstanceType<typeof Api>;

const mostRetries = 2;
const longestWait = 90;
const mostAtOnce = 5;

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Octokit as GitHub wants to be asked, for one host with one credential. It says nothing by itself. */
export function createApi({ api, host }: HostAddresses, credential: Credential, tools: ClientTools): GithubApi {
  const { second } = tools;
  const isWorthWaiting = (seconds: number, _options: unknown, _octokit: unknown, count: number) =>
    seconds <= longestWait && count < mostRetries;
  return new Api({
    baseUrl: api,
    userAgent: 'portolan',
    log: silent,
    ...toAuthentication(credential),
    request: { fetch: createMeteredFetch(tools) },
    retry: { retryAfterBaseValue: second },
    throttle: {
      id: `${host} ${credential.type === 'installation' ? credential.installation : credential.type}`,
      retryAfterBaseValue: second,
      // The pause of a second between writes is for what changes something; questions of GraphQL change nothing.
      write: new Bottleneck.Group({ maxConcurrent: mostAtOnce }),
      onSecondaryRateLimit: isWorthWaiting,
      onRateLimit: () => false,
    },
  });
}

function toAuthentication(credential: Credential) {
  if (credential.type === 'token') return { auth: credential.token };
  const { appId, privateKey } = credential;
  const installation = credential.type === 'installation' ? { installationId: credential.installation } : {};
  return { authStrategy: createAppAuth, auth: { appId, privateKey, ...installation } };
}

/** Counts what is asked, and ends what takes too long. */
function createMeteredFetch({ fetch: ask, meter, patience }: ClientTools): typeof fetch {
  return (input, init) => {
    meter.countRequest();
    const limit = AbortSignal.timeout(patience);
    return ask(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit });
  };
}
