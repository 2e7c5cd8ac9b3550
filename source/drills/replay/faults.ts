// Turns what a capture's path did into faults of the simulated run. Each fault names its segment by sequence number and by how often it was
// sent.
import type {Fault} from '../../sim/fault.ts';
import {formatFault} from '../../sim/fault-text.ts';
import type {Trace} from '../../sim/trace.ts';
import {seqAdd} from '../../wire/seq.ts';
import {type Fates, fateOf, overtook} from './fates.ts';
import type {Seen, SeenConnection, Side} from './seen.ts';
import {landedUs} from './streams.ts';
import {isFar, type Vantage} from './vantage.ts';

/** A fault of the simulated path; `seen` is true if it happened after the capture point, so that the capture has the segment. */
export type PathFault = {readonly fault: Fault; readonly seen: boolean};

/**
 * The capture point on the path. With `timed`, segments of the far end pass it in the simulation when they did in the capture, whenever
 * they were sent.
 */
export type Way = {readonly vantage: Vantage; readonly timed: boolean};

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

const keyOf = ({seq, end, ack}: Pick<Seen, 'seq' | 'end' | 'ack'>): string =>
  end > seq ? `seq ${seq}` : `ack ${ack}`;

/** Returns the captured segments in the order of sending: an original that its retransmission overtook comes first. */
const asSent = ({segments}: SeenConnection): readonly Seen[] => {
  const sent: Seen[] = [];
  for (const segment of segments) {
    const repeat = sent.findIndex((each) => overtook(each, segment));
    sent.splice(repeat < 0 ? sent.length : repeat, 0, segment);
  }
  return sent;
};

export const pathFaults = (
  seen: SeenConnection,
  fates: Fates,
  {vantage, timed}: Way,
): readonly PathFault[] => {
  const faults: PathFault[] = [];
  const counts = new Map<string, number>();
  const count = (side: Side, what: string): number => {
    const key = `${side} ${what}`;
    const nth = (counts.get(key) ?? 0) + 1;
    counts.set(key, nth);
    return nth;
  };
  const gone = [...fates.missing];
  for (const segment of asSent(seen)) {
    for (const missing of gone.filter(({beforePacket}) => beforePacket === segment.packet)) {
      const nth = count(missing.side, keyOf({ack: undefined, ...missing}));
      const at = patternOf(seen, {ack: undefined, ...missing}, nth);
      faults.push({fault: {kind: 'drop', at}, seen: false});
    }
    const fate = fateOf(fates, segment);
    if (fate.kind === 'copy') continue;
    const nth = count(segment.side, keyOf(segment));
    const at = patternOf(seen, segment, nth);
    if (fate.kind === 'lost') faults.push({fault: {kind: 'drop', at}, seen: true});
    const held = timed && isFar(vantage, segment.side);
    if (fate.kind === 'late' && (fate.behind || !held))
      faults.push({fault: {kind: 'delay', byUs: Math.round(fate.byUs), at}, seen: fate.behind});
    const until = (landed: Seen): Fault => ({
      ...{kind: 'delay', byUs: 0, at},
      untilUs: Math.round(landedUs(vantage, landed)),
    });
    if (held) faults.push({fault: until({...segment, lateUs: 0}), seen: false});
    if ((segment.lateUs ?? 0) > 0) faults.push({fault: until(segment), seen: true});
    const copy = seen.segments.find((each) => each.packet > segment.packet && isCopyOf(fates, each, segment));
    const afterUs = copy ? copy.atUs - segment.atUs : fates.doubled.get(segment.packet);
    if (afterUs !== undefined)
      faults.push({fault: {kind: 'dup', afterUs: Math.round(afterUs), at}, seen: true});
  }
  return faults;
};

const isCopyOf = (fates: Fates, copy: Seen, segment: Seen): boolean => {
  const fate = fates.of.get(copy.packet);
  return fate?.kind === 'copy' && fate.of === segment.packet;
};

/**
 * Returns the faults in a form that `--fault` can express: a delay until some time becomes the number of µs that it was in the simulated
 * run, and is left out if it was none.
 */
export const settled = (
  faults: readonly PathFault[],
  trace: Trace,
  delayUs: number,
): readonly PathFault[] => {
  const known = new Map(faults.map((each) => [formatFault(each.fault), each]));
  const delays = new Map<PathFault, PathFault>();
  for (let id = 1; id <= trace.packetCount; id++) {
    const {sendEvent, sentUs} = trace.packet(id);
    const event = trace.event(sendEvent);
    let onWayUs = delayUs;
    for (const text of event.kind === 'send' ? event.faults : []) {
      const each = known.get(text);
      if (each?.fault.kind !== 'delay') continue;
      const {byUs, untilUs = 0, at} = each.fault;
      const longerUs = Math.max(byUs, untilUs - sentUs - onWayUs);
      onWayUs += longerUs;
      if (longerUs > 0) delays.set(each, {...each, fault: {kind: 'delay', byUs: longerUs, at}});
    }
  }
  return faults.flatMap((each) => {
    const isOpen = each.fault.kind === 'delay' && each.fault.untilUs !== undefined;
    return isOpen ? (delays.get(each) ?? []) : [each];
  });
};
