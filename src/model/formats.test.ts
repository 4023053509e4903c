import { expect, test } from 'vitest';
import { isApiVersion, isKindName, isLabelValue, isMetadataKey, isNamespace, isObjectName, isTag } from './formats.ts';

const long = 'a'.repeat(63);

test.each([
  [
    'a name',
    isObjectName,
    ['a', 'a..b', 'a_b', 'A.b-C', '1', long],
    ['', 'a-', '-a', 'é', 'a b', '..', 'a/b', '$', `${long}a`, 'a\n'],
  ],
  ['a namespace', isNamespace, ['default', 'a--b', '1', long], ['', 'Default', 'a-', 'a.b', 'a_b', `${long}a`]],
  ['a tag', isTag, ['java', 'c++', 'c#', 'a:b', 'node-js'], ['', 'Java', 'a_b', 'a.b', 'a--b', '-a', `${long}a`]],
  [
    'an apiVersion',
    isApiVersion,
    ['v1', 'backstage.io/v1alpha1'],
    ['', '1.0', 'a/b/c', 'A.b/v1', '/v1', 'a.b/', 'a..b/v1'],
  ],
  ['a kind', isKindName, ['API', 'S3Bucket'], ['', '3scale', 'a-b', 'a b', `${long}a`]],
  [
    'a metadata key',
    isMetadataKey,
    ['a', 'a.b/c', 'argocd/app-name'],
    ['', 'a/b/c', 'A.b/c', 'a b', '/c', 'a/', `${'a'.repeat(254)}/c`],
  ],
  ['a label value', isLabelValue, ['', 'a', '1.0'], ['-', 'a b', `${long}a`]],
] as const)('%s', (_what, isRight, right, wrong) => {
  expect(right.filter((text) => !isRight(text))).toEqual([]);
  expect(wrong.filter((text) => isRight(text))).toEqual([]);
});
