/** Tells when nobody has been at the page for a while, in this tab or in another one of the same browser. */

const LOOK_EVERY_MS = 5_000;
const WARN_BEFORE_MS = 60_000;
const ACTIVITIES = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const;

export interface IdleOptions {
  readonly minutes: number;
  /** Called when the last minute begins, with true, and with false when somebody is there again. */
  readonly onWarning: (soon: boolean) => void;
  readonly onIdle: () => void;
  /** Called where another tab signed out. */
  readonly onSignedOutElsewhere: () => void;
}

export interface IdleWatch {
  /** Somebody did something, such as running a query. */
  touch(): void;
  /** Tells the other tabs that the session has ended. */
  signedOut(): void;
  stop(): void;
}

export function watchIdle({ minutes, onWarning, onIdle, onSignedOutElsewhere }: IdleOptions): IdleWatch {
  const limit = minutes * 60_000;
  const others = new BroadcastChannel('housing-gateway-playground');
  let last = Date.now();
  let told = last;
  let warned = false;
  let ended = false;
  const seen = (): void => {
    last = Date.now();
    if (!warned) return;
    warned = false;
    onWarning(false);
  };
  let place = '';
  const touch = (event?: Event): void => {
    // Browsers tell of a pointer that lies still, too, when something moves below it.
    if (event instanceof PointerEvent && event.type === 'pointermove') {
      const now = `${event.screenX},${event.screenY}`;
      if (now === place) return;
      place = now;
    }
    // After a night asleep the clock comes before whoever opened the lid.
    if (Date.now() - last >= limit) return look();
    seen();
    if (last - told < LOOK_EVERY_MS) return;
    told = last;
    others.postMessage('active');
  };
  const look = (): void => {
    const idle = Date.now() - last;
    if (idle >= limit) {
      clearInterval(timer);
      if (!ended) onIdle();
      ended = true;
    } else if (idle >= limit - WARN_BEFORE_MS && !warned) {
      warned = true;
      onWarning(true);
    }
  };
  const timer = setInterval(look, LOOK_EVERY_MS);
  others.onmessage = ({ data }) => (data === 'active' ? seen() : onSignedOutElsewhere());
  for (const activity of ACTIVITIES) window.addEventListener(activity, touch, { capture: true, passive: true });
  document.addEventListener('visibilitychange', look);
  function stop(): void {
    clearInterval(timer);
    others.close();
    for (const activity of ACTIVITIES) window.removeEventListener(activity, touch, { capture: true });
    document.removeEventListener('visibilitychange', look);
  }
  return { touch: () => touch(), signedOut: () => others.postMessage('signed-out'), stop };
}
