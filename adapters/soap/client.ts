import soap from 'soap';
import { GatewayError, legacyUnavailable } from '../../src/domain/errors.js';

/** From the first byte sent to the last one read. */
export const TOTAL_MS = 8_000;
export const MOST_BYTES = 2 * 1024 * 1024;

export interface SoapOptions {
  /** The service's address; user and password, where it holds them, become DirectUser. */
  readonly url: string;
  /** The contract, from a file: the gateway starts without the service. */
  readonly wsdlPath: string;
  readonly sourceSystem?: string;
  readonly onCall?: (operation: string, outcome: 'ok' | 'unavailable' | 'refused') => void;
  readonly onFailure?: (operation: string, cause: Record<string, unknown>) => void;
}

export type Content = Readonly<Record<string, unknown>>;

export interface SoapService {
  /**
   * Calls an operation. @param read takes what is wanted out of the content of its `<Operation>Result`; what it throws makes
   * the call a failed one. @throws LEGACY_UNAVAILABLE, LEGACY_REFUSED.
   */
  call<T>(operation: string, request: Content, read: (content: Content) => T): Promise<T>;
}

type Method = (request: Content, options: Record<string, unknown>) => Promise<[unknown, ...unknown[]]>;

/** Addresses with credentials are split, so that neither a log nor an error can show them. */
function addressOf(url: string): { endpoint: string; user: Content } {
  const parsed = new URL(url);
  const user = { UserName: decodeURIComponent(parsed.username), Password: decodeURIComponent(parsed.password) };
  parsed.username = '';
  parsed.password = '';
  return { endpoint: parsed.href, user };
}

/**
 * The library takes a text that begins and ends like a CDATA section for one, and writes it down unescaped, so that whoever
 * typed it could close the section and go on in XML of their own. A space in front makes it a text like any other.
 */
function guarded(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('<![CDATA[') ? ` ${value}` : value;
  if (Array.isArray(value)) return value.map(guarded);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, content]) => [name, guarded(content)]));
}

/** What went wrong, as the log may hold it: never a message, which may quote the envelope. */
function shownCause(error: unknown): Record<string, unknown> {
  const fault = (typeof error === 'object' && error !== null ? error : {}) as { name?: unknown; code?: unknown; response?: { status?: unknown }; legacyCode?: unknown };
  const pick = { name: fault.name, code: fault.code, status: fault.response?.status, legacyCode: fault.legacyCode };
  return Object.fromEntries(Object.entries(pick).filter(([, value]) => typeof value === 'string' || typeof value === 'number'));
}

/** It understood and said no. */
export class Refused extends Error {
  constructor(readonly legacyCode: string) {
    super('Success=false');
    this.name = 'Refused';
  }
}

/** What is plainly a code; a sentence in its place could be about somebody, and a refusal's code is logged and shown to staff. */
const codeIn = (held: unknown): string => (typeof held === 'string' && /^\s*[\w.-]{1,12}\s*$/.test(held) ? held.trim() : '');

/** The content of an answer; whatever is not a whole and successful one is an error, never an empty list. */
function contentOf(operation: string, answer: unknown): Content {
  const result = (answer as Record<string, unknown> | null | undefined)?.[`${operation}Result`];
  if (typeof result !== 'object' || result === null) throw new TypeError('an answer without its result');
  const { Success, ErrorCode } = result as Content;
  if (Success === false) throw new Refused(codeIn(ErrorCode));
  if (Success !== true) throw new TypeError('an answer that does not say whether it succeeded');
  return result as Content;
}

/** The legacy web service; nothing is fetched before the first call. */
export function soapService(options: SoapOptions): SoapService {
  const { endpoint, user } = addressOf(options.url);
  let opening: Promise<soap.Client> | undefined;
  // Dates are naive London times: left as text, since a Date would read them in the machine's own zone.
  const asText = (text: string): string => text;
  const client = (): Promise<soap.Client> => {
    opening ??= soap.createClientAsync(options.wsdlPath, {
      customDeserializer: { dateTime: asText, date: asText } as never,
      // A list that is null is the legacy system's empty one; a list that is not there is half an answer.
      handleNilAsNull: true,
    }, endpoint).catch((error: unknown) => {
      opening = undefined;
      throw error;
    });
    return opening;
  };

  return {
    async call(operation, request, read) {
      try {
        const method = ((await client()) as unknown as Record<string, Method>)[`${operation}Async`];
        if (!method) throw new TypeError('the contract has no such operation');
        const body = guarded({ DirectUser: user, SourceSystem: options.sourceSystem ?? 'HousingGateway', ...request }) as Content;
        const [answer] = await method(body, {
          signal: AbortSignal.timeout(TOTAL_MS),
          timeout: TOTAL_MS,
          maxContentLength: MOST_BYTES,
          maxRedirects: 0,
          proxy: false,
        });
        const wanted = read(contentOf(operation, answer));
        options.onCall?.(operation, 'ok');
        return wanted;
      } catch (error) {
        const refused = error instanceof Refused;
        options.onCall?.(operation, refused ? 'refused' : 'unavailable');
        options.onFailure?.(operation, shownCause(error));
        throw refused
          ? new GatewayError('LEGACY_REFUSED', 'The housing system refused this request.', { system: 'soap', cause: error })
          : legacyUnavailable('soap', error);
      }
    },
  };
}
