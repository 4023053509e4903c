import { PortalError } from '../portal-error.ts';

/** Where a site is published to. */
export type Destination = { kind: 'bucket' | 'folder'; address: string } | { kind: 'pages' };

/** What a config repository is written for. */
export type Wishes = {
  /** The organisation on GitHub whose repositories are read. */
  organization?: string;
  host: string;
  /** A folder whose sub-directories are repositories, in place of an organisation or beside it. */
  folder?: string;
  title?: string;
  url?: string;
  destination: Destination;
  ci: 'github' | 'gitlab' | 'none';
};

/** What somebody answered or wrote as options; what is empty was not said. */
export type Answers = Partial<Record<'organization' | 'host' | 'folder' | 'title' | 'url' | 'publish' | 'ci', string>>;

type Rule = { is: (text: string) => boolean; what: string; hint: string };

const isWeb = (text: string) => /^https?:$/.test(URL.parse(text)?.protocol ?? '');
const hasPlainAuthority = (text: string) => !URL.parse(text)?.username && !URL.parse(text)?.password;
const control = /\p{Cc}/u;

const rules: Record<keyof Answers, Rule> = {
  organization: {
    is: (text) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,98}[A-Za-z0-9])?$/.test(text),
    what: 'is no name of an organisation',
    hint: 'Name it as it stands in addresses on GitHub, such as `acme`.',
  },
  host: {
    is: (text) => /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d+)?$/i.test(text),
    what: 'is no host',
    hint: 'Name it without scheme and path, such as `github.example.com`.',
  },
  folder: {
    is: (text) => !control.test(text) && text.trim() !== '',
    what: 'is no folder',
    hint: 'Name a folder, relative to the repository that is written, such as `./repositories`.',
  },
  title: { is: (text) => !control.test(text), what: 'is no title', hint: 'Write it on one line.' },
  url: {
    is: (text) => isWeb(text) && hasPlainAuthority(text) && !/[?#]/.test(text),
    what: 'is no address of a portal',
    hint: 'Name it with its scheme, such as `https://portal.example.com/`.',
  },
  publish: {
    is: (text) =>
      !control.test(text) && (!text.includes('://') || /^s3:\/\/[a-z0-9][a-z0-9.-]+(?:\/[^?#\s]*)?$/.test(text)),
    what: 'is no place to publish to',
    hint: 'Name a bucket (`s3://bucket/prefix`), `github-pages`, or a folder.',
  },
  ci: {
    is: (text) => ['github', 'gitlab', 'none'].includes(text),
    what: 'is no continuous integration that is known',
    hint: 'Name `github`, `gitlab` or `none`.',
  },
};

/** Judges one answer; undefined when it will do, else what is wrong with it and what to do. */
export function findFault(name: keyof Answers, text: string): { message: string; hint: string } | undefined {
  const { is, what, hint } = rules[name];
  return is(text) ? undefined : { message: `\`${text}\` ${what}.`, hint };
}

const pages = ['github-pages', 'gitlab-pages', 'pages'];

function toDestination(text: string): Destination {
  if (pages.includes(text)) return { kind: 'pages' };
  return { kind: text.startsWith('s3://') ? 'bucket' : 'folder', address: text.replace(/(?<=.)\/+$/, '') };
}

/** What answers ask for; refuses those that cannot be meant. */
export function toWishes(answers: Answers): Wishes {
  for (const name of Object.keys(rules) as (keyof Answers)[]) {
    const text = answers[name];
    const fault = text === undefined ? undefined : findFault(name, text);
    if (fault) throw new PortalError(fault.message, { hint: fault.hint });
  }
  const { organization, host = 'github.com', folder, title, url, publish = 'pages', ci = 'github' } = answers;
  return {
    ...(organization !== undefined && { organization }),
    ...(folder !== undefined && { folder }),
    ...(title !== undefined && title.trim() !== '' && { title: title.trim() }),
    ...(url !== undefined && { url }),
    host: host.toLowerCase(),
    destination: toDestination(publish),
    ci: ci === 'gitlab' || ci === 'none' ? ci : 'github',
  };
}
