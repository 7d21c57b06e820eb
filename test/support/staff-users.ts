/** Invented staff of the demo. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.js';

export interface StaffUser { readonly username: string; readonly password: string; readonly name: string; readonly groups: readonly string[] }

const users = JSON.parse(readFileSync(join(packageRoot(), 'fixtures', 'staff-users.json'), 'utf8')) as StaffUser[];
const isAdmin = ({ groups }: StaffUser): boolean => groups.some((group) => group.includes('admin'));

/** Somebody who helps tenants, and their team leader, who may also read the audit trail. */
export const officer = users.find((user) => !isAdmin(user))!;
export const leader = users.find(isAdmin)!;
