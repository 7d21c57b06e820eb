/** The plain pages that somebody sees who could not be signed in. They say why in general, and nothing of who it was. */
import type { FastifyReply } from 'fastify';
import { html, type Html } from '../application/mail/render.js';
import type { StaffSignInFailure } from '../application/staff/sign-in.js';
import { sendPage } from '../server.js';

export type SignInTrouble = StaffSignInFailure | 'UNAVAILABLE' | 'NOT_SET_UP';

const STYLE = 'body{font:1.1em/1.5 sans-serif;max-width:40em;margin:3em auto;padding:0 1em;color:#0b0c0c;background:#fff}code{font-size:1em}';

interface Words {
  readonly status: number;
  readonly title: string;
  readonly text: string;
  readonly again: boolean;
}

const askAround = (landlord: string): string => `Ask whoever looks after staff accounts at ${landlord}`;

function wordsFor(trouble: SignInTrouble, landlord: string): Words {
  switch (trouble) {
    case 'NO_GROUP': return { status: 403, title: 'You are not let in here', again: true,
      text: `Your sign-in is good, but it is in none of the groups that may use the housing gateway. ${askAround(landlord)} to put you into one, then try again.` };
    case 'GROUPS_LEFT_OUT': return { status: 403, title: 'Your groups could not be read', again: true,
      text: `Your sign-in is good, but it is in so many groups that they were not passed on. ${askAround(landlord)} to give you a role in this application, and tell them this page's code.` };
    case 'NOT_BEGUN_HERE': return { status: 400, title: 'This sign-in cannot be finished', again: true,
      text: 'It took longer than ten minutes, was finished already, or was begun in another browser or window.' };
    case 'NOT_VOUCHED_FOR': return { status: 403, title: 'You were not signed in', again: true,
      text: `The sign-in of ${landlord} did not say who you are. It may have been cancelled there.` };
    case 'UNAVAILABLE': return { status: 503, title: 'Signing in does not work just now', again: true,
      text: 'The sign-in cannot be reached. Please try again in a few minutes.' };
    case 'NOT_SET_UP': return { status: 503, title: 'Staff sign-in is not set up', again: false,
      text: 'Whoever runs this gateway has to say where staff sign in. These settings are missing:' };
  }
}

/** Sends the page for a trouble. @param settings the names of those that are missing, where that is the trouble. */
export function sendTrouble(reply: FastifyReply, trouble: SignInTrouble, landlord: string, settings: readonly string[] = []): FastifyReply {
  const { status, title, text, again } = wordsFor(trouble, landlord);
  const list: readonly Html[] = settings.length === 0 ? [] : [html`<ul>${settings.map((name) => html`<li><code>${name}</code></li>`)}</ul>`];
  const link: readonly Html[] = again ? [html`<p><a href="/playground/sign-in">Try again</a></p>`] : [];
  const page = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title><style>${STYLE}</style></head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
${[...list, ...link]}
<p>Code: <code>${trouble}</code></p>
</main>
</body>
</html>
`;
  return sendPage(reply.status(status), page);
}
