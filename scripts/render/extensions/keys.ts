import { Element } from '../core/element.ts';
import { toFlag, toText } from '../core/options.ts';
import { defineExtension } from './define.ts';

/** Keys whose caption is not simply their name; several names of a key stand together, the first one counts. */
const captions: Readonly<Record<string, string>> = Object.fromEntries(
  `control ctrl left-control lctrl=Ctrl|alt left-alt lalt=Alt|shift left-shift lshift=Shift|command cmd left-command=Cmd|option opt left-option=Option
windows win left-windows lwin=Win|alt-graph altgr alt-gr=AltGr|function fn=Fn|escape esc=Esc|delete del=Del|insert ins=Ins|enter return=Enter
page-up pageup pgup page-up=Page Up|page-down pagedown pgdn=Page Down|arrow-up up=Up|arrow-down down=Down|arrow-left left=Left|arrow-right right=Right
caps-lock capslock caps capital=Caps Lock|num-lock numlock=Num Lock|scroll-lock scroll=Scroll Lock|print-screen prtscr print=Print Screen
backspace back=Backspace|space spc=Space|context-menu menu apps=Menu|break cancel=Break|right-control rctrl=Right Ctrl|right-shift rshift=Right Shift
right-alt ralt=Right Alt|right-windows rwin=Right Win|right-command=Right Cmd|left-button lbutton=Left Button|middle-button mbutton=Middle Button|right-button rbutton=Right Button
num-plus add=Num +|num-minus subtract=Num -|num-asterisk multiply=Num *|num-slash divide=Num /|num-enter=Num Enter|num-period decimal=Num .|num-delete=Num Del
backslash=\\|bar vertical-bar pipe=|brace-left open-brace=\u007b|brace-right close-brace=\u007d|bracket-left open-bracket=[|bracket-right close-bracket=]
colon=:|comma=,|double-quote dblquote=&quot;|equal=\u003d|exclam exclamation=!|grave backtick=\`|hash number-sign=#|hyphen minus dash=-|less-than lt=&lt;|greater-than gt=&gt;
period dot=.|plus=+|question question-mark=?|semicolon=;|single-quote=&apos;|slash=/|tilde=~|underscore=_|asterisk star=*|ampersand=&amp;|at=@|dollar=$|percent=%|caret=^
paren-left open-paren=(|paren-right close-paren=)`
    .split(/\n|\|(?=[a-z])/)
    .flatMap((row) => {
      const [names = '', caption = ''] = row.split(/=(.*)/s);
      const words = names.split(' ');
      return words.map((name) => [name, `${words[0]}=${caption}`]);
    }),
);

const plain = new Set('meta super hyper tab home end pause clear help select sleep zoom eject separator'.split(' '));
const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function findKey(name: string): { key: string; caption: string } | undefined {
  const known = Object.hasOwn(captions, name) ? captions[name] : undefined;
  if (known) {
    const [key = '', caption = ''] = known.split(/=(.*)/s);
    return { key, caption: key === 'bar' ? '|' : caption };
  }
  if (/^(?:[a-z0-9]|f(?:[1-9]|1\d|2[0-4]))$/.test(name) || plain.has(name))
    return { key: name, caption: capitalize(name) };
  const digit = /^num(\d)$/.exec(name)?.[1];
  return digit ? { key: name, caption: `Num ${digit}` } : undefined;
}

function toKeys(text: string, separator: string, className: string): Element | undefined {
  const group = new Element('span', [['class', className]]);
  const parts = text.match(/"(?:\\.|[^"])+"|'(?:\\.|[^'])+'|[^+]+/g) ?? [];
  for (const [index, part] of parts.entries()) {
    const quoted = /^["']/.test(part);
    const key = quoted ? undefined : findKey(part.toLowerCase());
    if (!quoted && !key) return undefined;
    if (index > 0 && separator) group.add('span').setAtomic(separator);
    const kbd = group.add('kbd', key ? [['class', `key-${key.key}`]] : []);
    kbd.setAtomic(key?.caption ?? part.slice(1, -1));
  }
  group.atomic = true;
  return group;
}

/** `++ctrl+alt+del++` */
export const keys = defineExtension({
  name: 'pymdownx.keys',
  aliases: [],
  install({ inline, escapable }, options) {
    escapable.add('+');
    const separator = toText(options.separator, '+');
    const className = toText(options.class, 'keys');
    const pattern =
      /\+{2}((?:"(?:\\.|[^"\n])+"|'(?:\\.|[^'\n])+'|[\w-]+)(?:\+(?:"(?:\\.|[^"\n])+"|'(?:\\.|[^'\n])+'|[\w-]+))*)\+{2}/y;
    if (toFlag(options.enabled, true)) {
      inline.add('keys', 185, {
        triggers: '+',
        find(text, at) {
          pattern.lastIndex = at;
          const match = text[at + 1] === '+' && text[at - 1] !== '\\' ? pattern.exec(text) : null;
          const node = match?.[1] ? toKeys(match[1], separator, className) : undefined;
          return match && node ? { start: at, end: at + match[0].length, node } : undefined;
        },
      });
    }
  },
});
