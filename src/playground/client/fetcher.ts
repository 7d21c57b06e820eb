/** How a query reaches the gateway: with the session's cookie, or in the demo with a tenant's own token. */
import type { Fetcher } from '@graphiql/toolkit';

export interface FetcherOptions {
  /** Whether an Authorization header of the headers editor is sent. */
  readonly demo: boolean;
  /** Called before each query. */
  readonly onQuery: () => void;
  /** Called where the gateway no longer knows the session. */
  readonly onUnauthenticated: () => void;
}

interface Answer {
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

const problem = (message: string): { errors: { message: string }[] } => ({ errors: [{ message }] });

/** The token of the headers editor, whatever the case of its name. */
function authorizationOf(headers: Readonly<Record<string, unknown>> | undefined): string | null {
  const found = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return typeof found === 'string' && found.trim() !== '' ? found : null;
}

export function fetcherFor({ demo, onQuery, onUnauthenticated }: FetcherOptions): Fetcher {
  return async ({ query, variables, operationName }, options) => {
    onQuery();
    const authorization = demo ? authorizationOf(options?.headers) : null;
    let response: Response;
    let answer: Answer;
    try {
      response = await fetch('/playground/graphql', {
        method: 'POST', credentials: 'same-origin', cache: 'no-store',
        headers: { accept: 'application/json', 'content-type': 'application/json', ...(authorization !== null && { authorization }) },
        body: JSON.stringify({ query, variables, operationName }),
      });
    } catch {
      return problem('The gateway cannot be reached. Look at your network connection, and run the query again.');
    }
    try {
      answer = await response.json() as Answer;
    } catch {
      return problem(`The gateway answered ${response.status}, and not with JSON.`);
    }
    const unauthenticated = response.status === 401 || answer.errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED');
    // A tenant's token that is refused says nothing about the session.
    if (unauthenticated && authorization === null) onUnauthenticated();
    return answer as Awaited<ReturnType<Fetcher>>;
  };
}
