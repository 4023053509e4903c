import type { LiveLink } from '#model/live/answer.ts';
import type { Cluster } from '../../settings.ts';

/** Where a dashboard shows the workloads of a namespace, or of all. */
type Dashboard = (namespace: string | undefined) => { path?: string; hash?: string };

/** The dashboards whose addresses are known for sure; another one is linked to as its operator wrote it. */
const dashboards: Readonly<Record<string, Dashboard>> = {
  standard: (namespace) => ({ hash: `/workloads${namespace === undefined ? '' : `?namespace=${namespace}`}` }),
  openshift: (namespace) => ({
    path: namespace === undefined ? 'k8s/cluster/projects' : `k8s/cluster/projects/${namespace}`,
  }),
  rancher: () => ({ path: 'explorer/workload' }),
};

function toAddress(
  { url, app = 'standard' }: NonNullable<Cluster['dashboard']>,
  namespace: string | undefined,
): string {
  const address = new URL(url);
  const named = namespace && encodeURIComponent(namespace);
  const { path, hash } = (Object.hasOwn(dashboards, app) ? dashboards[app] : undefined)?.(named) ?? {};
  if (path !== undefined) address.pathname = `${address.pathname.replace(/\/$/, '')}/${path}`;
  if (hash !== undefined) address.hash = hash;
  return address.href;
}

/** The way to the dashboard of a cluster, where its operator says that there is one: to one namespace when there is but one. */
export function toClusterLinks(cluster: Cluster | undefined, namespaces: readonly string[]): LiveLink[] {
  const { dashboard, name } = cluster ?? {};
  if (!dashboard || !URL.canParse(dashboard.url) || !/^https?:$/.test(new URL(dashboard.url).protocol)) return [];
  const [first, ...others] = namespaces;
  return [{ title: `Open in ${name}`, url: toAddress(dashboard, others.length === 0 ? first : undefined) }];
}
