import type { ReplicaSet } from 'kubernetes-types/apps/v1';
import type { ContainerState, ContainerStatus, Pod, PodTemplateSpec } from 'kubernetes-types/core/v1';
import type { ObjectMeta, OwnerReference } from 'kubernetes-types/meta/v1';

/** A piece of software of the story, as its manifests describe it. */
export type Application = {
  name: string;
  namespace: string;
  labels: Record<string, string>;
  version: string;
  replicas: number;
  /** When its present version came, in milliseconds since 1970. */
  since: number;
  memory?: string;
};

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** A short word that looks like those that Kubernetes makes up, always the same for the same text. */
export function toHash(text: string, length: number): string {
  let hash = 0x811c9dc5;
  let word = '';
  for (let at = 0; word.length < length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at % text.length) ^ at, 0x01000193) >>> 0;
    if (at >= text.length - 1) word += alphabet[hash % alphabet.length];
  }
  return word;
}

/** A time as Kubernetes writes it, to the second. */
export const toTime = (at: number): string => new Date(Math.floor(at / 1000) * 1000).toISOString().replace('.000', '');

const image = ({ name, version }: Pick<Application, 'name' | 'version'>) => `registry.acme.io/apps/${name}:${version}`;

/** The end of a name that a ReplicaSet has by what its pods are made of. */
export const toPodHash = ({ name, version }: Application): string => toHash(`${name}:${version}`, 10);

/** What pods are made of. It holds what must never be shown: everything that says `hunter` is a pretended secret. */
export function toTemplate(app: Application): PodTemplateSpec {
  return {
    metadata: { labels: app.labels, annotations: { 'vault.acme.io/role': `hunter-role-${app.name}` } },
    spec: {
      serviceAccountName: app.name,
      imagePullSecrets: [{ name: 'hunter-pull-secret' }],
      containers: [
        {
          name: app.name,
          image: image(app),
          command: ['/app/serve', '--signing-key=hunter-command'],
          args: ['--database', 'postgres://app:hunter-args@db.acme.io/app'],
          env: [
            { name: 'DATABASE_PASSWORD', value: 'hunter-environment' },
            { name: 'API_KEY', valueFrom: { secretKeyRef: { name: 'hunter-secret-name', key: 'api-key' } } },
          ],
          envFrom: [{ configMapRef: { name: 'hunter-config-map' } }],
          ports: [{ name: 'http', containerPort: 8080 }],
          readinessProbe: {
            httpGet: { path: '/ready', port: 'http', httpHeaders: [{ name: 'X-Probe', value: 'hunter-probe' }] },
            periodSeconds: 10,
            failureThreshold: 3,
          },
          resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: app.memory ?? '256Mi' } },
          volumeMounts: [{ name: 'credentials', mountPath: '/hunter-mount' }],
        },
      ],
      volumes: [{ name: 'credentials', secret: { secretName: 'hunter-volume' } }],
    },
  };
}

/** Name, labels, owner and the annotations that a cluster collects. */
export function toMeta(app: Application, name: string, at: number, owner?: OwnerReference): ObjectMeta {
  return {
    name,
    namespace: app.namespace,
    uid: `${toHash(`${name}-uid`, 8)}-0000-4000-8000-${toHash(name, 12)}`,
    creationTimestamp: toTime(at),
    generation: 1,
    labels: app.labels,
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{"password":"hunter-annotation"}' },
    ...(owner && { ownerReferences: [owner] }),
  };
}

/** The reference by which an object names what controls it. */
export function toOwner(kind: string, apiVersion: string, name: string): OwnerReference {
  return { kind, apiVersion, name, uid: `${toHash(name, 8)}-owner`, controller: true, blockOwnerDeletion: true };
}

/** What is not as usual with a pod. */
export type PodOddity = { ready?: boolean; restarts?: number; state?: ContainerState; lastState?: ContainerState };

const nodes = ['ip-10-20-1-17.ec2.internal', 'ip-10-20-2-41.ec2.internal', 'ip-10-20-3-8.ec2.internal'];
const zones = ['us-east-1a', 'us-east-1b', 'us-east-1c'];

function toContainerStatus(app: Application, at: number, odd: PodOddity): ContainerStatus {
  return {
    name: app.name,
    image: image(app),
    imageID: `registry.acme.io/apps/${app.name}@sha256:${toHash(app.name, 64)}`,
    containerID: `containerd://${toHash(`${app.name}-container`, 64)}`,
    ready: odd.ready ?? true,
    started: odd.ready ?? true,
    restartCount: odd.restarts ?? 0,
    state: odd.state ?? { running: { startedAt: toTime(at) } },
    lastState: odd.lastState ?? {},
  };
}

/** A pod of an application, running and ready unless it is odd. */
export function toPod(app: Application, name: string, owner: OwnerReference, at: number, odd: PodOddity = {}): Pod {
  const template = toTemplate(app);
  const place = Number.parseInt(toHash(name, 8), 36) % nodes.length;
  const isReady = odd.ready ?? true;
  const condition = (type: string, isSo: boolean) => ({
    type,
    status: isSo ? 'True' : 'False',
    lastTransitionTime: toTime(at),
    ...(!isSo && { reason: 'ContainersNotReady', message: `containers with unready status: [${app.name}]` }),
  });
  const meta = toMeta(app, name, at, owner);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...meta, labels: { ...app.labels, 'topology.kubernetes.io/zone': zones[place] ?? '' } },
    spec: { ...template.spec, containers: template.spec?.containers ?? [], nodeName: nodes[place] ?? '' },
    status: {
      phase: 'Running',
      hostIP: '10.20.1.17',
      podIP: '10.30.4.9',
      startTime: toTime(at),
      conditions: [
        condition('Initialized', true),
        condition('Ready', isReady),
        condition('ContainersReady', isReady),
        condition('PodScheduled', true),
      ],
      containerStatuses: [toContainerStatus(app, at, odd)],
    },
  };
}

/** A ReplicaSet of an application with so many pods. */
export function toReplicaSet(app: Application, owner: OwnerReference, ready: number): ReplicaSet {
  const hash = toPodHash(app);
  const labels = { ...app.labels, 'pod-template-hash': hash };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: toMeta({ ...app, labels }, `${app.name}-${hash}`, app.since, owner),
    spec: { replicas: app.replicas, selector: { matchLabels: labels }, template: toTemplate(app) },
    status: { replicas: app.replicas, readyReplicas: ready, availableReplicas: ready, observedGeneration: 1 },
  };
}

/** The pods of a ReplicaSet; what is odd is said by their number. */
export function toPods(app: Application, odd: Readonly<Record<number, PodOddity>> = {}): Pod[] {
  const set = `${app.name}-${toPodHash(app)}`;
  const owner = toOwner('ReplicaSet', 'apps/v1', set);
  return Array.from({ length: app.replicas }, (_, index) =>
    toPod(app, `${set}-${toHash(`${set}-${index}`, 5)}`, owner, app.since + index * 9000, odd[index]),
  );
}
