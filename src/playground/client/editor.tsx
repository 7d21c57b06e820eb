/** The editor, GraphiQL: with our files, our storage, our way to the gateway, and the saved queries beside it. */
import { useMemo } from 'react';
import { editorStyle, workers } from 'playground:built';
import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import type { GraphiQLPlugin } from '@graphiql/react';
import { GraphiQL } from 'graphiql';
import { fetcherFor } from './fetcher.js';
import { SavedQueriesPanel, WELCOME } from './saved-panel.js';
import type { SignedIn } from './session.js';
import type { EditorStorage } from './storage.js';

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_id: string, label: string) =>
      new Worker(`/playground/assets/${label === 'graphql' ? workers.graphql : label === 'json' ? workers.json : workers.editor}`, { type: 'module', name: label }),
  },
});

export interface EditorProps {
  readonly session: SignedIn;
  readonly storage: EditorStorage;
  readonly onQuery: () => void;
  readonly onUnauthenticated: () => void;
}

function SavedIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" aria-hidden="true">
      <path d="M6 3h12v18l-6-4.5L6 21z" />
    </svg>
  );
}

export default function Editor({ session, storage, onQuery, onUnauthenticated }: EditorProps) {
  const fetcher = useMemo(() => fetcherFor({ demo: session.demo, onQuery, onUnauthenticated }), [session.demo, onQuery, onUnauthenticated]);
  const saved = useMemo<GraphiQLPlugin>(() => ({ title: 'Saved queries', icon: SavedIcon, content: () => <SavedQueriesPanel session={session} /> }), [session]);
  const plugins = useMemo(() => [saved, HISTORY_PLUGIN], [saved]);
  return (
    <>
      <link rel="stylesheet" href={`/playground/assets/${editorStyle}`} precedence="editor" />
      <GraphiQL
        fetcher={fetcher}
        storage={storage}
        plugins={plugins}
        visiblePlugin={saved}
        defaultQuery={WELCOME}
        defaultEditorToolsVisibility="variables"
        isHeadersEditorEnabled={session.demo}
        shouldPersistHeaders={false}
        showPersistHeadersSettings={false}
        inputValueDeprecation
      >
        <GraphiQL.Logo><span /></GraphiQL.Logo>
        <GraphiQL.Footer><p className="answers">Answers appear here. When you sign out they are gone.</p></GraphiQL.Footer>
      </GraphiQL>
    </>
  );
}
