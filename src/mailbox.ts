/** The demo's mailbox, for somebody who tries the gateway without a mail server: as JSON, and as a page for a browser. */
import type { FastifyInstance } from 'fastify';
import { html, type Html } from './application/mail/render.js';
import { sendPage } from './server.js';

export interface MailboxEntry {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly sentAt: string;
}

const STYLE = 'body{font:1em/1.5 sans-serif;max-width:46em;margin:2em auto;padding:0 1em}article{border-top:1px solid}pre{white-space:pre-wrap}';

const entry = ({ to, subject, text, sentAt }: MailboxEntry): Html => html`<article>
<h2>${subject}</h2>
<p>To ${to}, <time datetime="${sentAt}">${sentAt}</time></p>
<pre>${text}</pre>
</article>`;

const page = (mails: readonly MailboxEntry[]): Html => html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Demo mailbox</title><style>${STYLE}</style></head>
<body>
<h1>Demo mailbox</h1>
<p>${mails.length === 0 ? 'Nothing has been sent yet.' : 'What the gateway has sent, newest first. Nothing here has left this machine.'}</p>
${mails.map(entry)}
</body>
</html>
`;

/** `GET /demo/mailbox`: a page where one is asked for, JSON otherwise. */
export function serveMailbox(server: FastifyInstance, mails: () => readonly MailboxEntry[]): void {
  server.get('/demo/mailbox', async (request, reply) => {
    reply.header('vary', 'accept');
    if (!request.headers.accept?.includes('text/html')) return reply.send(mails());
    return sendPage(reply, page(mails()));
  });
}
