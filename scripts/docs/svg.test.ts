import { expect, test } from 'vitest';
import { findSvgFault, findSvgSize } from './svg.ts';

test.each([
  '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/><text>a > b</text></svg>',
  '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "a" "b"><!-- <b> --><svg><a xlink:href="https://acme.io"><g/></a></svg>',
  '<svg><defs><linearGradient id="a"/></defs><rect fill="url(#a)"/><use href="#b"/></svg>',
  '<svg><image href="data:image/png;base64,AA=="/></svg>',
])('%s is only looked at', (text) => {
  expect(findSvgFault(text)).toBeUndefined();
});

test.each([
  '<svg><script>x()</script></svg>',
  '<svg><svg:SCRIPT/></svg>',
  '<svg onload="x()"/>',
  "<svg><g ONCLICK = 'x()'/></svg>",
  '<svg/onload=x()>',
  '<svg><foreignObject><p/></foreignObject></svg>',
  '<svg><a xlink:href="javascript:x()">a</a></svg>',
  '<svg><a href="&#106;ava&#10;script:x()">a</a></svg>',
  '<svg><use href="https://evil.example/a.svg#b"/></svg>',
  '<svg><image href="//evil.example/a.png"/></svg>',
  '<svg><image href="data:image/svg+xml,%3Csvg%3E"/></svg>',
  '<svg><rect fill="url(https://evil.example)"/></svg>',
  '<svg><style>@import "https://evil.example";</style></svg>',
  '<svg><set attributeName="href" to="javascript:x()"/></svg>',
  '<!DOCTYPE svg [<!ENTITY x "<script/>">]><svg>&x;</svg>',
  '<?xml-stylesheet href="https://evil.example"?><svg/>',
  '<svg><g <script>x()</script></svg>',
])('%s is not', (text) => {
  expect(findSvgFault(text)).toBeDefined();
});

test.each([
  [
    '<?xml version="1.0"?><svg width="560" height="196.4px"><rect width="1" height="2"/></svg>',
    { width: 560, height: 196 },
  ],
  ["<svg viewBox='0 0 9 9' height='20' width='40'/>", { width: 40, height: 20 }],
  ['<svg viewBox="0 0 9 9"><rect width="1" height="2"/></svg>', undefined],
  ['<svg width="100%" height="20"/>', undefined],
  ['<svg width="3em" height="20"/>', undefined],
  ['<svg width="0" height="20"/>', undefined],
])('%s is as large as it says', (text, size) => {
  expect(findSvgSize(text)).toEqual(size);
});
