import { findSafeUrl } from '../urls.ts';
import type { WidgetId } from './widgets.ts';

/** Where people look at the systems that own what is live, as far as the configuration says; without a slash at the end. */
export type LivePlaces = { argocd?: string; kubernetes?: string; prometheus?: string };

type Annotations = Readonly<Record<string, string>>;
type Way = { title: string; url: string | undefined };

const inside = (place: string | undefined, path: string) => (place === undefined ? undefined : `${place}${path}`);

/** What follows a place when an annotation is there. */
const behind = (place: string | undefined, value: string | undefined, toPath: (encoded: string) => string) =>
  value === undefined ? undefined : inside(place, toPath(encodeURIComponent(value)));

const ways: Record<WidgetId, (annotations: Annotations, places: LivePlaces) => Way[]> = {
  kubernetes: (_, { kubernetes }) => [{ title: 'Cluster dashboard', url: kubernetes }],
  argocd: (annotations, { argocd }) => [
    {
      title: 'Open in Argo CD',
      url:
        behind(argocd, annotations['argocd/app-name'], (name) => `/applications/${name}`) ??
        behind(argocd, annotations['argocd/app-selector'], (labels) => `/applications?labels=${labels}`) ??
        behind(argocd, annotations['argocd/project-name'], (project) => `/applications?proj=${project}`),
    },
  ],
  github: (annotations) => {
    const slug = annotations['github.com/project-slug'] ?? '';
    const repository = /^[\w.-]+\/[\w.-]+$/.test(slug) ? `https://github.com/${slug}` : undefined;
    return [
      { title: 'Workflow runs', url: inside(repository, '/actions') },
      { title: 'Pull requests', url: inside(repository, '/pulls') },
    ];
  },
  prometheus: (_, { prometheus }) => [{ title: 'Alerts in Prometheus', url: inside(prometheus, '/alerts') }],
  pagerduty: (annotations) => {
    const services = 'https://app.pagerduty.com/service-directory';
    const url = behind(services, annotations['pagerduty.com/service-id'], (id) => `/${id}`) ?? services;
    return [{ title: 'Open in PagerDuty', url }];
  },
};

/** The ways from a widget to the system that owns what it shows, for whoever runs no scripts. */
export function listWays(
  widget: WidgetId,
  annotations: Annotations,
  places: LivePlaces,
): { title: string; url: string }[] {
  return ways[widget](annotations, places).flatMap(({ title, url }) => {
    const safe = url === undefined ? undefined : findSafeUrl(url);
    return safe === undefined ? [] : [{ title, url: safe }];
  });
}
