import { abbr } from './abbr.ts';
import { admonition } from './admonition.ts';
import { arithmatex } from './arithmatex.ts';
import { attrList } from './attr-list.ts';
import { betterem } from './betterem.ts';
import { blocksAdmonition, blocksCaption, blocksDefinition, blocksDetails, blocksHtml, blocksTab } from './blocks.ts';
import { caret } from './caret.ts';
import { critic } from './critic.ts';
import { defList } from './def-list.ts';
import type { Extension } from './define.ts';
import { details } from './details.ts';
import { inlineGraphviz, plantuml } from './diagram-sources.ts';
import { emoji } from './emoji.ts';
import { escapeall } from './escapeall.ts';
import { fencedCode } from './fenced-code.ts';
import { footnotes } from './footnotes.ts';
import { codehilite, highlight } from './highlight.ts';
import { inlinehilite } from './inlinehilite.ts';
import { keys } from './keys.ts';
import { legacyAttrs } from './legacy-attrs.ts';
import { magiclink } from './magiclink.ts';
import { mark } from './mark.ts';
import { mdInHtml } from './md-in-html.ts';
import { nl2br } from './nl2br.ts';
import { saneLists } from './sane-lists.ts';
import { saneheaders } from './saneheaders.ts';
import { silent } from './silent.ts';
import { smartsymbols } from './smartsymbols.ts';
import { smarty } from './smarty.ts';
import { snippets } from './snippets.ts';
import { superfences } from './superfences.ts';
import { tabbed } from './tabbed.ts';
import { tables } from './tables.ts';
import { tasklist } from './tasklist.ts';
import { tilde } from './tilde.ts';
import { toc } from './toc.ts';
import { trulySaneLists } from './truly-sane-lists.ts';
import { wikilinks } from './wikilinks.ts';

/** Every extension of Markdown that Portolan has. */
export const extensions: readonly Extension[] = [
  abbr,
  admonition,
  arithmatex,
  attrList,
  betterem,
  blocksAdmonition,
  blocksCaption,
  blocksDefinition,
  blocksDetails,
  blocksHtml,
  blocksTab,
  caret,
  codehilite,
  critic,
  defList,
  details,
  emoji,
  escapeall,
  fencedCode,
  footnotes,
  highlight,
  inlineGraphviz,
  inlinehilite,
  keys,
  legacyAttrs,
  magiclink,
  mark,
  mdInHtml,
  nl2br,
  plantuml,
  saneheaders,
  saneLists,
  silent,
  smarty,
  smartsymbols,
  snippets,
  superfences,
  tabbed,
  tables,
  tasklist,
  tilde,
  toc,
  trulySaneLists,
  wikilinks,
];
