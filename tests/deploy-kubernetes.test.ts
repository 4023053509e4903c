import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
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
