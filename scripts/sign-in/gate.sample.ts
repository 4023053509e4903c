import { createGate, type GateParts } from './gate.ts';
import type { Answer, Issuer, Profile, Sealer, SignInEvent, Verdict } from './ports.ts';

const noon = Date.UTC(2026, 10, 20, 12);
export const ada: Profile = { subject: 'ada', email: 'ada@acme.example', login: 'ada', groups: ['devs', 'other'] };
export const navigation = { 'sec-fetch-mode': 'navigate', accept: 'text/html' };

/** A sealer that seals nothing: its texts can be read in a test. */
function createOpenSealer(now: () => number): Sealer {
  return {
    seal: async (purpose, content, until) => encodeURIComponent(JSON.stringify({ purpose, content, until })),
    open: async (purpose, sealed) => {
      try {
        const found = JSON.parse(decodeURIComponent(sealed));
        return found.purpose === purpose && found.until > now() ? found.content : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

/** A gate over an issuer that says what it is told to, and a browser's cookies. */
export function createSampleGate(change: Partial<GateParts> = {}) {
  let time = noon;
  let count = 0;
  let verdict: Verdict = { kind: 'known', profile: ada };
  const events: SignInEvent[] = [];
  const cookies = new Map<string, string>();
  const now = () => time;
  const issuer: Issuer = {
    findStart: async ({ state, isAnew }) => ({
      kind: 'start',
      url: `https://id.example/?state=${state}${isAnew ? '&anew' : ''}`,
    }),
    fetchProfile: async () => verdict,
    findSignOut: async () => undefined,
  };
  const gate = createGate({
    ...{ top: '/', redirectUris: ['https://portal.example/auth/callback'], rules: { groups: ['devs'] }, hours: 8 },
    ...{ issuer, sealer: createOpenSealer(now), now, log: (event: SignInEvent) => void events.push(event) },
    random: () => `random-${count++}`.padEnd(32, '0'),
    digest: (text: string) => Buffer.from(text).toString('hex').slice(14),
    take: async () => ({ isAllowed: true }),
    ...change,
  });
  const ask = async (target: string, headers: Record<string, string> = {}, method = 'GET') => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const all: Record<string, string> = { host: 'portal.example', ...(cookie !== '' && { cookie }), ...headers };
    const admission = await gate({ method, target, address: '192.0.2.7', findHeader: (name) => all[name] });
    if (admission.kind === 'answer') keep(admission.answer);
    return admission;
  };
  const keep = (answer: Answer) => {
    for (const cookie of answer.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (cookie.includes('Max-Age=0')) cookies.delete(name);
      else cookies.set(name, value);
    }
  };
  const answer = async (...asked: Parameters<typeof ask>): Promise<Answer> => {
    const admission = await ask(...asked);
    if (admission.kind !== 'answer') throw new Error(`It was let through as ${admission.kind}.`);
    return admission.answer;
  };
  /** Begins a way, and says where the issuer leads back to. */
  const begin = async (target = '/auth/sign-in?return=%2Fcatalog%2F', headers = {}) => {
    const { headers: told } = await answer(target, headers);
    const state = new URL(told.location ?? '').searchParams.get('state') ?? '';
    return `/auth/callback?code=c&state=${state}`;
  };
  return {
    ...{ ask, answer, begin, cookies, events },
    advance: (milliseconds: number) => {
      time += milliseconds;
    },
    say: (next: Verdict) => {
      verdict = next;
    },
  };
}
