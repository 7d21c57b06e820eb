import sql from 'mssql';

/**
 * The settings in LEGACY_SQL_URL: `Server=host,1433;Database=housing;User Id=...;Password=...;Encrypt=true`, or the same as an
 * address, `mssql://user:password@host:1433/housing?encrypt=true`.
 * @throws Error that names the variable and what is missing, and no value.
 */
export function parseConnection(text: string): sql.config {
  const parsed = sql.ConnectionPool.parseConnectionString(/^(mssql|sqlserver):\/\//i.test(text) ? fromAddress(text) : text) as Partial<sql.config>;
  const missing = [!parsed.server && 'the server', !parsed.database && 'the database', !parsed.user && 'the user'].filter(Boolean);
  if (missing.length > 0) throw new Error(`LEGACY_SQL_URL: ${missing.join(', ')} cannot be read from it`);
  return parsed as sql.config;
}

function fromAddress(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Error('LEGACY_SQL_URL: it is not an address');
  }
  const quoted = (value: string): string => `"${decodeURIComponent(value).replaceAll('"', '""')}"`;
  return [
    `Server=${url.hostname.replace(/^\[|\]$/g, '')},${url.port || '1433'}`,
    `Database=${quoted(url.pathname.slice(1))}`,
    `User Id=${quoted(url.username)}`,
    `Password=${quoted(url.password)}`,
    ...[...url.searchParams].map(([name, value]) => `${name}=${quoted(value)}`),
  ].join(';');
}
