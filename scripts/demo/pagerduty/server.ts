import type { RequestListener } from 'node:http';
import { createDemoListener, type DemoAnswer, type DemoQuestion } from '../respond.ts';
import type { DemoIncident, DemoOnCall, DemoService, PagerdutyWorld } from './world.ts';

type Body = Record<string, unknown>;

const api = 'https://api.pagerduty.com';
const web = 'https://acme.pagerduty.com';

const toRefusal = (status: number, code: number, message: string): DemoAnswer => ({
  status,
  body: { error: { message, code } },
});

const toReference = (type: string, folder: string, id: string, summary: string, page = folder): Body => ({
  id,
  type,
  summary,
  self: `${api}/${folder}/${id}`,
  html_url: `${web}/${page}/${id}`,
});

function toIntegration({ hidesKeys }: PagerdutyWorld, { id, name }: DemoService, key: string, index: number): Body {
  const type = 'events_api_v2_inbound_integration';
  return {
    ...toReference(type, `services/${id}/integrations`, `${id}I${index}`, 'Alertmanager'),
    name: 'Alertmanager',
    service: toReference('service_reference', 'services', id, name, 'service-directory'),
    created_at: '2024-01-01T00:00:00Z',
    ...(hidesKeys !== true && { integration_key: key }),
  };
}

function toServiceBody(world: PagerdutyWorld, service: DemoService, isWhole: boolean): Body {
  const { id, name, policy, status = 'active', integrationKeys = [] } = service;
  const integrations = integrationKeys.map((key, index) =>
    isWhole
      ? toIntegration(world, service, key, index)
      : toReference(
          'events_api_v2_inbound_integration_reference',
          `services/${id}/integrations`,
          `${id}I${index}`,
          'Alertmanager',
        ),
  );
  return {
    ...toReference('service', 'services', id, name, 'service-directory'),
    name,
    description: '',
    status,
    created_at: '2024-01-01T00:00:00Z',
    auto_resolve_timeout: 14400,
    acknowledgement_timeout: 1800,
    alert_creation: 'create_alerts_and_incidents',
    escalation_policy: toReference('escalation_policy_reference', 'escalation_policies', policy, policy),
    teams: [],
    integrations,
  };
}

function toUserBody({ people }: PagerdutyWorld, id: string, isWhole: boolean): Body {
  const { name, email } = people.find((person) => person.id === id) ?? { name: id, email: '' };
  if (!isWhole) return toReference('user_reference', 'users', id, name);
  return {
    ...toReference('user', 'users', id, name),
    name,
    email,
    time_zone: 'Europe/Berlin',
    color: 'green',
    role: 'user',
    avatar_url: `https://secure.gravatar.com/avatar/${id}.png`,
    job_title: 'Engineer',
    contact_methods: [{ id: `${id}C`, type: 'phone_contact_method_reference', summary: 'Mobile' }],
  };
}

function toOnCallBody(world: PagerdutyWorld, { policy, level, user, start, end }: DemoOnCall, isWhole: boolean): Body {
  return {
    escalation_policy: toReference('escalation_policy_reference', 'escalation_policies', policy, policy),
    escalation_level: level,
    schedule: start === null ? null : toReference('schedule_reference', 'schedules', `${policy}S${level}`, 'Rota'),
    user: toUserBody(world, user, isWhole),
    start,
    end,
  };
}

function toIncidentBody({ services }: PagerdutyWorld, incident: DemoIncident): Body {
  const { number, service, title, status, urgency, createdAt } = incident;
  const { name, policy } = services.find(({ id }) => id === service) ?? { name: service, policy: '' };
  return {
    ...toReference('incident', 'incidents', `Q${number}`, `[#${number}] ${title}`),
    incident_number: number,
    title,
    created_at: createdAt,
    updated_at: createdAt,
    status,
    urgency,
    incident_key: `key-${number}`,
    service: toReference('service_reference', 'services', service, name, 'service-directory'),
    assignments: [],
    acknowledgements: [],
    last_status_change_at: createdAt,
    escalation_policy: toReference('escalation_policy_reference', 'escalation_policies', policy, policy),
    teams: [],
  };
}

