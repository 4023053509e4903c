import type { TakenOver } from './take-over.ts';
import { type Answers, findFault } from './wishes.ts';

/** Who answers questions: somebody at a terminal. Answers undefined when they will not go on. */
export type Questions = { ask: (question: string) => Promise<string | undefined>; tell: (text: string) => void };

type Question = { name: keyof Answers; ask: string; fallback?: string | undefined; isNeeded?: boolean };

/** The questions that options, a Backstage configuration and the address of the repository leave open: three at most. */
export function listQuestions(
  answers: Answers,
  taken: TakenOver | undefined,
  owner: { organization: string } | undefined,
): Question[] {
  const url = taken?.settings.getIn(['app', 'baseUrl']);
  const all: Question[] = [
    {
      name: 'organization',
      ask: 'Which organisation on GitHub is read?',
      fallback: owner?.organization,
      isNeeded: true,
    },
    {
      name: 'url',
      ask: 'At which address will people open the portal?',
      fallback: typeof url === 'string' ? url : undefined,
    },
    {
      name: 'publish',
      ask: 'Where is it published: s3://bucket/prefix, a folder, or github-pages?',
      fallback: 'github-pages',
    },
  ];
  const isRead = answers.folder !== undefined || hasSources(taken);
  return all.filter(({ name }) => answers[name] === undefined && !(name === 'organization' && isRead));
}

/** Whether a configuration that was taken over names something to read. */
export function hasSources(taken: TakenOver | undefined): boolean {
  const paths = [
    ['catalog', 'providers', 'github'],
    ['catalog', 'locations'],
    ['portal', 'sources'],
  ];
  return paths.some((path) => taken?.settings.hasIn(path));
}

/** Asks until each answer will do; undefined when whoever is asked will not go on. */
export async function askAll(questions: readonly Question[], { ask, tell }: Questions): Promise<Answers | undefined> {
  const answers: Answers = {};
  for (const { name, ask: text, fallback, isNeeded } of questions) {
    for (;;) {
      const said = await ask(`${text}${fallback === undefined ? '' : ` [${fallback}]`} `);
      if (said === undefined) return undefined;
      const answer = said.trim() === '' ? fallback : said.trim();
      const fault = answer === undefined ? undefined : findFault(name, answer);
      if (fault) tell(`${fault.message} ${fault.hint}\n`);
      else if (answer === undefined && isNeeded)
        tell('Without it there is nothing to read; Ctrl+C leaves everything as it is.\n');
      else {
        if (answer !== undefined) answers[name] = answer;
        break;
      }
    }
  }
  return answers;
}
