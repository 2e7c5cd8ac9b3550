// Old duplicates: a packet that the script will replay is kept when it leaves, and lands once more when the script says so.
import {changeKept, type Draft, emit, schedule} from './draft.ts';
import type {Action, Cause} from './scenario.ts';
import {fulfilsConditions} from './segment-pattern.ts';
import type {Flight} from './world.ts';

type Replay = Extract<Action, {call: 'replay'}>;

/** The script's replays, by the number of their cause. */
export const replaysOf = (script: readonly Cause[]): readonly (readonly [index: number, action: Replay])[] =>
  script.flatMap(({action}, index) => (action.call === 'replay' ? [[index, action] as const] : []));

/** A copy as it left its maker: what the path does to the first one does not happen to it. */
export const keepForReplay = (draft: Draft, flight: Flight, retransmission: boolean): void => {
  if (flight.hop > 0 || flight.packet < 1) return;
  for (const [cause, {of, nth}] of draft.plan.replays) {
    const kept = draft.world.kept[cause];
    if (kept?.flight || (of.host !== undefined && of.host !== flight.from)) continue;
    if (!fulfilsConditions(of, {frame: flight.frame, retransmission})) continue;
    const seen = (kept?.seen ?? 0) + 1;
    changeKept(draft, cause, {seen, ...(seen === nth ? {flight} : {})});
  }
};

/** It comes off its first link now. */
export const replayPacket = (draft: Draft, cause: number, host: string, action: Replay): void => {
  const flight = draft.world.kept[cause]?.flight;
  const result = flight ? 'ok' : 'ENOENT';
  emit(draft, {kind: 'call', host: flight?.from ?? host, call: 'replay', action, result});
  if (flight) schedule(draft, draft.nowUs, {kind: 'arrival', flight});
};
