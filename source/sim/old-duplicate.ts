// Old duplicates: a packet that the script will replay is kept when it leaves, and lands once more when the script says so.

import {segmentIn} from '../wire/frame.ts';
import {emptyRope, ropeConcat} from '../wire/rope.ts';
import {changeKept, type Draft, type Plan} from './draft.ts';
import type {Cause} from './scenario.ts';
import {fulfilsConditions} from './segment-pattern.ts';
import type {Flight} from './world.ts';

/** Returns the script's replays of packets, each with the index of its cause. */
export const replaysOf = (script: readonly Cause[]): Plan['replays'] =>
  script.flatMap(({action}, index) => (action.call === 'replay' ? [[index, action] as const] : []));

/** Keeps the data of further packets that the same sender sends at the same time on the same connection. */
const keepData = (draft: Draft, cause: number, flight: Flight, retransmission: boolean): void => {
  const kept = draft.world.kept[cause];
  if (!kept?.flight || retransmission || kept.atUs !== draft.nowUs || kept.flight.from !== flight.from)
    return;
  const [first, segment] = [segmentIn(kept.flight.frame), segmentIn(flight.frame)];
  const same = first?.srcPort === segment?.srcPort && first?.dstPort === segment?.dstPort;
  if (segment && same)
    changeKept(draft, cause, {...kept, data: ropeConcat(kept.data ?? emptyRope, segment.payload)});
};

/** Keeps a copy of the packet as its sender sent it; damage to the first copy does not affect it. */
export const keepForReplay = (draft: Draft, flight: Flight, retransmission: boolean): void => {
  if (flight.hop > 0 || flight.packet < 1) return;
  for (const [cause, {of, nth}] of draft.plan.replays) {
    const kept = draft.world.kept[cause];
    keepData(draft, cause, flight, retransmission);
    if (kept?.flight || (of.host !== undefined && of.host !== flight.from)) continue;
    if (!fulfilsConditions(of, {frame: flight.frame, retransmission})) continue;
    const seen = (kept?.seen ?? 0) + 1;
    const {nowUs: atUs} = draft;
    const found = seen === nth && {flight, atUs, data: segmentIn(flight.frame)?.payload ?? emptyRope};
    changeKept(draft, cause, {seen, ...found});
  }
};
