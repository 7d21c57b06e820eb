/** The page: it asks who is signed in, and shows the editor or the way to it. */
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Bar } from './bar.js';
import { watchIdle, type IdleWatch } from './idle.js';
import { endSession, readSession, type Session, type SignedIn } from './session.js';
import { SignedOutPage, type Ending } from './signed-out.js';
import { editorStorage, type EditorStorage } from './storage.js';
import { savedExample } from './saved.js';

/** Large, and of no use before somebody has signed in. */
const Editor = lazy(() => import('./editor.js'));

/** Signing out leads over the provider's pages and back: why it happened is kept on the way. */
const ENDING = 'playground:ending';

function takeEnding(): Ending {
  const ending = sessionStorage.getItem(ENDING) as Ending;
  sessionStorage.removeItem(ENDING);
  return ending;
}

type View = { readonly kind: 'loading' } | { readonly kind: 'unreachable' } | { readonly kind: 'shown'; readonly session: Session; readonly ending: Ending };

function Page() {
  const [view, setView] = useState<View>({ kind: 'loading' });
  useEffect(() => {
    readSession().then(
      (session) => setView({ kind: 'shown', session, ending: takeEnding() }),
      () => setView({ kind: 'unreachable' }),
    );
  }, []);
  const onEnd = useCallback((ending: Ending) => {
    setView((before) => (before.kind !== 'shown' ? before : {
      kind: 'shown', ending, session: { signedIn: false, available: true, demo: before.session.demo, landlord: before.session.landlord },
    }));
  }, []);
  if (view.kind === 'loading') return <p className="waiting" role="status">Loading the playground…</p>;
  if (view.kind === 'unreachable') return <p className="waiting" role="alert">The gateway cannot be reached. Load this page again in a moment.</p>;
  return view.session.signedIn ? <Desk session={view.session} onEnd={onEnd} /> : <SignedOutPage session={view.session} ending={view.ending} />;
}

/** What somebody works at who is signed in; with its end, everything in it is gone from the page. */
function Desk({ session, onEnd }: { session: SignedIn; onEnd: (ending: Ending) => void }) {
  const [leavingSoon, setLeavingSoon] = useState(false);
  const idle = useRef<IdleWatch>(null);
  const [storage] = useState<EditorStorage>(() => editorStorage(sessionStorage, savedExample(session.demo)));

  const leave = useCallback(async (ending: 'signed-out' | 'idle') => {
    idle.current?.signedOut();
    storage.close();
    onEnd(ending);
    sessionStorage.setItem(ENDING, ending);
    try {
      const next = await endSession();
      if (next !== null) return location.assign(next);
    } catch {
      onEnd('unfinished');
    }
    sessionStorage.removeItem(ENDING);
  }, [onEnd, storage]);

  useEffect(() => {
    const watch = watchIdle({
      minutes: session.idleMinutes,
      onWarning: setLeavingSoon,
      onIdle: () => void leave('idle'),
      onSignedOutElsewhere: () => {
        storage.close();
        onEnd('elsewhere');
      },
    });
    idle.current = watch;
    return () => watch.stop();
  }, [session.idleMinutes, leave, onEnd, storage]);

  const onQuery = useCallback(() => idle.current?.touch(), []);
  const onUnauthenticated = useCallback(() => {
    readSession().then((now) => {
      if (!now.signedIn) onEnd('expired');
    }, () => undefined);
  }, [onEnd]);

  return (
    <>
      <Bar session={session} onSignOut={() => void leave('signed-out')} />
      {leavingSoon && (
        <p className="leaving" role="alert">
          Nothing has happened here for a while: in less than a minute you will be signed out. Press any key to stay.
        </p>
      )}
      <main className="desk">
        <Suspense fallback={<p className="waiting" role="status">Loading the editor…</p>}>
          <Editor session={session} storage={storage} onQuery={onQuery} onUnauthenticated={onUnauthenticated} />
        </Suspense>
      </main>
    </>
  );
}

// A page that the browser kept, from before somebody signed out or in.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});
createRoot(document.getElementById('root')!).render(<Page />);
