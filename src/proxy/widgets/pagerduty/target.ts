import type { LiveTrouble } from '#model/live/answer.ts';
import { isSecretKey } from '#model/live/catalog.ts';
import { toWrongAnnotation } from '../../answering/unasked.ts';

const serviceAnnotation = 'pagerduty.com/service-id';
const keyAnnotation = 'pagerduty.com/integration-key';

/** What an entity is known by at PagerDuty: the id of a service, or the key of one of its integrations. */
export type Target = { kind: 'service'; id: string } | { kind: 'integration'; secretKey: string; secret: string };

const missingSecret: LiveTrouble = {
  source: keyAnnotation,
  fault: 'secret-missing',
  what: `The proxy does not have the secret that ${keyAnnotation} names`,
  mend: 'The platform team adds its name to `portal.proxy.secrets` in app-config.yaml and sets it where the proxy runs.',
};

/** Finds out what to ask by; the id of a service comes before a key. */
export function parseTarget(
  annotations: Readonly<Record<string, string>>,
  findSecret: (key: string) => string | undefined,
): { value?: Target; troubles: LiveTrouble[] } {
  if (Object.hasOwn(annotations, serviceAnnotation)) {
    const id = annotations[serviceAnnotation] ?? '';
    if (/^[A-Z0-9]{5,20}$/.test(id)) return { value: { kind: 'service', id }, troubles: [] };
    return { troubles: [toWrongAnnotation(serviceAnnotation, 'the id of the service, `PABC123`')] };
  }
  const secretKey = annotations[keyAnnotation] ?? '';
  if (!isSecretKey(secretKey))
    return { troubles: [toWrongAnnotation(keyAnnotation, 'the name of a secret of the proxy, `${PAGERDUTY_KEY}`')] };
  const secret = findSecret(secretKey);
  if (!secret) return { troubles: [missingSecret] };
  return { value: { kind: 'integration', secretKey, secret }, troubles: [] };
}
