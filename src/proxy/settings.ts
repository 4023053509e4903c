/** A credential as its operator keeps it: it may be renewed between two requests. Never logged, never part of an address. */
export type Credential = () => Promise<Record<string, string>>;

/** What every upstream has: where it is and what lets us in. Its origin is fixed when the proxy starts. */
export type Endpoint = {
  /** As its operator calls it: `prod-us`. */
  name: string;
  /** An absolute address, https, that every path begins with. */
  url: string;
  /** Where people look at it; where we ask it, when absent. */
  webUrl?: string;
  /** The headers that let us in; nothing where it is open. */
  credential?: Credential;
};

export type Cluster = Endpoint & {
  /** A certificate authority in PEM; the system's own when absent. */
  ca?: string;
  skipTlsVerify: boolean;
  /** Where people look at it. */
  dashboard?: { url: string; app?: string };
};

/** A custom resource that is shown beside the kinds that every cluster has. */
export type CustomResource = { group: string; apiVersion: string; plural: string };

/** What a parameter of a named query may be filled with; all come from the entity, never from a browser. */
export type QueryParameter = 'name' | 'namespace' | 'kubernetes-id' | 'system';

/** A query that the operator wrote down: `$service` in `expression` is replaced by a checked word of the entity. */
export type NamedQuery = {
  name: string;
  title: string;
  expression: string;
  parameters: Readonly<Record<string, QueryParameter>>;
  unit: 'ratio' | 'seconds' | 'per-second' | 'bytes' | 'number';
  /** The share that is promised, where the query gives a share of good events. */
  objective?: number;
  days?: number;
};

export type PrometheusEndpoint = Endpoint & { uiUrl?: string; queries: readonly NamedQuery[] };

/** How somebody who signed in is known: an assertion that an identity-aware proxy in front of us signed. */
export type IdentitySettings = {
  header: string;
  issuer: string;
  audience: string;
  /** Where the issuer lists its keys. */
  jwksUrl?: string;
  /** Where there is no list: below which address each key is found in PEM, by its id. */
  pemUrl?: string;
  /** The ARN of the load balancer that signs; it names us, `audience`, as `client` beside it. */
  signer?: string;
  algorithms: readonly string[];
  /** The claims that hold the e-mail address and the login. */
  emailClaim: string;
  loginClaim: string;
};

/** Everything that the proxy is told by its operator. Checked once; what is absent is not configured. */
export type ProxySettings = {
  clusters: readonly Cluster[];
  customResources: readonly CustomResource[];
  argocd: readonly Endpoint[];
  pagerduty?: Endpoint;
  prometheus: readonly PrometheusEndpoint[];
  /** A host, its address for REST, and what lets us in, by owner of a repository. */
  github: readonly {
    host: string;
    apiUrl: string;
    webUrl: string;
    toCredential: (owner: string) => Credential | undefined;
  }[];
  /** The names that `${NAME}` of an annotation may have, each with its value; `undefined` where the environment lacks it. */
  secrets: ReadonlyMap<string, string | undefined>;
  /** Hosts that may be asked in plain http, each as `host` or `host:port`; every other one needs https. */
  plainHttp: ReadonlySet<string>;
  /** Host names that requests may be for; any when empty. */
  hosts: readonly string[];
  /** How many proxies stand in front of us, each adding an address to `X-Forwarded-For`. */
  proxiesInFront: number;
  identity?: IdentitySettings;
  /** Whom a demonstration shows the portal as. Only a demonstration has one: it makes everybody who asks that person. */
  demoReader?: { subject: string; login: string };
  /** Who may read the end of an entity's logs, where the entity allows it: its owners, or everyone. */
  logReaders: 'owners' | 'everyone';
  /** Address of a Redis or Valkey that replicas share. */
  sharedCache?: string;
  /** What is shown is made up; upstreams are on this machine and speak plain http. */
  isDemo: boolean;
};
