import { askRaw, type RawAnswer } from './raw.ts';

type Cookie = { name: string; value: string; isSecure: boolean; isHttpOnly: boolean; sameSite: string; path: string };

/** Where a browser is, and what it shows. */
export type Seen = RawAnswer & { url: string; hops: readonly string[] };

/** A browser without a window: it keeps cookies, follows redirects and sends forms as browsers do. */
export type Browser = {
  /** Goes to an address as if it had been typed, or as a link of another page leads there. */
  open: (url: string, from?: string) => Promise<Seen>;
  /** Sends the form of the page that is shown, with what was filled in. */
  submit: (page: Seen, fields?: Readonly<Record<string, string>>) => Promise<Seen>;
  /** Asks as a script of a page at `from` does, or without any page. */
  ask: (url: string, question?: { method?: string; from?: string }) => Promise<RawAnswer>;
  /** The cookies of a host by their names, which may be changed. */
  findCookies: (host: string) => Map<string, Cookie>;
};

const mostHops = 20;

/** Makes a browser with an empty jar; an origin may be reached at another one, as behind a proxy that speaks https for us. */
export function createBrowser(detours: Readonly<Record<string, string>> = {}): Browser {
  const jar = new Map<string, Map<string, Cookie>>();
  const findCookies = (host: string) => {
    const found = jar.get(host) ?? new Map<string, Cookie>();
    jar.set(host, found);
    return found;
  };
  const visit = async (url: string, method: string, given: Record<string, string | undefined>, body?: string) => {
    const place = new URL(url);
    const headers = toPresent(given);
    const site = headers['sec-fetch-site'] ?? 'none';
    const cookie = toCookieHeader([...findCookies(place.hostname).values()], { place, site, method, headers });
    const sent = { host: place.host, ...headers, ...(cookie && { cookie }) };
    const question = { method, headers: sent, ...(body !== undefined && { body }) };
    const answer = await askRaw(detours[place.origin] ?? place.origin, place.pathname + place.search, question);
    for (const line of answer.cookies) keep(findCookies(place.hostname), line, place);
    return answer;
  };
  const go = async (url: string, from: string | undefined, form?: string): Promise<Seen> => {
    let [method, body, next] = [form === undefined ? 'GET' : 'POST', form, url];
    let site = toSite(from, next);
    const hops: string[] = [];
    for (;;) {
      const type = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
      const origin = from !== undefined && method === 'POST' ? { origin: new URL(from).origin } : {};
      const answer = await visit(next, method, { ...toNavigation(site), ...type, ...origin }, body);
      hops.push(next);
      const { location } = answer.headers;
      if (answer.status < 300 || answer.status > 399 || location === undefined) return { ...answer, url: next, hops };
      if (hops.length > mostHops) throw new Error(`It leads in circles: ${hops.join(' ')}`);
      const to = new URL(location, next).href;
      // A chain that led through another site once is from another site.
      if (toSite(next, to) === 'cross-site') site = 'cross-site';
      [method, body, next] = ['GET', undefined, to];
    }
  };
  return {
    findCookies,
    open: (url, from) => go(url, from),
    submit: (page, fields = {}) => {
      const action = /<form[^>]*\baction="([^"]*)"/.exec(page.text)?.[1];
      if (action === undefined) throw new Error(`There is no form at ${page.url}.`);
      const hidden = [...page.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
      const filled = { ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])), ...fields };
      return go(
        new URL(action.replaceAll('&amp;', '&'), page.url).href,
        page.url,
        new URLSearchParams(filled).toString(),
      );
    },
    ask: (url, { method = 'GET', from } = {}) => {
      const origin = from !== undefined && method !== 'GET' ? { origin: new URL(from).origin } : {};
      const script = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', 'sec-fetch-site': toSite(from, url) };
      return visit(url, method, { ...script, ...origin, accept: '*/*' });
    },
  };
}

const toPresent = (headers: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

const toNavigation = (site: string) => ({
  ...{ accept: 'text/html,application/xhtml+xml', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  'sec-fetch-site': site,
});

function toSite(from: string | undefined, to: string): string {
  if (from === undefined) return 'none';
  const [one, other] = [new URL(from), new URL(to)];
  if (one.origin === other.origin) return 'same-origin';
  return one.hostname === other.hostname ? 'same-site' : 'cross-site';
}

type Sending = { place: URL; site: string; method: string; headers: Record<string, string> };

function toCookieHeader(cookies: readonly Cookie[], { place, site, method, headers }: Sending): string {
  const isLax = site !== 'cross-site' || (method === 'GET' && headers['sec-fetch-mode'] === 'navigate');
  return cookies
    .filter(({ isSecure }) => !isSecure || place.protocol === 'https:')
    .filter(({ sameSite }) => sameSite === 'None' || site !== 'cross-site' || (sameSite !== 'Strict' && isLax))
    .filter(({ path }) => place.pathname.startsWith(path))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
}

function keep(cookies: Map<string, Cookie>, line: string, place: URL): void {
  const [pair = '', ...rest] = line.split(';').map((part) => part.trim());
  const words = new Map(rest.map((part) => [part.split('=')[0]?.toLowerCase() ?? '', part.split('=')[1] ?? '']));
  const at = pair.indexOf('=');
  const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
  const isSecure = words.has('secure');
  if (isSecure && place.protocol !== 'https:') return;
  const expires = words.get('expires');
  const [path, sameSite] = [words.get('path') ?? '/', words.get('samesite') ?? 'Lax'];
  // Cookies of one name may stand beside each other for several paths.
  const key = path === '/' ? name : `${name} ${path}`;
  const isOver = words.get('max-age') === '0' || (expires !== undefined && Date.parse(expires) <= Date.now());
  if (isOver) cookies.delete(key);
  else {
    cookies.set(key, { name, value, isSecure, isHttpOnly: words.has('httponly'), sameSite, path });
  }
}
