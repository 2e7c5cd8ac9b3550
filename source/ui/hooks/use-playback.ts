// Runs the only timer of the app: it ticks while something moves, and does not exist otherwise.
import {useEffect, useEffectEvent} from 'react';

/** The time in ms between two frames on a terminal that cannot keep up. */
const slowFrameMs = 100;

type Ticking = {
  /** The real time in ms until the next tick; undefined if nothing moves. */
  readonly intervalMs: number | undefined;
  /** Tells whether the terminal has not yet read everything that was written to it. */
  isBehind(): boolean;
  /** Called with the real time in ms since the last tick: if a frame is late, the next one shows more, and playback is not slower. */
  tick(ms: number): void;
};

export function usePlayback({intervalMs, isBehind, tick}: Ticking): void {
  const delay = useEffectEvent((ms: number) => (isBehind() ? Math.max(ms, slowFrameMs) : ms));
  const move = useEffectEvent((ms: number) => tick(ms));
  useEffect(() => {
    if (intervalMs === undefined) return undefined;
    let lastMs = performance.now();
    let timer = setTimeout(onTimeout, delay(intervalMs));
    function onTimeout() {
      const nowMs = performance.now();
      const passedMs = nowMs - lastMs;
      lastMs = nowMs;
      // The next timer is set before the tick; if nothing moves after the tick, the effect's cleanup clears it.
      timer = setTimeout(onTimeout, delay(intervalMs ?? slowFrameMs));
      move(passedMs);
    }
    return () => clearTimeout(timer);
  }, [intervalMs]);
}
