/** What pages of signing in look like: the portal's own type, space and colours, in both schemes. */
export const pageStyle = [
  ':root{color-scheme:light dark}',
  'body{margin:0;background:light-dark(#fff,#11161b);color:light-dark(#17212b,#e4eaef);font:400 .9375rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",sans-serif}',
  'main{max-width:26rem;margin:18vh auto 2rem;padding:0 1.5rem}',
  'h1{margin:0 0 .5rem;font-size:1.375rem;font-weight:600;line-height:1.25}',
  'p{margin:0 0 1.5rem;color:light-dark(#53616e,#9aa8b4)}',
  'a,button{display:inline-block;box-sizing:border-box;padding:.4rem .9rem;border:1px solid light-dark(#0b5b94,#79bdf2);border-radius:4px;background:light-dark(#0b5b94,#79bdf2);color:light-dark(#fff,#0d1a24);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}',
  'a.quiet{margin-left:.5rem;border-color:light-dark(#7f8b96,#6e7b87);background:none;color:inherit}',
  'form{display:inline}',
  ':focus-visible{outline:2px solid light-dark(#0b5b94,#79bdf2);outline-offset:2px}',
].join('');

type Way = { label: string; to: string; isForm?: boolean };
type Page = { status: number; title: string; text: string; ways: (top: string) => Way[] };

const again = (label: string) => (top: string) => [{ label, to: `${top}auth/sign-in` }];

/** The pages of signing in. None says who may come in, or what there is. */
const pages = {
  denied: {
    status: 403,
    title: 'You have no access',
    text: 'This portal is not open to the account that you signed in with, or signing in was cancelled. If you need it, ask those who run it.',
    ways: (top: string) => [{ label: 'Sign in with another account', to: `${top}auth/sign-in?anew` }],
  },
  failed: {
    status: 400,
    title: 'Signing in did not work',
    text: 'It took too long, was done twice, or began in another browser. Nothing is lost: sign in again.',
    ways: again('Sign in'),
  },
  unreachable: {
    status: 503,
    title: 'Signing in is not possible now',
    text: 'The sign-in service does not answer. Try again in a few minutes.',
    ways: again('Try again'),
  },
  broken: {
    status: 502,
    title: 'Signing in is not possible now',
    text: 'The sign-in service gave an answer that cannot be used. Try again in a few minutes; if it lasts, tell those who run this portal.',
    ways: again('Try again'),
  },
  often: {
    status: 429,
    title: 'Too many attempts',
    text: 'Somebody at your network address tried to sign in very often. Wait a minute, then try again.',
    ways: again('Try again'),
  },
  signOut: {
    status: 200,
    title: 'Sign out?',
    text: 'You will have to sign in again to read this portal.',
    ways: (top: string) => [
      { label: 'Sign out', to: `${top}auth/sign-out`, isForm: true },
      { label: 'Stay', to: top },
    ],
  },
  signedOut: {
    status: 200,
    title: 'You are signed out',
    text: 'If others use this browser too, close it: the sign-in service may still know you.',
    ways: again('Sign in'),
  },
  nowhere: {
    status: 404,
    title: 'There is nothing here',
    text: 'The address may be mistyped. To read the portal, sign in.',
    ways: again('Sign in'),
  },
} satisfies Record<string, Page>;

export type PageName = keyof typeof pages;

const rows: Readonly<Record<PageName, Page>> = pages;

/** A page of signing in: its status and its HTML, which runs nothing. */
export function formatPage(name: PageName, top: string): { status: number; html: string } {
  const { status, title, text, ways } = rows[name];
  const shown = ways(top)
    .map((way, at) => formatWay(way, at > 0))
    .join('');
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${pageStyle}</style>`;
  const body = `<main><h1>${title}</h1><p>${text}</p>${shown}</main>`;
  return { status, html: `<!doctype html>\n<html lang="en"><head>${head}</head><body>${body}</body></html>\n` };
}

function formatWay({ label, to, isForm }: Way, isQuiet: boolean): string {
  const address = to.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
  if (isForm) return `<form method="post" action="${address}"><button>${label}</button></form>`;
  return `<a href="${address}"${isQuiet ? ' class="quiet"' : ''}>${label}</a>`;
}
