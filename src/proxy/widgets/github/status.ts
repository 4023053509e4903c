import type { LiveLevel, LiveStatus } from '#model/live/answer.ts';
import type { GithubData } from '#model/live/github.ts';

type Workflow = GithubData['workflows'][number];

const several: Record<LiveLevel, (count: number) => string> = {
  broken: (count) => `${count} workflows failed`,
  attention: (count) => `${count} workflows need attention`,
  well: (count) => `all ${count} workflows passed`,
  unknown: (count) => `${count} workflows are running`,
};

/** What is over counts before what still runs. */
const order: readonly LiveLevel[] = ['broken', 'attention', 'well', 'unknown'];

function toWorkflowStatus(workflows: readonly Workflow[]): LiveStatus {
  const level = order.find((one) => workflows.some((workflow) => workflow.level === one));
  if (level === undefined) return { level: 'unknown', words: 'no workflow has run' };
  const [first, ...others] = workflows.filter((workflow) => workflow.level === level);
  if (first && others.length === 0) {
    const words = level === 'well' && workflows.length > 1 ? 'the others are running' : undefined;
    return { level, words: `${first.name} ${first.words}${words === undefined ? '' : `, ${words}`}` };
  }
  return { level, words: several[level](others.length + 1) };
}

function formatPulls({ pullRequests, morePullRequests }: GithubData): string {
  const count = `${pullRequests.length}${morePullRequests ? '+' : ''}`;
  return `${count} open ${count === '1' ? 'pull request' : 'pull requests'}`;
}

/** How a repository is: by its workflows; how many pull requests are open is neither good nor bad. */
export function toStatus(data: GithubData, has: { runs: boolean; pulls: boolean }): LiveStatus {
  const pulls = has.pulls && data.pullRequests.length > 0 ? formatPulls(data) : undefined;
  const { level, words }: LiveStatus = has.runs
    ? toWorkflowStatus(data.workflows)
    : { level: 'unknown', words: 'workflows are not known' };
  return { level, words: pulls === undefined ? words : `${words} · ${pulls}` };
}
