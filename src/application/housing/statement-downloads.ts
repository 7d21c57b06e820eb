/**
 * Statements to keep: addresses at which the account that asked has a statement as a file, for five minutes. The store holds
 * which statement that is and no figures: they are read again when the file is fetched, and so is whose tenancy it is.
 */
import type { LocalDate } from '../../domain/calendar.js';
import { GatewayError } from '../../domain/errors.js';
import { balance, statement, type Statement } from '../../domain/rent.js';
import { addressBelow } from '../address-below.js';
import type { Documents } from '../identity/documents.js';
import { removeOfAccount } from '../identity/transaction.js';
import type { Random, StatementFormat, Store, TenancyReference } from '../ports.js';
import type { Landlord } from '../../domain/landlord.js';
import type { Viewer } from '../viewer.js';
import { Access, type HousingDeps } from './access.js';
import { balancesInPence, extracts } from './account.js';

export const DOWNLOAD_KIND = 'download';
export const DOWNLOAD_MINUTES = 5;
const ID_BYTES = 32;

export const FORMATS = ['csv', 'pdf'] as const;
export type FormatName = (typeof FORMATS)[number];

export interface DownloadDeps {
  readonly store: Store;
  readonly random: Random;
  readonly landlord: Landlord;
  readonly statementFormats: Readonly<Record<FormatName, StatementFormat>>;
  /** Where the gateway is reached from outside. */
  readonly ownUrl: () => string;
}

/** A statement of a tenancy from a day on. */
export interface StatementKey { readonly reference: TenancyReference; readonly from: LocalDate }

export interface TenancyStatement extends Statement { readonly tenancyReference: TenancyReference }

export interface StatementDownloads {
  readonly csvUrl: string;
  readonly pdfUrl: string;
  readonly expiresAt: Date;
}

export interface DownloadRecord {
  readonly accountId: string;
  readonly tenancyReference: TenancyReference;
  readonly from: LocalDate;
  /** Instants, ISO. The first one's London day is the statement's last, also when the file is fetched after midnight. */
  readonly askedAt: string;
  readonly expiresAt: string;
}

/**
 * Addresses for each of these statements, in one commit. @returns in the order of the keys; in the place of a tenancy that is
 * not the viewer's, the same error as for one that does not exist.
 */
export async function prepareDownloads(
  deps: Pick<DownloadDeps, 'store' | 'random' | 'ownUrl'>, access: Access, keys: readonly StatementKey[],
): Promise<(StatementDownloads | GatewayError)[]> {
  const { accountId } = access.require();
  const visible = new Set(await access.visible(keys.map(({ reference }) => reference)));
  const expiresAt = new Date(access.now.getTime() + DOWNLOAD_MINUTES * 60_000);
  const prepared = keys.map((key) => ({ ...key, id: deps.random.token(ID_BYTES) }));
  const allowed = prepared.filter(({ reference }) => visible.has(reference));
  const written = allowed.length === 0 || await deps.store.commit(allowed.map(({ id, reference, from }) => {
    const value: DownloadRecord = { accountId, tenancyReference: reference, from, askedAt: access.now.toISOString(), expiresAt: expiresAt.toISOString() };
    return { kind: DOWNLOAD_KIND, id, ifVersion: 0, value, expiresAt: expiresAt.getTime() };
  }));
  if (!written) throw new GatewayError('SERVICE_UNAVAILABLE', 'This cannot be done just now. Please try again.', { system: 'store' });
  const base = addressBelow(deps.ownUrl(), '/statements/');
  return prepared.map(({ id, reference }) => (visible.has(reference)
    ? { csvUrl: `${base}${id}.csv`, pdfUrl: `${base}${id}.pdf`, expiresAt }
    : new GatewayError('NOT_FOUND', 'There is no such tenancy.')));
}

export interface StatementFile {
  /** Safe in a header and on any disk; says nothing of whose it is. */
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * The file at an address. The statement is the one that the query gave: of the same days, by the same use cases.
 * @returns null for an unknown or expired id, another account's, and a tenancy that is the viewer's no more: without a difference.
 */
export async function downloadStatement(
  deps: HousingDeps & DownloadDeps, viewer: Viewer, id: string, format: FormatName,
): Promise<StatementFile | null> {
  const record = (await deps.store.get<DownloadRecord>(DOWNLOAD_KIND, id))?.value;
  const now = deps.clock();
  if (!record || record.accountId !== viewer.accountId || now.getTime() >= Date.parse(record.expiresAt)) return null;
  const { tenancyReference, from } = record;
  const access = new Access({ ...deps, clock: () => new Date(record.askedAt) }, viewer);
  access.operation = 'statement download';
  access.seenAt = now;
  const [ledgers, balances] = await Promise.all([extracts(access, [tenancyReference], from), balancesInPence(access, [tenancyReference])]);
  const extract = ledgers.get(tenancyReference);
  const pence = balances.get(tenancyReference);
  if (extract === undefined || pence === undefined) return null;
  const { mediaType, render } = deps.statementFormats[format];
  const bytes = await render({
    landlord: deps.landlord.name, portal: deps.landlord.portalName, tenancyReference,
    // Not `statementOf`: where it does not reconcile, the query has logged that.
    statement: statement(from, access.today, extract, pence), balance: balance(pence, now),
  });
  return { name: `statement-${from}-to-${access.today}.${format}`, mediaType, bytes };
}

/** Forgets the addresses of an account that is erased. */
export const removeDownloadsOf = (store: Documents, accountId: string): Promise<void> => removeOfAccount(store, DOWNLOAD_KIND, accountId);
