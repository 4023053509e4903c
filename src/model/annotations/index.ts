import type { Entity } from '../entity.ts';
import { listWidgets } from '../live/widgets.ts';
import type { AnnotationHint } from '../pages/entity-page.ts';
import type { OutLink } from '../pages/parts.ts';
import { argocdAppName } from './argocd-app-name.ts';
import { argocdAppNamespace } from './argocd-app-namespace.ts';
import { argocdAppSelector } from './argocd-app-selector.ts';
import { argocdProjectName } from './argocd-project-name.ts';
import { buildkiteProjectSlug } from './buildkite-project-slug.ts';
import { circleciProjectSlug } from './circleci-project-slug.ts';
import type { AnnotationRow } from './define.ts';
import { definitionAtLocation } from './definition-at-location.ts';
import { editUrl } from './edit-url.ts';
import { githubActionsId } from './github-actions-id.ts';
import { githubProjectSlug } from './github-project-slug.ts';
import { githubTeamSlug } from './github-team-slug.ts';
import { githubUserLogin } from './github-user-login.ts';
import { gitlabProjectSlug } from './gitlab-project-slug.ts';
import { grafanaDashboardSelector } from './grafana-dashboard-selector.ts';
import { jenkinsGithubFolder } from './jenkins-github-folder.ts';
import { jenkinsJobFullName } from './jenkins-job-full-name.ts';
import { jiraProjectKey } from './jira-project-key.ts';
import { kubernetesCluster } from './kubernetes-cluster.ts';
import { kubernetesId } from './kubernetes-id.ts';
import { kubernetesLabelSelector } from './kubernetes-label-selector.ts';
import { kubernetesLogs } from './kubernetes-logs.ts';
import { kubernetesNamespace } from './kubernetes-namespace.ts';
import { lighthouseWebsiteUrl } from './lighthouse-website-url.ts';
import { npmPackage } from './npm-package.ts';
import { pagerdutyIntegrationKey } from './pagerduty-integration-key.ts';
import { pagerdutyServiceId } from './pagerduty-service-id.ts';
import { prometheusAlert } from './prometheus-alert.ts';
import { prometheusRule } from './prometheus-rule.ts';
import { quayRepositorySlug } from './quay-repository-slug.ts';
import { sentryProjectSlug } from './sentry-project-slug.ts';
import { sonarqubeProjectKey } from './sonarqube-project-key.ts';
import { sourceLocation } from './source-location.ts';
import { techdocsEntity } from './techdocs-entity.ts';
import { techdocsRef } from './techdocs-ref.ts';
import { viewUrl } from './view-url.ts';

/** Every well-known annotation, in the order in which a page shows and suggests them. */
export const annotations: readonly AnnotationRow[] = [
  githubProjectSlug,
  techdocsRef,
  kubernetesId,
  argocdAppName,
  pagerdutyServiceId,
  prometheusRule,
  sourceLocation,
  viewUrl,
  editUrl,
  argocdAppNamespace,
  argocdAppSelector,
  argocdProjectName,
  buildkiteProjectSlug,
  circleciProjectSlug,
  definitionAtLocation,
  githubActionsId,
  githubTeamSlug,
  githubUserLogin,
  gitlabProjectSlug,
  grafanaDashboardSelector,
  jenkinsGithubFolder,
  jenkinsJobFullName,
  jiraProjectKey,
  kubernetesCluster,
  kubernetesLabelSelector,
  kubernetesLogs,
  kubernetesNamespace,
  lighthouseWebsiteUrl,
  npmPackage,
  pagerdutyIntegrationKey,
  prometheusAlert,
  quayRepositorySlug,
  sentryProjectSlug,
  sonarqubeProjectKey,
  techdocsEntity,
];

const rows = new Map(annotations.map((row) => [row.key, row]));

/** The row of a well-known annotation. */
export function findAnnotation(key: string): AnnotationRow | undefined {
  return rows.get(key);
}

/** Whether a value names a secret of the proxy, `${NAME}`, and is nothing else. */
export function isSecretName(value: string): boolean {
  return /^\$\{[A-Z][A-Z0-9_]*\}$/.test(value);
}

/** The links that an entity's annotations make; a value whose format is not right makes none. */
export function findAnnotationLinks({ metadata }: Entity): OutLink[] {
  const written = new Map(Object.entries(metadata.annotations ?? {}));
  return annotations.flatMap(({ key, title, schema, icon = 'link', toLink }) => {
    const value = written.get(key);
    const url = value !== undefined && schema.safeParse(value).success ? toLink?.(value) : undefined;
    return url === undefined ? [] : [{ url, title, icon }];
  });
}

/** The annotations that an entity does not have and would gain from, each with the YAML that sets it. */
export function annotationHints({ kind, metadata }: Entity): AnnotationHint[] {
  const written = new Set(Object.keys(metadata.annotations ?? {}));
  // An annotation that asks the same in another way is enough.
  const answered = new Set(listWidgets(metadata.annotations ?? {}).flatMap((row) => row.annotations));
  return annotations.flatMap(({ key, title, missing }) => {
    if (!missing?.kinds.includes(kind) || written.has(key) || answered.has(key)) return [];
    const yaml = `metadata:\n  annotations:\n    ${key}: ${missing.toValue(metadata)}\n`;
    return [{ key, title, brings: missing.brings, yaml }];
  });
}
