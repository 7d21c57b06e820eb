/**
 * What the editor may remember: the queries in its tabs and in its history, and how it is arranged, until the browser's tab is
 * closed or somebody signs out. Variables, headers and results are left out, since they are about people.
 */

const PREFIX = 'graphiql:';

/** Kept as they are. */
const PLAIN = new Set(['query', 'theme', 'visiblePlugin', 'docExplorerFlex', 'editorFlex', 'secondaryEditorFlex']);

type Fields = Readonly<Record<string, unknown>>;

const only = (fields: Fields, names: readonly string[]): Fields => Object.fromEntries(names.map((name) => [name, fields[name]]));

function tabs(text: string): string {
  const state = JSON.parse(text) as { tabs: Fields[]; activeTabIndex: number };
  return JSON.stringify({
    activeTabIndex: state.activeTabIndex,
    tabs: state.tabs.map((tab) => ({ ...only(tab, ['id', 'title', 'query', 'operationName']), hash: null, variables: null, headers: null, response: null })),
  });
}

const queriesOf = (name: string) => (text: string): string => {
  const items = (JSON.parse(text) as Record<string, Fields[]>)[name] ?? [];
  return JSON.stringify({ [name]: items.map((item) => only(item, ['query', 'operationName', 'label', 'favorite'])) });
};

const STRIPPED: Readonly<Record<string, (text: string) => string>> = { tabState: tabs, queries: queriesOf('queries'), favorites: queriesOf('favorites') };

/** What is used of the browser's storage; its keys are its own properties. */
export interface Keeping {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface EditorStorage extends Keeping {
  clear(): void;
  readonly length: number;
  /** Forgets everything, and keeps nothing more: the editor writes with a delay. */
  close(): void;
}

/**
 * @param storage the browser's own, of this tab.
 * @param example the variables that a query is shown with when it comes back; null where it is nobody's saved query.
 */
export function editorStorage(storage: Keeping, example: (query: string) => string | null): EditorStorage {
  let closed = false;
  const own = (): string[] => Object.keys(storage).filter((key) => key.startsWith(PREFIX));
  const clear = (): void => own().forEach((key) => storage.removeItem(key));
  const withExamples = (text: string): string => {
    const state = JSON.parse(text) as { tabs: (Fields & { query: string | null })[] };
    return JSON.stringify({ ...state, tabs: state.tabs.map((tab) => ({ ...tab, variables: example(tab.query ?? '') })) });
  };
  return {
    getItem: (key) => {
      const name = key.slice(PREFIX.length);
      if (name === 'variables') return example(storage.getItem(`${PREFIX}query`) ?? '');
      const text = storage.getItem(key);
      return text !== null && name === 'tabState' ? withExamples(text) : text;
    },
    setItem: (key, value) => {
      const name = key.slice(PREFIX.length);
      const kept = PLAIN.has(name) ? value : STRIPPED[name]?.(value);
      if (!closed && kept !== undefined) storage.setItem(key, kept);
    },
    removeItem: (key) => storage.removeItem(key),
    clear,
    get length() {
      return own().length;
    },
    close: () => {
      closed = true;
      clear();
    },
  };
}
