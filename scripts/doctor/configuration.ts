import type { Problem } from '#model/problems.ts';
import type { Settings } from '../settings.ts';
import type { Finding, Mark } from './finding.ts';

const about = 'Configuration';
const marks: Readonly<Record<Problem['level'], Mark>> = { error: 'missing', warning: 'limited', hint: 'note' };

/** What a configuration names to read, and what is wrong with it. */
export function judgeConfiguration({ github, sources, locations }: Settings, problems: readonly Problem[]): Finding[] {
  const counts = [
    count(github.providers.length, 'provider of repositories', 'providers of repositories'),
    count(github.organizations.length, 'of people', 'of people'),
    count(sources.length, 'folder of repositories', 'folders of repositories'),
    count(locations.length, 'location', 'locations'),
  ].flat();
  const isEmpty = counts.length === 0;
  const named: Finding = {
    about,
    mark: isEmpty ? 'missing' : 'fine',
    what: isEmpty ? 'It names nothing to read.' : `It names ${counts.join(', ')}.`,
    ...(isEmpty && { grant: 'Add a provider under `catalog.providers.github`, or a folder under `portal.sources`.' }),
  };
  const wrong = problems
    .filter(({ level, code }) => level !== 'hint' || code === 'discovery-schedule')
    .map(({ level, what, mend }): Finding => ({ about, mark: marks[level], what, grant: mend }));
  return [named, ...wrong];
}

const count = (number: number, one: string, many: string) =>
  number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
