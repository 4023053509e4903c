import type { Fault } from './model.ts';
import type { Route } from './openapi.ts';
import { findKeyLine, findLine, findText, isKeyed, type Keyed, toKeyed, toList } from './value.ts';

/** How many faults of one definition are told: whoever mends these sees the rest. */
const shownFaults = 20;

/** What clients and generators stumble over in a definition that can be read all the same. */
export function judgeOpenapi(text: string, value: Keyed, routes: readonly Route[]): Fault[] {
  const found = [...judgeTop(value, text), ...judgeRoutes(routes, text)];
  return found.slice(0, shownFaults);
}

const toFault = (message: string, line: number): Fault => ({ code: 'definition-invalid', message, line });

function judgeTop({ info, paths, webhooks, components }: Keyed, text: string): Fault[] {
  const at = findKeyLine(text, 'info');
  const { title, version } = toKeyed(info);
  const isAbsent = (each: unknown) => each === undefined || each === null;
  return [
    ...(isKeyed(info) ? [] : [toFault('it has no `info`', 1)]),
    ...(isKeyed(info) && !findText(title) ? [toFault('`info` has no `title`', at)] : []),
    ...(isKeyed(info) && isAbsent(version) ? [toFault('`info` has no `version`', at)] : []),
    ...(isKeyed(paths) || isKeyed(webhooks) || isKeyed(components) ? [] : [toFault('it has no `paths`', 1)]),
  ];
}

function judgeRoutes(routes: readonly Route[], text: string): Fault[] {
  const ids = new Set<string>();
  const faults: Fault[] = [];
  const say = (message: string, line: number) => {
    if (faults.length < shownFaults) faults.push(toFault(message, line));
  };
  for (const { method, at, operation, isWebhook } of routes) {
    if (faults.length >= shownFaults) break;
    const { operationId, responses } = operation;
    const name = `\`${method.toUpperCase()} ${at}\``;
    if (!at.startsWith('/') && !isWebhook) say(`the path \`${at}\` does not begin with \`/\``, findKeyLine(text, at));
    if (!isKeyed(responses)) say(`${name} has no \`responses\``, findKeyLine(text, at));
    if (operation.parameters !== undefined && toList(operation.parameters) !== operation.parameters)
      say(`the \`parameters\` of ${name} are no list`, findKeyLine(text, at));
    if (!findText(operationId)) continue;
    if (ids.has(String(operationId)))
      say(`the \`operationId\` \`${operationId}\` is used twice`, findLine(text, String(operationId)));
    ids.add(String(operationId));
  }
  return faults;
}
