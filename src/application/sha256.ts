import { createHash } from 'node:crypto';

/** What stands for a text where the text itself must not: in ids, under which it is looked up, and in the audit trail's chain. As base64url. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
