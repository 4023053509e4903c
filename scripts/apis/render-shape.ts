import { formatCount, toEscaped, toProse, toWords } from './markup.ts';
import type { Field, Named, Shape } from './model.ts';

/** Up to so many values fit into a line; more of them are folded away. */
const limits = { values: 12 };

const tag = (className: string, text: string) => `<span class="${className}">${text}</span>`;

/** What a shape says beside its type: description, demands, values, examples. */
function toAbout({ description, notes = [], examples = [] }: Shape): string {
  const said = [
    description ? toProse(description) : '',
    notes.length > 0 ? `<p class="notes">${notes.map((note) => tag('note', toEscaped(note))).join('')}</p>` : '',
    ...examples.map((example) =>
      example.includes('\n')
        ? `<pre><code>${toEscaped(example)}</code></pre>`
        : `<p class="example">Example <code>${toEscaped(example)}</code></p>`,
    ),
  ];
  return said.join('');
}

function toValues(values: readonly Named[]): string {
  if (values.every(({ description }) => !description)) {
    const list = values.map(({ name, isDeprecated }) =>
      isDeprecated ? `<code><del>${toEscaped(name)}</del></code>` : `<code>${toEscaped(name)}</code>`,
    );
    const shown = `<p class="values">${list.slice(0, limits.values).join(' ')}</p>`;
    if (list.length <= limits.values) return shown;
    return `<details><summary>${formatCount(list.length, ['value', 'values'])}</summary><p class="values">${list.join(' ')}</p></details>`;
  }
  const rows = values.map(
    ({ name, description, isDeprecated }) =>
      `<li><div class="head"><code class="name">${toEscaped(name)}</code>${isDeprecated ? tag('flag', 'deprecated') : ''}</div><div class="about">${description ? toProse(description) : ''}</div></li>`,
  );
  return `<ul class="fields" role="list">${rows.join('')}</ul>`;
}

function toVariants(variants: NonNullable<Shape['variants']>): string {
  return variants
    .map(({ how, shapes }) => {
      const list = shapes.map((shape) => `<li>${toShapeHtml(shape)}</li>`);
      return `<div class="variants"><p class="how">${toEscaped(how)}</p><ul role="list">${list.join('')}</ul></div>`;
    })
    .join('');
}

function toField({ name, shape, isRequired, isDeprecated, number }: Field): string {
  const shown = `<code class="name">${isDeprecated ? `<del>${toEscaped(name)}</del>` : toEscaped(name)}</code>`;
  const head = number === undefined ? shown : `${shown} ${tag('number', `= ${number}`)}`;
  const { fields = [], values = [], variants = [], fieldNoun = 'field' } = shape;
  const first = [
    shape.type.length > 0 ? tag('type', toWords(shape.type)) : '',
    isRequired ? tag('must', 'required') : '',
    isDeprecated ? tag('flag', 'deprecated') : '',
  ].filter(Boolean);
  const inner = [
    first.length > 0 ? `<p class="first">${first.join(' ')}</p>` : '',
    toAbout(shape),
    values.length > 0 ? toValues(values) : '',
    fields.length > 0
      ? `<details><summary>${formatCount(fields.length, [fieldNoun, `${fieldNoun}s`])}</summary>${toFieldsHtml(fields)}</details>`
      : '',
    toVariants(variants),
  ].join('');
  return `<li><div class="head">${head}</div><div class="about">${inner}</div></li>`;
}

/** Fields, one below the other; what is inside of one is folded away. */
export const toFieldsHtml = (fields: readonly Field[]): string =>
  `<ul class="fields" role="list">${fields.map(toField).join('')}</ul>`;

/** A shape: its type, what is said of it, its fields. */
export function toShapeHtml(shape: Shape): string {
  const { type, values = [], fields = [], variants = [] } = shape;
  const head = type.length > 0 ? `<p class="type">${toWords(type)}</p>` : '';
  const body = [
    values.length > 0 ? toValues(values) : '',
    fields.length > 0 ? toFieldsHtml(fields) : '',
    toVariants(variants),
  ];
  return head + toAbout(shape) + body.join('');
}
