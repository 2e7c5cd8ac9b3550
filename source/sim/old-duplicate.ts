// Keeps a copy of each packet that the script will replay as an old duplicate, when the packet leaves for the first time.

import {segmentIn} from '../wire/frame.ts';
import {emptyRope, ropeConcat} from '../wire/rope.ts';
import {changeKept, type Draft, type Plan} from './draft.ts';
import type {Cause} from './scenario.ts';
import {fulfilsConditions} from './segment-pattern.ts';
import type {Flight} from './world.ts';

/** Returns the calls of the script that replay a packet, each with the index of its entry in the script. */
export const replaysOf = (script: readonly Cause[]): Plan['replays'] =>
  script.flatMap(({action}, index) => (action.call === 'replay' ? [[index, action] as const] : []));

/** Adds to a kept packet the data of further packets that its sender sends at the same time on the same connection. */
const keepData = (draft: Draft, cause: number, flight: Flight, retransmission: boolean): void => {
  const kept = draft.world.kept[cause];
  if (!kept?.flight || retransmission || kept.atUs !== draft.nowUs || kept.flight.from !== flight.from)
    return;
  const [first, segment] = [segmentIn(kept.flight.frame), segmentIn(flight.frame)];
  const same = first?.srcPort === segment?.srcPort && first?.dstPort === segment?.dstPort;
  if (segment && same)
    changeKept(draft, cause, {...kept, data: ropeConcat(kept.data ?? emptyRope, segment.payload)});
};

/**
 * Keeps a copy of a packet that the script will replay, as its sender sent it; faults that damage the first transmission do not affect the
 * copy.
 */
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
