import { type Problem, toProblem } from '#model/problems.ts';
import type { DocsStore, FetchedBytes, FetchFault } from '../ports.ts';
import { findSvgFault, findSvgSize } from './svg.ts';

/** How a file of a tree is had from the site, and how large a picture it is. */
export type SiteCopy = { path: string; width?: number; height?: number };

type Measure = (bytes: Uint8Array) => { width: number; height: number } | undefined;

/** Endings of files that no browser runs anything of; text with any other ending is served as plain text. */
const servedEndings: ReadonlySet<string> = new Set(
  'png jpg jpeg gif webp avif ico bmp svg pdf txt csv json yaml yml zip gz tgz tar mp4 webm mp3 ogg wav docx xlsx pptx drawio'.split(
    ' ',
  ),
);

const pictures = /^(?:png|jpe?g|gif|webp|avif|ico|bmp)$/;
const documents = /^(?:x?html?|xht|mhtml?|swf|xsl)$/;

const faults: Readonly<Record<FetchFault, string>> = {
  absent: 'is not there',
  outside: 'is a link, or lies outside of its repository',
  'too-large': 'is larger than 20 MiB',
  unreadable: 'cannot be read',
};

/** Keeps a file for the site when it may be served, else says why not. */
export function keepTreeFile(
  file: string,
  fetched: FetchedBytes,
  { store, measure }: { store: DocsStore; measure: Measure },
): { copy: SiteCopy; problem?: undefined } | { problem: Problem } {
  const withhold = (reason: string) => ({ problem: toProblem('docs-file-withheld', { file, reason }) });
  if (fetched.fault !== undefined) return withhold(faults[fetched.fault]);
  const { bytes } = fetched;
  const ending = /\.([a-z0-9]{1,8})$/i.exec(file)?.[1]?.toLowerCase() ?? '';
  if (isPointer(bytes)) return { problem: toProblem('docs-file-lfs', { file }) };
  if (documents.test(ending)) return withhold('is a page of its own, with whatever it loads and runs');
  const drawing = ending === 'svg' ? new TextDecoder().decode(bytes) : undefined;
  const fault = drawing === undefined ? undefined : findSvgFault(drawing);
  if (fault) return withhold(fault);
  const path = store.keepFile(bytes, toServedEnding(ending, bytes));
  const size = pictures.test(ending) ? measure(bytes) : drawing === undefined ? undefined : findSvgSize(drawing);
  return { copy: { path, ...size } };
}

function toServedEnding(ending: string, bytes: Uint8Array): string {
  if (servedEndings.has(ending)) return ending;
  return bytes.includes(0) ? 'bin' : 'txt';
}

const pointerStart = 'version https://git-lfs.github.com/spec/';

function isPointer(bytes: Uint8Array): boolean {
  return bytes.length < 1024 && new TextDecoder().decode(bytes.subarray(0, pointerStart.length)) === pointerStart;
}
