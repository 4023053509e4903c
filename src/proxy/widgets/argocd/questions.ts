import type { Piece, PieceRow } from '../../keeping/pieces.ts';
import { toPieceRow } from '../../keeping/pieces.ts';
import type { Upstream } from '../../upstream.ts';
import { applicationAnswer, listAnswer } from './answers.ts';
import { type KnownApplication, toKnownApplication, toKnownApplications } from './project.ts';
import type { CommitPaths } from './revisions.ts';
import { type Target, toListQuery } from './target.ts';

/**
 * What the list is asked to be cut to. Argo CD knows these by whole names and passes over others; those after the gap are
 * not in its list of names up to 3.x, so that history and conditions come with the question about one application.
 * https://github.com/argoproj/argo-cd/blob/master/pkg/apiclient/application/forwarder_overwrite.go
 */
const fields = [
  'metadata.name',
  'metadata.namespace',
  'metadata.labels',
  'spec',
  'status.sync.status',
  'status.health',
  'status.operationState.phase',
  'status.operationState.finishedAt',
  'status.operationState.operation.sync',

  'status.sync.revision',
  'status.sync.revisions',
  'status.operationState.message',
  'status.conditions',
  'status.history',
]
  .map((field) => `items.${field}`)
  .join(',');

const freshList = 15;
const freshOne = 60;
const maxListBytes = 8 * 1024 * 1024;

export type ApplicationList = Piece<KnownApplication[]>;

/** All applications of an instance, one question for all entities; or those of one target, where all are too many. */
export function toListRow(upstream: Upstream, paths: CommitPaths, target?: Target): PieceRow<KnownApplication[]> {
  const words = target ? toListQuery(target) : [];
  return toPieceRow({
    upstream,
    question: { path: '/api/v1/applications', query: [['fields', fields], ...words], maxBytes: maxListBytes },
    key: `applications ${new URLSearchParams(words)}`,
    fresh: freshList,
    schema: listAnswer,
    project: ({ items }) => toKnownApplications(items ?? [], paths),
  });
}

/** One application with its history. It is asked for anew when the list tells of another sync. */
export function toApplicationRow(
  upstream: Upstream,
  paths: CommitPaths,
  { name, namespace, syncedAt = '', phase = '' }: KnownApplication,
): PieceRow<KnownApplication> {
  const path = `/api/v1/applications/${encodeURIComponent(name)}`;
  return toPieceRow({
    upstream,
    question: { path, ...(namespace !== undefined && { query: [['appNamespace', namespace]] }) },
    key: `${path} in ${namespace} at ${syncedAt} ${phase}`,
    fresh: freshOne,
    schema: applicationAnswer,
    project: (answer) => toKnownApplication(answer, paths),
  });
}
