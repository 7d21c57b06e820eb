import type { RedisOptions } from 'ioredis';

const DEFAULT_PORT = 6379;

/** `redis://user:password@host:port/database`, or `rediss://` for TLS. Options in the query are not read: they could undo ours. */
export function addressOf(url: string): Pick<RedisOptions, 'host' | 'port' | 'username' | 'password' | 'db' | 'tls'> {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const host = hostname.replace(/^\[(.*)\]$/, '$1') || 'localhost';
  const database = /^\/?(\d*)$/.exec(pathname)?.[1];
  if (database === undefined) throw new Error('STORE_URL: after the host stands the number of a database, or nothing');
  return {
    host,
    port: port === '' ? DEFAULT_PORT : Number(port),
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
    db: Number(database),
    ...(protocol === 'rediss:' && { tls: { servername: host } }),
  };
}
