/** The snippets of a guide, and what it says that they answer. */
import { readFileSync } from 'node:fs';

export interface Snippet {
  readonly name: string;
  readonly language: 'ts' | 'sh';
  readonly code: string;
  /** What the guide says that it prints; '' for nothing. */
  readonly answer: string;
}

/** A fenced block, with the comment right above it: what is said of it there. */
const BLOCK = /(?:<!-- ([^\n]+) -->\n)?```(\w+)\n([\s\S]*?)```/g;

/**
 * All snippets of a Markdown file that are to be run, in their order. A block of code says above it `run: name` (TypeScript), `run in the
 * shell: name`, or `not run: why`; `answers: name` stands above what one prints. @throws where a block says nothing, or twice the same.
 */
export function snippetsOf(path: string): readonly Snippet[] {
  const snippets = new Map<string, Snippet>();
  for (const [, said = '', language, body = ''] of readFileSync(path, 'utf8').matchAll(BLOCK)) {
    const [, what, name = ''] = /^(run|run in the shell|answers|not run): (.+)$/.exec(said) ?? [];
    const known = snippets.get(name);
    if (what === 'not run') continue;
    if (what === 'answers' && known) snippets.set(name, { ...known, answer: body });
    else if ((what === 'run' && language === 'ts') || (what === 'run in the shell' && language === 'sh')) {
      if (known) throw new Error(`there are two snippets called ${name}`);
      snippets.set(name, { name, language, code: body, answer: '' });
    } else throw new Error(`a block of ${language} says nothing of how it is run: ${body.slice(0, 60)}`);
  }
  return [...snippets.values()];
}

/** Stands, in an answer, for what differs each time. */
const ANYTHING = '…';

const pattern = (text: string): RegExp => new RegExp(`^${text.split(ANYTHING).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`);
const fits = (said: string, printed: string): boolean => said.includes(ANYTHING) && pattern(said).test(printed);

/** What is said, with what was printed in the place of each `…` that fits it: compare it with what was printed. */
function filled(said: unknown, printed: unknown): unknown {
  if (typeof said === 'string') return typeof printed === 'string' && fits(said, printed) ? printed : said;
  if (Array.isArray(said)) return said.map((one, at) => filled(one, (printed as unknown[] | undefined)?.[at]));
  if (typeof said !== 'object' || said === null) return said;
  return Object.fromEntries(Object.entries(said).map(([name, one]) => [name, filled(one, (printed as Record<string, unknown> | undefined)?.[name])]));
}

/** An answer as the guide says it and as it was printed, to be compared: as JSON where it is JSON, else line by line. */
export function compared(said: string, printed: string): { readonly said: unknown; readonly printed: unknown } {
  const read = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return text.trim().split('\n').map((line) => line.trimEnd());
    }
  };
  const got = read(printed);
  return { said: filled(read(said), got), printed: got };
}
