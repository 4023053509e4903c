import { answerHeaders } from '../refusals.ts';
import { defineRoute } from './define.ts';

/** Who is signed in, as the catalog has them. */
export const meRoute = defineRoute({
  name: 'me',
  path: '/api/me',
  ids: [],
  parameters: [],
  toCost: () => 1,
  answer: async ({ viewer }) => {
    const user = viewer.kind === 'person' ? viewer.person : null;
    const shown = user && { ref: user.ref, title: user.title, groups: user.groups };
    return { response: new Response(JSON.stringify({ user: shown }), { headers: answerHeaders }), state: viewer.kind };
  },
});
