import { answerHeaders } from '../refusals.ts';
import { defineRoute } from './define.ts';

/** Who is signed in, as the catalog has them; in a demonstration, that nobody really is. */
export const meRoute = defineRoute({
  name: 'me',
  path: '/api/me',
  ids: [],
  parameters: [],
  toCost: () => 1,
  answer: async ({ viewer }, { settings }) => {
    const user = viewer.kind === 'person' ? viewer.person : null;
    const shown = user && { ref: user.ref, title: user.title, groups: user.groups };
    const answer = { user: shown, ...(settings.isDemo && { isDemo: true }) };
    return { response: new Response(JSON.stringify(answer), { headers: answerHeaders }), state: viewer.kind };
  },
});
