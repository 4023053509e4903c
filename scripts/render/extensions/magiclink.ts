import { Element } from '../core/element.ts';
import { isWordBefore } from '../core/inline/basic-emphasis.ts';
import type { InlineRule } from '../core/inline-parser.ts';
import { toFlag } from '../core/options.ts';
import { defineExtension } from './define.ts';
import { addRepositoryLinks, addRepositoryShortener } from './magiclink-repository.ts';

const W = '\\p{L}\\p{N}_';
const host = `[\\p{L}\\p{N}][-${W}]*(?:\\.[-${W}.]+)*`;
const url = new RegExp(`(?:(?:ht|f)tps?://|(www\\.))${host}/?[-${W}.?,!'(){}\\[\\]/+&@%$#=:"|~;]*`, 'iuy');
const lastChar = /[\p{L}\p{N}/\-#@$+=]/u;
const limit = 4000;

/** Cuts punctuation at the end that belongs to the sentence. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0) {
    const char = String.fromCodePoint(text.codePointAt(end - 1) ?? 0);
    if (lastChar.test(char) || /[\udc00-\udfff]/.test(char)) break;
    end--;
  }
  return text.slice(0, end);
}

const linkRule: InlineRule = {
  triggers: 'hfwHFW',
  outside: ['a'],
  find(text, at) {
    if (at > 0 && text[at - 1] !== '_' && isWordBefore(text, at)) return undefined;
    if (!/^(?:https?:|ftps?:|www\.)/i.test(text.slice(at, at + 6))) return undefined;
    url.lastIndex = at;
    const match = url.exec(text.length > limit ? text.slice(0, at + limit) : text);
    const found = match ? trimEnd(match[0]) : '';
    if (!match || found.length < 5) return undefined;
    const link = new Element('a', [['href', match[1] ? `http://${found}` : found]]).setAtomic(found);
    return { start: at, end: at + found.length, node: link };
  },
};

const localBefore = /(?<![-/+@a-z\d_])[-+a-z\d_](?:[-a-z\d_+]|\.(?!\.))*$/i;
const domainAfter = /@(?:[-a-z\d_]+\.)(?:[-a-z\d_]|(?<!\.)\.(?!\.))*[a-z]\b(?![-@])/iy;

const mailRule: InlineRule = {
  triggers: '@',
  outside: ['a'],
  find(text, at, { from }) {
    domainAfter.lastIndex = at;
    const domain = domainAfter.exec(text)?.[0];
    const local = domain && localBefore.exec(text.slice(Math.max(from, at - 200), at))?.[0];
    if (!domain || !local || local.endsWith('.')) return undefined;
    const mail = local + domain;
    return {
      start: at - local.length,
      end: at + domain.length,
      node: new Element('a', [['href', `mailto:${mail}`]]).setAtomic(mail),
    };
  },
};

/** Bare addresses become links. */
export const magiclink = defineExtension({
  name: 'pymdownx.magiclink',
  aliases: [],
  install(registry, options) {
    const { inline } = registry;
    const hide = toFlag(options.hide_protocol, false);
    inline.add('magic-link', 85, hide ? withoutProtocol(linkRule) : linkRule);
    inline.add('magic-mail', 84.9, mailRule);
    addRepositoryLinks(registry, options);
    addRepositoryShortener(registry, options);
  },
});

function withoutProtocol(rule: InlineRule): InlineRule {
  return {
    ...rule,
    find(text, at, context) {
      const found = rule.find(text, at, context);
      if (typeof found !== 'object' || typeof found.node === 'string') return found;
      found.node.setAtomic(found.node.text.replace(/^\w+:\/\//, ''));
      return found;
    },
  };
}
