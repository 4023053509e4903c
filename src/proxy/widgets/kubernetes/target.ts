import type { LiveTrouble } from '#model/live/answer.ts';
import type { ProxyEntity } from '#model/live/catalog.ts';
import { findSelector, formatSelector, isLabelValue, isNamespaceName } from '../../texts/selector.ts';

/** What of the clusters belongs to an entity, by its annotations. */
export type Target = {
  selector: string;
  namespace?: string;
  cluster?: string;
  /** Whether the entity lets people read the end of its logs. */
  logs: boolean;
};

const keys = {
  id: 'backstage.io/kubernetes-id',
  selector: 'backstage.io/kubernetes-label-selector',
  namespace: 'backstage.io/kubernetes-namespace',
  cluster: 'backstage.io/kubernetes-cluster',
  logs: 'portolan.io/kubernetes-logs',
} as const;

/** The trouble that an annotation is when it cannot be used. */
function toAnnotationTrouble(key: string, what: string, mend: string): LiveTrouble {
  return { source: 'Kubernetes', fault: 'annotation-wrong', what: `The annotation \`${key}\` ${what}`, mend };
}

type Found = { target: Target } | { trouble: LiveTrouble };

function findWanted(annotations: ProxyEntity['annotations']): string | undefined {
  const written = annotations[keys.selector];
  if (written !== undefined) {
    const selector = findSelector(written);
    return selector && formatSelector(selector);
  }
  const id = annotations[keys.id] ?? '';
  return id !== '' && isLabelValue(id) ? `${keys.id}=${id}` : undefined;
}

const wrongSelector = (annotations: ProxyEntity['annotations']): LiveTrouble =>
  annotations[keys.selector] === undefined
    ? toAnnotationTrouble(keys.id, 'is not the value of a label', 'Write at most 63 letters, digits, `-`, `_` and `.`.')
    : toAnnotationTrouble(
        keys.selector,
        'is not a label selector',
        'Write it as `kubectl get pods -l` takes it: `app=checkout,tier in (web,api)`.',
      );

/** What an entity's annotations select, or which of them is wrong. */
export function toTarget({ annotations }: Pick<ProxyEntity, 'annotations'>): Found {
  const selector = findWanted(annotations);
  if (selector === undefined) return { trouble: wrongSelector(annotations) };
  const namespace = annotations[keys.namespace];
  if (namespace !== undefined && !isNamespaceName(namespace))
    return { trouble: toAnnotationTrouble(keys.namespace, 'is not a namespace', 'Name exactly one namespace.') };
  const cluster = annotations[keys.cluster];
  const logs = annotations[keys.logs] === 'true';
  return {
    target: {
      selector,
      ...(namespace !== undefined && { namespace }),
      ...(cluster !== undefined && { cluster }),
      logs,
    },
  };
}

/** The trouble of an entity that names a cluster which is not configured. */
export function toUnknownCluster(): LiveTrouble {
  return toAnnotationTrouble(
    keys.cluster,
    'names a cluster that the portal does not know',
    'Write the name of a cluster of app-config.yaml, or leave the annotation out to ask all of them.',
  );
}
