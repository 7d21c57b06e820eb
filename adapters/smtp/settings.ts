/** Where mail goes out, read from one address: `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; TLS by STARTTLS, and no mail without it; no TLS. */
  readonly tls: 'implicit' | 'starttls' | 'none';
  readonly auth: { readonly user: string; readonly pass: string } | null;
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw new Error('a percent sign in the user or the password is written %25');
  }
}

/**
 * TLS is required, and the server's certificate checked, save on this machine itself. `?tls=none` does without it on a network
 * that is trusted, but then sends no password; `?tls=required` asks for it on this machine too.
 * @throws an Error that names the fault and quotes nothing.
 */
export function smtpSettings(address: string): SmtpSettings {
  if (!URL.canParse(address)) throw new Error('not an address');
  const url = new URL(address);
  if (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') throw new Error('an address that begins with smtp:// or smtps://');
  if (url.hostname === '') throw new Error('a host is missing');
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  for (const name of url.searchParams.keys()) if (name !== 'tls') throw new Error('the only parameter is tls');
  const asked = url.searchParams.get('tls') ?? (isLoopback(host) ? 'none' : 'required');
  if (asked !== 'required' && asked !== 'none') throw new Error('tls is required or none');
  const implicit = url.protocol === 'smtps:';
  const tls = implicit ? 'implicit' : asked === 'required' ? 'starttls' : 'none';
  if (implicit && url.searchParams.get('tls') === 'none') throw new Error('smtps:// is TLS: tls=none contradicts it');
  if (url.username === '' && url.password !== '') throw new Error('a password needs a user');
  if (url.username !== '' && tls === 'none' && !isLoopback(host)) throw new Error('a password is not sent without TLS');
  return {
    host,
    port: url.port === '' ? (implicit ? 465 : 587) : Number(url.port),
    tls,
    auth: url.username === '' ? null : { user: decoded(url.username), pass: decoded(url.password) },
  };
}
