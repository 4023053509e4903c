/** A source of an application: a repository, or a chart. */
export type DemoSource = { repoURL: string; path?: string; chart?: string; targetRevision?: string; ref?: string };

type Versions = { revision?: string; revisions?: string[]; source?: DemoSource; sources?: DemoSource[] };

/** An application in the shape of its custom resource, as far as it is ever asked for. */
export type DemoApplication = {
  metadata: { name: string; namespace: string; labels?: Record<string, string>; annotations?: Record<string, string> };
  spec: {
    project: string;
    source?: DemoSource;
    sources?: DemoSource[];
    destination: { server?: string; name?: string; namespace?: string };
    syncPolicy?: { automated?: { prune?: boolean; selfHeal?: boolean } };
  };
  status: {
    sync: { status: string; revision?: string; revisions?: string[] };
    health: { status?: string; message?: string };
    history?: (Versions & {
      id: number;
      deployedAt: string;
      deployStartedAt?: string;
      initiatedBy?: { username?: string; automated?: boolean };
    })[];
    conditions?: { type: string; message: string; lastTransitionTime?: string }[];
    operationState?: {
      phase: string;
      message?: string;
      startedAt: string;
      finishedAt?: string;
      operation: { sync?: Versions };
      syncResult?: Versions;
    };
    resources?: { kind: string; name: string; status?: string }[];
  };
};

/** All that a made-up Argo CD knows. */
export type ArgocdWorld = {
  token: string;
  /** Projects that the token may read; all when absent. */
  projects?: readonly string[];
  applications: readonly DemoApplication[];
};
