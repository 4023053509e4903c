import { element, type Markup } from '#components/lists/markup.ts';

/** The room for what a batch of questions will say of an entity: a glyph, the glyph with words, or who is on call. */
export function toLiveStatus(ref: string, shows: 'glyph' | 'words' | 'on-call' = 'glyph'): Markup {
  return element('live-status', { 'data-ref': ref, 'data-shows': shows });
}
