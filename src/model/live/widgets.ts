/** The five questions about now that a page may ask, in the order in which a page shows them. */
export const widgetIds = ['kubernetes', 'argocd', 'github', 'prometheus', 'pagerduty'] as const;

export type WidgetId = (typeof widgetIds)[number];

/** A row of the widget table: when an entity has the widget, and the words it is shown under. */
export type WidgetRow = {
  id: WidgetId;
  /** Its heading on a page. */
  title: string;
  /** The system it asks, as a reader knows it: `Open in Argo CD`. */
  system: string;
  /** An entity that has one of these annotations has the widget. */
  annotations: readonly string[];
  /** Annotations that only say more about those. */
  details: readonly string[];
};

const table: Record<WidgetId, Omit<WidgetRow, 'id'>> = {
  kubernetes: {
    title: 'Workloads',
    system: 'Kubernetes',
    annotations: ['backstage.io/kubernetes-id', 'backstage.io/kubernetes-label-selector'],
    details: ['backstage.io/kubernetes-namespace', 'backstage.io/kubernetes-cluster', 'portolan.io/kubernetes-logs'],
  },
  argocd: {
    title: 'Deployments',
    system: 'Argo CD',
    annotations: ['argocd/app-name', 'argocd/app-selector', 'argocd/project-name'],
    details: ['argocd/app-namespace'],
  },
  github: {
    title: 'Workflows and pull requests',
    system: 'GitHub',
    annotations: ['github.com/project-slug'],
    details: [],
  },
  prometheus: {
    title: 'Service level',
    system: 'Prometheus',
    annotations: ['prometheus.io/rule', 'prometheus.io/alert'],
    details: [],
  },
  pagerduty: {
    title: 'On call',
    system: 'PagerDuty',
    annotations: ['pagerduty.com/service-id', 'pagerduty.com/integration-key'],
    details: [],
  },
};

/** The table of widgets, in order. */
export const widgets: readonly WidgetRow[] = widgetIds.map((id) => ({ id, ...table[id] }));

/** The row of a widget; nothing for a word that names none. */
export function findWidget(id: string): WidgetRow | undefined {
  return widgets.find((row) => row.id === id);
}

/** The widgets that an entity has by its annotations. */
export function listWidgets(annotations: Readonly<Record<string, string>>): WidgetRow[] {
  return widgets.filter((row) => row.annotations.some((key) => Object.hasOwn(annotations, key)));
}
