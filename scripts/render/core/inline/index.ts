import type { Registry } from '../registry.ts';
import { starShapes, underscoreShapes } from './basic-emphasis.ts';
import { codeRule, createEscapeRule } from './code.ts';
import { createEmphasisRule, loneMarkRule } from './emphasis.ts';
import { createLinkRule } from './links.ts';
import { autolinkRule, automailRule, entityRule, htmlRule, lineBreakRule } from './raw.ts';

/** Adds the inline text that Markdown has without any extension. */
export function addBasicInline({ inline, escapable }: Registry): void {
  inline.add('backtick', 190, codeRule);
  inline.add('escape', 180, createEscapeRule(escapable));
  inline.add('reference', 170, createLinkRule('link', 'reference'));
  inline.add('link', 160, createLinkRule('link', 'link'));
  inline.add('image_link', 150, createLinkRule('image', 'link'));
  inline.add('image_reference', 140, createLinkRule('image', 'reference'));
  inline.add('short_reference', 130, createLinkRule('link', 'short'));
  inline.add('short_image_ref', 125, createLinkRule('image', 'short'));
  inline.add('autolink', 120, autolinkRule);
  inline.add('automail', 110, automailRule);
  inline.add('linebreak', 100, lineBreakRule);
  inline.add('html', 90, htmlRule);
  inline.add('entity', 80, entityRule);
  inline.add('not_strong', 70, loneMarkRule);
  inline.add('em_strong', 60, createEmphasisRule('*', starShapes));
  inline.add('em_strong2', 50, createEmphasisRule('_', underscoreShapes));
}
