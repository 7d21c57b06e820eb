/** One call to a provider's JSON API: one deadline for all of it, no redirects, a bounded answer, and failures that hold codes alone. */

/** From the first byte sent to the last one read. */
export const TOTAL_MS = 8_000;
export const MOST_BYTES = 256 * 1024;

/** Why a call failed: its name is a code or two, which a log may hold. It has no message and no cause that could quote. */
export class PaymentFailure extends Error {
  constructor(code: string) {
    super('');
    this.name = code;
  }
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The provider's own error code, where it looks like one: the words beside it may quote what was sent. */
function codeIn(body: unknown): string {
  const code = (body as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^P\d{4}$/.test(code) ? ` ${code}` : '';
}

const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;

/** What went wrong on the way, as a code. */
function failureOf(error: unknown): PaymentFailure {
  if (error instanceof PaymentFailure) return error;
  const { name, code, cause } = (error ?? {}) as { name?: unknown; code?: unknown; cause?: { code?: unknown } };
  if (name === 'TimeoutError' || name === 'AbortError') return new PaymentFailure('TIMEOUT');
  const known = [cause?.code, code].find((each) => typeof each === 'string' && CODE.test(each));
  return new PaymentFailure(typeof known === 'string' ? known : 'NO_ANSWER');
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += (chunk as Uint8Array).length;
    // Leaving the loop ends the connection too.
    if (length > MOST_BYTES) throw new PaymentFailure('TOO_LARGE');
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * @param key sent as the bearer. @param missing whether a 404 is an answer, and no failure.
 * @throws PaymentFailure for everything but a success with JSON in it.
 */
export async function call(
  url: URL, key: string, init: { readonly method: 'GET' | 'POST'; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }, missing = false,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      ...init, redirect: 'manual', signal: AbortSignal.timeout(TOTAL_MS),
      headers: { accept: 'application/json', authorization: `Bearer ${key}`, ...init.headers },
    });
    const text = await bounded(response);
    let body: unknown = null;
    try {
      body = JSON.parse(text);
    } catch {
      if (response.ok) throw new PaymentFailure('NOT_JSON');
    }
    if (!response.ok && !(missing && response.status === 404)) throw new PaymentFailure(`HTTP_${response.status}${codeIn(body)}`);
    return { status: response.status, body };
  } catch (error) {
    throw failureOf(error);
  }
}
