import { PassThrough } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Clock, MailCause, Mailer, MailOutcome, OutgoingMail } from '../../src/application/ports.js';
import { faultOf, isPlainAddress } from './checked.js';
import { smtpSettings } from './settings.js';

export interface SmtpDeadlines {
  readonly connectMs: number;
  readonly greetingMs: number;
  /** Of silence, at any time after the greeting. */
  readonly socketMs: number;
  /** All in all, for a server that answers a little now and then. */
  readonly totalMs: number;
}

export interface SmtpOptions {
  readonly url: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly clock: Clock;
  readonly deadlines?: SmtpDeadlines;
  /** The one authority to trust instead of the system's, as PEM. */
  readonly ca?: string;
}

const DEADLINES: SmtpDeadlines = { connectMs: 5_000, greetingMs: 5_000, socketMs: 20_000, totalMs: 30_000 };

/** What a failure says in codes. The server's own words are left out, for they quote the address. */
function causeOf(error: unknown): MailCause {
  const { code, command, responseCode, response } = (error ?? {}) as Record<string, unknown>;
  const enhanced = typeof response === 'string' ? /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] : undefined;
  return {
    code: typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code) ? code : 'UNKNOWN',
    ...(typeof command === 'string' && /^[A-Z ]{1,20}$/.test(command) && { command }),
    ...(typeof responseCode === 'number' && { response: responseCode }),
    ...(enhanced !== undefined && { enhanced }),
  };
}

/**
 * Only a refusal of this recipient or of this message is for good. One of our login, our sender or our connection is a
 * fault in the settings: it is put right while the mail waits.
 */
function outcomeOf(error: unknown, wentOut: boolean): MailOutcome {
  const cause = causeOf(error);
  const answered = typeof cause['response'] === 'number';
  if (answered && Number(cause['response']) >= 500 && (cause['command'] === 'RCPT TO' || cause['command'] === 'DATA')) return { outcome: 'refused', cause };
  return { outcome: wentOut && !answered ? 'unanswered' : 'failed', cause };
}

/**
 * Sends by SMTP, one connection a mail.
 * @throws where the address of the server or of the sender is faulty.
 */
export function smtpMailer({ url, from, clock, deadlines = DEADLINES, ca }: SmtpOptions): Mailer {
  const { host, port, tls, auth } = smtpSettings(url);
  if (!isPlainAddress(from.address)) throw new Error('the sender, MAIL_FROM, is not a plain e-mail address');
  const domain = from.address.slice(from.address.indexOf('@') + 1);
  const options = {
    host, port, secure: tls === 'implicit', requireTLS: tls === 'starttls', ignoreTLS: tls === 'none',
    ...(ca !== undefined && { tls: { ca } }),
    ...(auth && { auth: { ...auth }, forceAuth: true }),
    // Our own timers stop at the same moments whether the name, the connection or the handshake is slow.
    connectionTimeout: deadlines.connectMs, dnsTimeout: deadlines.connectMs, greetingTimeout: deadlines.greetingMs, socketTimeout: deadlines.socketMs,
    disableFileAccess: true, disableUrlAccess: true,
  };

  async function send(mail: OutgoingMail): Promise<MailOutcome> {
    const fault = faultOf(mail);
    if (fault) return fault;
    let wentOut = false;
    const transport = createTransport(options);
    transport.use('stream', (message, done) => {
      // Once the last of it is read, a lost connection no longer tells whether it arrived.
      message.message.processFunc((input) => input.pipe(new PassThrough({ flush: (end) => {
        wentOut = true;
        end();
      } })));
      done();
    });
    try {
      await transport.sendMail({
        from: { ...from },
        to: [{ name: '', address: mail.to.address }],
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        messageId: `<${mail.messageId}@${domain}>`,
        date: clock(),
        // So that out-of-office answers are not sent back.
        headers: { 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.timeout(deadlines.totalMs),
      });
      return { outcome: 'accepted' };
    } catch (error) {
      return outcomeOf(error, wentOut);
    }
  }

  return { deadlineMs: deadlines.totalMs, send };
}
