import { type ProxyCatalogFile, type ProxyEntity, type ProxyPerson, proxyCatalogSchema } from '#model/live/catalog.ts';

/** What the proxy knows of the catalog, ready for questions. */
export type ProxyCatalog = {
  /** How many entities it has. */
  size: number;
  find: (ref: string) => ProxyEntity | undefined;
  list: () => ProxyEntity[];
  findPerson: (signs: { email?: string; login?: string; person?: string }) => ProxyPerson | undefined;
};

export type ParsedProxyCatalog =
  | { value: ProxyCatalog; problems: readonly [] }
  | { value?: undefined; problems: readonly string[] };

/** Reads the catalog of the proxy as the build wrote it. */
export function parseProxyCatalog(text: string): ParsedProxyCatalog {
  const json = parseJson(text);
  if (!json) return { problems: ['it is not JSON'] };
  const parsed = proxyCatalogSchema.safeParse(json.value);
  if (parsed.success) return { value: toProxyCatalog(parsed.data), problems: [] };
  return { problems: parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.')}: ${message}`) };
}

/** Makes a catalog ready for questions. */
export function toProxyCatalog(file: ProxyCatalogFile): ProxyCatalog {
  const entities = new Map(file.entities.map((entity) => [entity.ref, toPlain(entity)]));
  const byEmail = toPeople(file.people, ({ email }) => email);
  const byLogin = toPeople(file.people, ({ login }) => login);
  const byName = toPeople(file.people, ({ ref }) => ref);
  return {
    size: entities.size,
    find: (ref) => entities.get(ref),
    list: () => [...entities.values()],
    findPerson: ({ email, login, person }) =>
      byEmail.get(email?.toLowerCase()) ?? byLogin.get(login?.toLowerCase()) ?? byName.get(toUserRef(person)),
  };
}

/** The reference that a claim means: a name by itself is one of the default namespace. */
function toUserRef(person: string | undefined): string | undefined {
  const text = person?.toLowerCase().replace(/^user:/, '');
  return text === undefined ? undefined : `user:${text.includes('/') ? text : `default/${text}`}`;
}

/** Annotations have no prototype, so that a word of a request or of a repository names nothing but an annotation. */
function toPlain(entity: ProxyEntity): ProxyEntity {
  const annotations: Record<string, string> = Object.assign(Object.create(null), entity.annotations);
  return { ...entity, annotations };
}

/** People by a sign of theirs. A sign that two people share tells nobody, so it is left out. */
function toPeople(
  people: readonly ProxyPerson[],
  toSign: (person: ProxyPerson) => string | undefined,
): ReadonlyMap<string | undefined, ProxyPerson> {
  const signs = new Map<string, ProxyPerson | undefined>();
  for (const person of people) {
    const sign = toSign(person)?.toLowerCase();
    if (sign) signs.set(sign, signs.has(sign) ? undefined : person);
  }
  return new Map([...signs].flatMap(([sign, person]) => (person ? [[sign, person] as const] : [])));
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
