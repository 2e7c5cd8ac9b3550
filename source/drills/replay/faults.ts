// What the path did, as faults of the run: each names its segment by sequence number and by which transmission of it is meant.
import type {Fault} from '../../sim/fault.ts';
import {seqAdd} from '../../wire/seq.ts';
import {type Fates, fateOf} from './fates.ts';
import {type Seen, type SeenConnection, type Side, spaceOf} from './seen.ts';

/** `seen`: what happened to it happened behind the capture point. */
export type PathFault = {readonly fault: Fault; readonly seen: boolean};

/** By packet: how much longer than the shortest its way to the capture point took. */
export type Lateness = ReadonlyMap<number, number>;

const patternOf = (
  {ends}: SeenConnection,
  segment: Pick<Seen, 'side' | 'seq' | 'end' | 'ack'>,
  nth: number,
): Fault['at'] => {
  const own = ends[segment.side];
  const far = ends[segment.side === 0 ? 1 : 0];
  const which =
    segment.end > segment.seq
      ? {seq: seqAdd(own.isn, segment.seq)}
      : {ack: seqAdd(far.isn, segment.ack ?? 0)};
  return {from: own.host, ...which, nth: {first: nth, last: nth}};
};

export const pathFaults = (seen: SeenConnection, fates: Fates, lateness: Lateness): readonly PathFault[] => {
  const faults: PathFault[] = [];
  const counts = new Map<string, number>();
  const count = (side: Side, what: string): number => {
    const key = `${side} ${what}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    return nth;
  };
  const gone = [...fates.missing];
  for (const segment of seen.segments) {
    for (const missing of gone.filter(({beforePacket}) => beforePacket === segment.packet)) {
      const nth = count(missing.side, `seq ${missing.seq}`);
      faults.push({
        fault: {kind: 'drop', at: patternOf(seen, {...missing, ack: undefined}, nth)},
        seen: false,
      });
    }
    const fate = fateOf(fates, segment);
    if (fate.kind === 'copy') continue;
    const nth = count(segment.side, spaceOf(segment) > 0 ? `seq ${segment.seq}` : `ack ${segment.ack}`);
    const at = patternOf(seen, segment, nth);
    if (fate.kind === 'lost') faults.push({fault: {kind: 'drop', at}, seen: true});
    if (fate.kind === 'late')
      faults.push({fault: {kind: 'delay', byUs: Math.round(fate.byUs), at}, seen: fate.behind});
    const before = lateness.get(segment.packet);
    if (before !== undefined) faults.push({fault: {kind: 'delay', byUs: before, at}, seen: false});
    const behind = Math.round(segment.lateUs ?? 0);
    if (behind > 0) faults.push({fault: {kind: 'delay', byUs: behind, at}, seen: true});
    const copy = seen.segments.find((each) => each.packet > segment.packet && isCopyOf(fates, each, segment));
    if (copy)
      faults.push({fault: {kind: 'dup', afterUs: Math.round(copy.atUs - segment.atUs), at}, seen: true});
  }
  return faults;
};

const isCopyOf = (fates: Fates, copy: Seen, segment: Seen): boolean => {
  const fate = fates.of.get(copy.packet);
  return fate?.kind === 'copy' && fate.of === segment.packet;
};
