/** The panel of saved queries: each opens in a tab, with an example of its variables to edit. */
import { useState } from 'react';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { exampleOf, savedQueries, type SavedQuery } from '../saved-queries.js';
import { textOf } from './saved.js';
import type { SignedIn } from './session.js';

/** What a new tab says. */
export const WELCOME = '# Choose a saved query,\n# or write your own.\n#\n# The book on the far\n# left explains every\n# field there is.\n';

export function SavedQueriesPanel({ session }: { session: SignedIn }) {
  const [opened, setOpened] = useState<SavedQuery | null>(null);
  const open = useOpening(session.demo);
  const shown = savedQueries.filter(({ adminOnly }) => !adminOnly || session.role === 'STAFF_ADMIN');
  const list = (queries: readonly SavedQuery[]) => (
    <ul>
      {queries.map((saved) => (
        <li key={saved.operation}>
          <button type="button" aria-current={opened === saved} onClick={() => { open(saved); setOpened(saved); }}>
            <strong>{saved.title}</strong>
            <span>{saved.about}</span>
          </button>
        </li>
      ))}
    </ul>
  );
  return (
    <section className="saved-queries" aria-label="Saved queries">
      <h2>Saved queries</h2>
      <p className="how" role="status">
        {opened === null
          ? 'Begin with one of these.'
          : <>Edit the values of <em>{opened.title}</em> under Variables, then press <b>&#9654;</b> or Ctrl-Enter.</>}
      </p>
      <h3>Look</h3>
      {list(shown.filter(({ changes }) => !changes))}
      <h3>Change</h3>
      {list(shown.filter(({ changes }) => changes))}
    </section>
  );
}

/** Opens a saved query: in its own tab where it has one, else in an empty one. */
function useOpening(demo: boolean): (saved: SavedQuery) => void {
  const { addTab, changeTab, updateActiveTabValues } = useGraphiQLActions();
  const tabs = useGraphiQL((state) => state.tabs);
  const activeTabIndex = useGraphiQL((state) => state.activeTabIndex);
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  return (saved) => {
    if (!queryEditor || !variableEditor) return;
    const query = textOf(saved);
    const shown = queryEditor.getValue();
    if (shown === query) return;
    const found = tabs.findIndex((tab, index) => index !== activeTabIndex && tab.query === query);
    if (found !== -1) return changeTab(found);
    if (shown.replace(/^#.*$/gm, '').trim() !== '') addTab();
    const variables = exampleOf(saved, demo);
    queryEditor.setValue(query);
    queryEditor.setScrollPosition({ scrollTop: 0, scrollLeft: 0 });
    variableEditor.setValue(variables);
    updateActiveTabValues({ query, variables, operationName: saved.operation });
  };
}
