import type { LiveStatus, LiveTrouble } from '#model/live/answer.ts';
import type { Piece } from '../keeping/pieces.ts';
import type { WidgetReport } from '../widgets/define.ts';
import { toTrouble } from './troubles.ts';

/** How fresh what is composed of several pieces is: as old as the oldest that is shown, fresh until the first is not. */
export function toFreshness(
  pieces: readonly Piece<unknown>[],
): Pick<WidgetReport<never>, 'readAt' | 'isStale' | 'freshUntil'> {
  const shown = pieces.filter(({ value }) => value !== undefined);
  const read = (shown.length > 0 ? shown : pieces).flatMap(({ readAt }) => readAt ?? []);
  return {
    ...(read.length > 0 && { readAt: Math.min(...read) }),
    isStale: pieces.some(({ value, fault }) => value !== undefined && fault !== undefined),
    freshUntil: Math.min(...pieces.map(({ freshUntil }) => freshUntil)),
  };
}

/** The troubles of pieces whose last reading failed, each under the name of its source. */
export function toTroubles(pieces: readonly { source: string; piece: Piece<unknown> }[]): LiveTrouble[] {
  return pieces.flatMap(({ source, piece }) => (piece.fault === undefined ? [] : toTrouble(source, piece.fault)));
}

/** Without what follows from another trouble of the same source: that it is left alone, because it failed. */
export function toTold(troubles: readonly LiveTrouble[]): LiveTrouble[] {
  const failing = new Set(troubles.flatMap(({ source, fault }) => (fault === 'resting' ? [] : source)));
  return troubles.filter(({ source, fault }) => fault !== 'resting' || !failing.has(source));
}

/** What a page says of a widget of which nothing is known. */
export const unknownStatus: LiveStatus = { level: 'unknown', words: 'not known' };
