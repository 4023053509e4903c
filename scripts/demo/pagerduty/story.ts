import { toIso } from '../chance.ts';
import type { DemoIncident, DemoOnCall, DemoService, PagerdutyWorld } from './world.ts';

/** What the secret `PD_CHECKOUT_KEY` is worth in the demonstration: a key of nothing. */
export const demoIntegrationKey = 'demonstration-key-of-checkout';

/** Who shares a rota, in turn. */
const rotas: Record<string, readonly string[]> = {
  checkout: ['Amara Okafor', 'Jonas Lindqvist', 'Priya Raman', 'Tomasz Zieliński', 'Hannah Brandt', 'Luís Carvalho'],
  payments: ['Elena Petrova', 'David Mensah', 'Sofie Jansen'],
  supply: ['Kenji Morita', 'Fatima Alaoui'],
  storefront: ['Claire Dubois', 'Mateo Herrera', 'Ingrid Solberg'],
  mobile: ['Nadia Rahimi', 'Ben Whitlock'],
  merchandising: ['Yuki Tanabe', 'Rafael Costa'],
  identity: ['Maya Cohen', 'Viktor Nagy'],
  platform: ['Stefan Huber', 'Grace Adeyemi'],
};

const rows: readonly { id: string; name: string; rota: keyof typeof rotas; keys?: readonly string[] }[] = [
  { id: 'PCHK3E9', name: 'Checkout Service', rota: 'checkout', keys: [demoIntegrationKey] },
  { id: 'PPAY8K2', name: 'Payments Gateway', rota: 'payments' },
  { id: 'PRET9C4', name: 'Returns Service', rota: 'payments' },
  { id: 'PINV4R7', name: 'Inventory Service', rota: 'supply' },
  { id: 'PWEB5T1', name: 'Web Storefront', rota: 'storefront' },
  { id: 'PMOB2D6', name: 'Mobile Gateway', rota: 'mobile' },
  { id: 'PSRC7H3', name: 'Product Search', rota: 'merchandising' },
  { id: 'PIDN1A8', name: 'Identity Service', rota: 'identity' },
  { id: 'PPRC3M9', name: 'Pricing Service', rota: 'merchandising' },
];

const toPolicy = (rota: string) => `PP${rota.slice(0, 5).toUpperCase()}`;

/** `Amara Okafor` is `UAMARAOKAFOR`. */
const toPersonId = (name: string) =>
  `U${name
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toUpperCase()}`;

const toMail = (name: string) =>
  `${name
    .normalize('NFD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .replaceAll(' ', '.')}@acme.io`;

const hour = 3_600_000;
const week = 7 * 24 * hour;
/** Rotas hand over on Mondays at nine. */
const handover = Date.parse('2024-01-01T09:00:00Z');

/** The first level goes round by the week, the second is the one who comes next, the third is the platform's. */
function toOnCalls(rota: string, names: readonly string[], now: number): DemoOnCall[] {
  const turn = Math.floor((now - handover) / week);
  const [start, end] = [handover + turn * week, handover + (turn + 1) * week].map(toIso);
  const policy = toPolicy(rota);
  const toRow = (name: string, level: number): DemoOnCall => {
    return { policy, level, user: toPersonId(name), start: start ?? null, end: end ?? null };
  };
  const at = (offset: number) => names[(turn + offset) % names.length] ?? '';
  const last: DemoOnCall = { policy, level: 3, user: toPersonId('Stefan Huber'), start: null, end: null };
  return [toRow(at(0), 1), ...(names.length > 1 ? [toRow(at(1), 2)] : []), last];
}

/** What burns began less than an hour ago; the warning of the night was seen to and closed. */
function listIncidents(now: number): DemoIncident[] {
  const began = Math.floor((now - 20 * 60_000) / hour) * hour + 7 * 60_000;
  const number = 4200 + Math.floor((now - handover) / (24 * hour));
  return [
    {
      number,
      service: 'PPAY8K2',
      title: 'PaymentsErrorBudgetBurn: 5xx above 14 times the budget',
      status: 'triggered',
      urgency: 'high',
      createdAt: toIso(began),
    },
    {
      number: number - 1,
      service: 'PCHK3E9',
      title: 'Certificate expires in 13 days',
      status: 'resolved',
      urgency: 'low',
      createdAt: toIso(began - 9 * hour),
    },
  ];
}

const toService = ({ id, name, rota, keys }: (typeof rows)[number]): DemoService => ({
  id,
  name,
  policy: toPolicy(rota),
  status: id === 'PPAY8K2' ? 'critical' : 'active',
  ...(keys && { integrationKeys: keys }),
});

/** What PagerDuty knows of the demonstration's organisation at a moment. */
export function toPagerdutyStory(now: number, token: string): PagerdutyWorld {
  const names = [...new Set(Object.values(rotas).flat())];
  return {
    token,
    people: names.map((name) => ({ id: toPersonId(name), name, email: toMail(name) })),
    services: rows.map(toService),
    onCalls: Object.entries(rotas).flatMap(([rota, people]) => toOnCalls(rota, people, now)),
    incidents: listIncidents(now),
  };
}
