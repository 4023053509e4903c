import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { parseProxyConfiguration } from '../scripts/settings.ts';
import { toQuestions } from '../src/proxy/widgets/kubernetes/check.ts';

const folder = fileURLToPath(new URL('../deploy/kubernetes/', import.meta.url));
const readDocuments = (name: string): unknown[] =>
  parseAllDocuments(readFileSync(`${folder}${name}`, 'utf8'), { strict: true, uniqueKeys: true }).map((one) =>
    one.toJS(),
  );

const roleSchema = z.strictObject({
  apiVersion: z.literal('rbac.authorization.k8s.io/v1'),
  kind: z.literal('ClusterRole'),
  metadata: z.strictObject({ name: z.string() }),
  rules: z.array(
    z.strictObject({
      apiGroups: z.array(z.string().regex(/^[a-z.]*$/)),
      resources: z.array(z.string().regex(/^[a-z]+(?:\/log)?$/)),
      verbs: z.array(z.enum(['get', 'list', 'watch'])),
    }),
  ),
});
const role = roleSchema.parse(readDocuments('cluster-role.yaml')[0]);
const granted = role.rules.flatMap(({ apiGroups, resources, verbs }) =>
  apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => `${verb} ${group}/${resource}`))),
);

const asked = toQuestions([{ group: 'argoproj.io', apiVersion: 'v1alpha1', plural: 'rollouts' }]);

test('the role grants all that is read', () => {
  const wanted = asked.map(({ group, plural }) => `list ${group}/${plural}`);
  expect([...wanted, 'get /pods/log'].filter((one) => !granted.includes(one))).toEqual([]);
});

test('the role grants nothing else', () => {
  const resources = new Set(granted.map((one) => one.split(' ')[1]));
  const known = [...asked.map(({ group, plural }) => `${group}/${plural}`), '/pods/log'];
  expect([...resources].filter((one) => one === undefined || !known.includes(one))).toEqual([]);
});

const podSchema = z.object({
  serviceAccountName: z.string(),
  automountServiceAccountToken: z.boolean(),
  securityContext: z.object({ runAsNonRoot: z.literal(true) }),
  containers: z.array(
    z.object({
      args: z.array(z.string()),
      securityContext: z.object({
        allowPrivilegeEscalation: z.literal(false),
        readOnlyRootFilesystem: z.literal(true),
        capabilities: z.object({ drop: z.tuple([z.literal('ALL')]) }),
      }),
    }),
  ),
});
const deployedSchema = z.object({
  kind: z.string(),
  metadata: z.object({ name: z.string(), namespace: z.string() }),
  data: z.record(z.string(), z.string()).optional(),
  spec: z.unknown().optional(),
});
const deployed = readDocuments('proxy.yaml').map((one) => deployedSchema.parse(one));

test('the proxy runs as the account that may read, in its namespace, and may write nothing', () => {
  const deployment = deployed.find(({ kind }) => kind === 'Deployment');
  const { template } = z.object({ template: z.object({ spec: podSchema }) }).parse(deployment?.spec);
  expect(template.spec).toMatchObject({ serviceAccountName: 'portolan', automountServiceAccountToken: true });
  expect([...new Set(deployed.map(({ metadata }) => metadata.namespace))]).toEqual(['portolan']);
});

test('the configuration that is shipped is understood, and answers for one host', () => {
  const text = deployed.find(({ kind }) => kind === 'ConfigMap')?.data?.['app-config.yaml'] ?? '';
  const pem = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
  const readFile = (path: string) => (path.endsWith('ca.crt') ? pem : 'token');
  const { value, problems } = parseProxyConfiguration(
    [{ path: 'app-config.yaml', text }],
    { ARGOCD_TOKEN: 'x' },
    readFile,
  );
  expect(problems).toEqual([]);
  expect(value).toMatchObject({ hosts: ['portal.example.org'], proxiesInFront: 1, logReaders: 'owners' });
  expect(value.clusters[0]?.ca).toBe(pem);
});

test('the binding gives that role to that account alone', () => {
  const [, account] = readDocuments('service-account.yaml');
  expect(account).toMatchObject({ kind: 'ServiceAccount', metadata: { name: 'portolan', namespace: 'portolan' } });
  expect(readDocuments('cluster-role-binding.yaml')).toEqual([
    expect.objectContaining({
      kind: 'ClusterRoleBinding',
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: role.metadata.name },
      subjects: [{ kind: 'ServiceAccount', name: 'portolan', namespace: 'portolan' }],
    }),
  ]);
});