/** A page of a list, in the way that PagerDuty tells where it stands. */
function toPage<Row>(
  name: string,
  rows: readonly Row[],
  query: URLSearchParams,
  toBody: (row: Row) => Body,
): DemoAnswer {
  const limit = Math.min(Math.max(Number(query.get('limit') ?? 25), 1), 100);
  const offset = Math.max(Number(query.get('offset') ?? 0), 0);
  const body = { [name]: rows.slice(offset, offset + limit).map(toBody), limit, offset, total: null };
  return { status: 200, body: { ...body, more: offset + limit < rows.length } };
}

const isIn = (query: URLSearchParams, name: string, value: string) =>
  !query.has(name) || query.getAll(name).includes(value);

function answerServices(world: PagerdutyWorld, query: URLSearchParams): DemoAnswer {
  const words = query.get('query') ?? '';
  const found = world.services.filter(
    ({ name, integrationKeys = [] }) => name.includes(words) || integrationKeys.includes(words),
  );
  const isWhole = query.getAll('include[]').includes('integrations');
  return toPage('services', found, query, (service) => toServiceBody(world, service, isWhole));
}

function answerService(world: PagerdutyWorld, query: URLSearchParams, id: string): DemoAnswer {
  const service = world.services.find((one) => one.id === id);
  const isWhole = query.getAll('include[]').includes('integrations');
  return service
    ? { status: 200, body: { service: toServiceBody(world, service, isWhole) } }
    : toRefusal(404, 2100, 'Not Found');
}

function answerOnCalls(world: PagerdutyWorld, query: URLSearchParams): DemoAnswer {
  const found = world.onCalls.filter(({ policy }) => isIn(query, 'escalation_policy_ids[]', policy));
  const isWhole = query.getAll('include[]').includes('users');
  return toPage('oncalls', found, query, (onCall) => toOnCallBody(world, onCall, isWhole));
}

function answerIncidents(world: PagerdutyWorld, query: URLSearchParams): DemoAnswer {
  const isLatestFirst = query.get('sort_by') === 'created_at:desc';
  const found = world.incidents
    .filter(({ service, status }) => isIn(query, 'service_ids[]', service) && isIn(query, 'statuses[]', status))
    .toSorted((a, b) => (isLatestFirst ? Date.parse(b.createdAt) - Date.parse(a.createdAt) : a.number - b.number));
  return toPage('incidents', found, query, (incident) => toIncidentBody(world, incident));
}

type Route = { pattern: RegExp; answer: (world: PagerdutyWorld, query: URLSearchParams, word: string) => DemoAnswer };

const routes: readonly Route[] = [
  { pattern: /^\/services$/, answer: answerServices },
  { pattern: /^\/services\/([^/]+)$/, answer: answerService },
  { pattern: /^\/oncalls$/, answer: answerOnCalls },
  { pattern: /^\/incidents$/, answer: answerIncidents },
];

function answer(world: PagerdutyWorld, { path, query, header }: DemoQuestion): DemoAnswer {
  const isLetIn = [`Token token=${world.token}`, `Bearer ${world.token}`].includes(header('authorization') ?? '');
  if (!isLetIn) return toRefusal(401, 2006, 'Unauthorized');
  for (const route of routes) {
    const found = route.pattern.exec(path);
    if (found) return route.answer(world, query, found[1] ?? '');
  }
  return toRefusal(404, 2100, 'Not Found');
}

/** A made-up PagerDuty: it answers like the real one’s REST, by what its world is at that moment. */
export function createPagerduty(toWorld: () => PagerdutyWorld): RequestListener {
  return createDemoListener((question) => answer(toWorld(), question));
}
