/** What an access token says of its holder. */
export interface AccessClaims {
  /** The account. */
  readonly subject: string;
  /** The session, looked up on each request. */
  readonly session: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** DESIGN 4, Numbers. */
export const ACCESS_TOKEN_SECONDS = 10 * 60;
export const SESSION_IDLE_SECONDS = 15 * 60;
export const SESSION_ABSOLUTE_SECONDS = 8 * 60 * 60;
