// The only timer of the app: it ticks while something moves, and is gone when all is still.
import {useEffect, useEffectEvent} from 'react';

/** A terminal that cannot keep up gets 10 frames a second. */
const slowFrameMs = 100;

type Ticking = {
  /** Real milliseconds until the next tick is wanted; undefined: nothing moves. */
  readonly intervalMs: number | undefined;
  /** Whether what was written waits to be read. */
  isBehind(): boolean;
  /** `ms` have really gone by since the last tick: a late frame drops, time does not stretch. */
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
      // Armed before the tick: if nothing moves after it, the effect's cleanup disarms.
      timer = setTimeout(onTimeout, delay(intervalMs ?? slowFrameMs));
      move(passedMs);
    }
    return () => clearTimeout(timer);
  }, [intervalMs]);
}
