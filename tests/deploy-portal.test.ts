import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { CronJob } from 'kubernetes-models/batch/v1/CronJob';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { PersistentVolumeClaim } from 'kubernetes-models/v1/PersistentVolumeClaim';
import { Service } from 'kubernetes-models/v1/Service';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { commands } from '../scripts/commands/index.ts';
import { parseProxyConfiguration, parseSettings, parseSignIn } from '../scripts/settings.ts';

const readText = (name: string) => readFileSync(fileURLToPath(new URL(`../deploy/${name}`, import.meta.url)), 'utf8');
const models = {
  Deployment: (json: string) => new Deployment(JSON.parse(json)).validate(),
  CronJob: (json: string) => new CronJob(JSON.parse(json)).validate(),
  Ingress: (json: string) => new Ingress(JSON.parse(json)).validate(),
  ConfigMap: (json: string) => new ConfigMap(JSON.parse(json)).validate(),
  PersistentVolumeClaim: (json: string) => new PersistentVolumeClaim(JSON.parse(json)).validate(),
  Service: (json: string) => new Service(JSON.parse(json)).validate(),
};
const readManifest = (name: string) =>
  parseAllDocuments(readText(`kubernetes/${name}`), { strict: true, uniqueKeys: true }).map((one) => {
    expect([...one.errors, ...one.warnings]).toEqual([]);
    return z
      .looseObject({
        kind: z.enum(['Deployment', 'CronJob', 'Ingress', 'ConfigMap', 'PersistentVolumeClaim', 'Service']),
      })
      .parse(one.toJS());
  });

test.each(['portal.yaml', 'proxy.yaml'])('%s is what a cluster takes', (name) => {
  for (const manifest of readManifest(name))
    expect(() => models[manifest.kind](JSON.stringify(manifest))).not.toThrow();
});

const container = z.object({
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  securityContext: z.object({ readOnlyRootFilesystem: z.literal(true), allowPrivilegeEscalation: z.literal(false) }),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string(), readOnly: z.boolean().optional() })),
});
const podSpec = z.object({
  securityContext: z.object({ runAsNonRoot: z.literal(true), runAsUser: z.literal(65532) }),
  containers: z.tuple([container]),
  volumes: z.array(z.object({ name: z.string() })),
});
const template = z.object({ template: z.object({ spec: podSpec }) });

const documents = readManifest('portal.yaml');
const find = (kind: string) => documents.find((one) => one.kind === kind);
const serving = template.parse(find('Deployment')?.spec).template.spec;
const building = z.object({ jobTemplate: z.object({ spec: template }) }).parse(find('CronJob')?.spec).jobTemplate.spec
  .template.spec;

test('whoever serves writes nothing, and mounts only what is there', () => {
  for (const { containers, volumes } of [serving, building])
    for (const { name } of containers[0].volumeMounts) expect(volumes.map((each) => each.name)).toContain(name);
  const written = serving.containers[0].volumeMounts.filter(({ readOnly }) => !readOnly);
  expect(written.map(({ mountPath }) => mountPath)).toEqual(['/tmp']);
});

const words = (text: string) => text.trim().split(/\s+/);
const shell = words((building.containers[0].command ?? []).at(-1)?.replaceAll('\n', ' ; ') ?? '').join(' ');
const inShell = shell.split(';').flatMap((line) => (line.trim() === '' ? [] : [words(line).slice(1)]));
const inImage = [
  ...readText('container/Containerfile').matchAll(/^# {3}docker run .* portolan ((?:build|publish|serve|proxy) .*)$/gm),
];

test.each(
  [...inShell, serving.containers[0].args ?? [], ...inImage.map(([, line = '']) => words(line))].map((all) => ({
    all,
  })),
)('a command is one of the table, with options that it has: $all', async ({ all: [name, ...args] }) => {
  const row = commands.find((each) => each.name === name);
  const command = await row?.load();
  expect(command).toBeDefined();
  const options = { args, options: command?.options ?? {}, allowPositionals: row?.words !== undefined };
  expect(() => parseArgs(options)).not.toThrow();
});

test('what is served is what was published, and never what is being built', () => {
  const { args = [] } = serving.containers[0];
  expect(inShell.find(([name]) => name === 'publish')?.[1]).toBe(args[args.indexOf('--out') + 1]);
  expect(inShell.map(([name]) => name)).toEqual(['build', 'publish', 'prune']);
  expect(inImage).toHaveLength(4);
});

test('the settings are understood as they stand: to read, to sign in, to answer', () => {
  const { 'app-config.yaml': text } = z.record(z.string(), z.string()).parse(find('ConfigMap')?.data);
  const files = [{ path: 'app-config.yaml', text: text ?? '' }];
  const environment = {
    GITHUB_READ_TOKEN: 'x',
    SIGN_IN_SECRET: 'y',
    SESSION_KEY: Buffer.alloc(32, 7).toString('base64'),
  };
  const none = () => undefined;
  expect(parseSettings(files, environment, none).problems.filter(({ level }) => level !== 'hint')).toEqual([]);
  expect(parseProxyConfiguration(files, environment, none).problems).toEqual([]);
  const { value, problems } = parseSignIn(files, environment, none, '/');
  expect([problems, value]).toEqual([[], expect.objectContaining({ kind: 'used' })]);
});

test('the image is nobody in particular, has a home, and carries nothing that was made outside of it', () => {
  const text = readText('container/Containerfile');
  expect(text).toMatch(/^USER 65532:65532$/m);
  expect(text).toMatch(/ HOME=\/tmp$/m);
  expect(readText('container/Containerfile.dockerignore')).toMatch(/^\*\*\/node_modules$/m);
});
