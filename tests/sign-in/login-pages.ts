import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Interaction, Provider } from 'oidc-provider';
import { people } from './people.ts';

type Pair = { request: IncomingMessage; response: ServerResponse };

/** A page of a provider that somebody signs in at. */
export function toPage(title: string, form: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${form}</html>`;
}

/** Answers with a page. */
export function sendPage(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(page);
}

/** The fields of a form that was sent. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await text(request));
}

const toForms = (uid: string): Readonly<Record<string, string>> => ({
  login: toPage(
    'Sign in to Acme',
    `<form method="post" action="/interaction/${uid}"><label>E-mail <input name="email" type="email" required></label>
     <button name="do" value="login">Sign in</button></form>`,
  ),
  consent: toPage(
    'Let the portal know who you are?',
    `<form method="post" action="/interaction/${uid}"><button name="do" value="consent">Allow</button>
     <button name="do" value="cancel">Cancel</button></form>`,
  ),
});

/** Answers what somebody sees of a provider between leaving the portal and coming back to it. */
export async function answerInteraction(provider: Provider, { request, response }: Pair): Promise<void> {
  const interaction = await provider.interactionDetails(request, response);
  const page = toForms(interaction.uid)[interaction.prompt.name] ?? '';
  if (request.method !== 'POST') return sendPage(response, 200, page);
  const form = await readForm(request);
  const result = await toResult(provider, interaction, form);
  if (!result) return sendPage(response, 401, page);
  const isConsent = 'consent' in result;
  return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: isConsent });
}

async function toResult(provider: Provider, interaction: Interaction, form: URLSearchParams) {
  const wanted = form.get('do');
  if (wanted === 'cancel') return { error: 'access_denied', error_description: 'Somebody did not want to.' };
  if (wanted === 'consent') return { consent: { grantId: await grant(provider, interaction) } };
  const person = people.find(({ email }) => email === form.get('email'));
  return person && { login: { accountId: person.name } };
}

async function grant(provider: Provider, { session, params, prompt: { details } }: Interaction): Promise<string> {
  const given = new provider.Grant({ accountId: session?.accountId ?? '', clientId: String(params.client_id) });
  given.addOIDCScope((details.missingOIDCScope ?? []).join(' '));
  given.addOIDCClaims(details.missingOIDCClaims ?? []);
  return given.save();
}
