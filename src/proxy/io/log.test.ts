import { expect, test } from 'vitest';
import { z } from 'zod';
import { createAuditLog } from './log.ts';

test('writes a line of JSON for each request, and for problems', () => {
  const written: string[] = [];
  const log = createAuditLog({ write: (line) => written.push(line) });
  log.request({ route: 'widget', state: 'ok', status: 200, ms: 3, user: 'user:default/ada\n{"level":60}' });
  log.problem('Something is wrong.', { token: 'hush', widget: 'github' });
  const lines = written.map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line)));
  expect(lines).toMatchObject([
    { msg: 'request', route: 'widget', status: 200, ms: 3, user: 'user:default/ada\n{"level":60}' },
    { msg: 'Something is wrong.', widget: 'github', token: '[Redacted]' },
  ]);
  expect(written.every((line) => line.indexOf('\n') === line.length - 1)).toBe(true);
  log.flush();
});
