import { dirname } from 'node:path';
import type { Answer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import { gitEnvironment, run } from './run.ts';

/** Hands a request to `git http-backend`, which serves `folder`; `rest` is the part of the path after the repository. */
export async function askHttpBackend(call: Call, folder: string, rest: string): Promise<Answer> {
  const { method, headers, body, url } = call;
  const output = await run('git', ['http-backend'], [body], {
    ...gitEnvironment,
    GIT_PROJECT_ROOT: dirname(folder),
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `${folder.slice(dirname(folder).length)}${rest}`,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: method,
    CONTENT_TYPE: headers['content-type'] ?? '',
    CONTENT_LENGTH: String(body.length),
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    GIT_PROTOCOL: [headers['git-protocol'] ?? ''].flat().join(''),
    REMOTE_ADDR: '127.0.0.1',
  });
  return parseCgi(output);
}

/** Reads what a CGI program wrote: headers, an empty line, the body. */
function parseCgi(output: Buffer): Answer {
  const end = output.indexOf('\r\n\r\n');
  const rows = output.toString('latin1', 0, end).split('\r\n');
  const pairs = rows.map((row): [string, string] => {
    const colon = row.indexOf(':');
    return [row.slice(0, colon).toLowerCase(), row.slice(colon + 1).trim()];
  });
  const { status = '200', ...headers } = Object.fromEntries(pairs);
  return { status: Number.parseInt(status, 10), headers, body: output.subarray(end + 4) };
}
