import type { Reader } from './reader.js';

/** The council's own sign-in, by OpenID Connect. */
export interface StaffConfig {
  /** Exactly as the provider names itself. */
  readonly issuer: string;
  readonly clientId: string;
  /** Whom access tokens must be for. */
  readonly audience: string;
  readonly scope: string;
  readonly groupsClaim: string;
  readonly staffGroups: readonly string[];
  readonly adminGroups: readonly string[];
}

/** Without these nobody can be recognised as staff. */
export const STAFF_REQUIRED = ['STAFF_OIDC_ISSUER', 'STAFF_OIDC_CLIENT_ID', 'STAFF_OIDC_STAFF_GROUPS', 'STAFF_OIDC_ADMIN_GROUPS'] as const;
const STAFF_OPTIONAL = ['STAFF_OIDC_CLIENT_SECRET_FILE', 'STAFF_OIDC_AUDIENCE', 'STAFF_OIDC_GROUPS_CLAIM', 'STAFF_OIDC_SCOPE'];

/** The settings of staff sign-in; null where none of them is set. */
export function staffOf(reader: Reader): StaffConfig | null {
  if ([...STAFF_REQUIRED, ...STAFF_OPTIONAL].every((name) => reader.text(name) === null)) return null;
  reader.required(STAFF_REQUIRED, 'where other settings of STAFF_OIDC are');
  const clientId = reader.text('STAFF_OIDC_CLIENT_ID') ?? '';
  const scope = reader.text('STAFF_OIDC_SCOPE') ?? 'openid profile email';
  if (!scope.split(/\s+/).includes('openid')) reader.faults.push('STAFF_OIDC_SCOPE: names with spaces between them, openid among them');
  const groups = (name: string): readonly string[] => {
    const values = reader.list(name);
    if (reader.text(name) !== null && values.length === 0) reader.faults.push(`${name}: one group or several, with commas between them`);
    return values;
  };
  return {
    issuer: reader.secureUrl('STAFF_OIDC_ISSUER') ?? '', clientId, scope,
    audience: reader.text('STAFF_OIDC_AUDIENCE') ?? clientId,
    groupsClaim: reader.text('STAFF_OIDC_GROUPS_CLAIM') ?? 'groups',
    staffGroups: groups('STAFF_OIDC_STAFF_GROUPS'), adminGroups: groups('STAFF_OIDC_ADMIN_GROUPS'),
  };
}

/** Null for a public client. */
export function staffClientSecret(reader: Reader): string | null {
  const file = reader.file('STAFF_OIDC_CLIENT_SECRET_FILE');
  if (file === null) return null;
  const secret = file.toString('utf8').trim();
  if (secret === '') reader.faults.push('STAFF_OIDC_CLIENT_SECRET_FILE: the file is empty');
  return secret;
}
