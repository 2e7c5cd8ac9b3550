// Simulates a captured connection several times and chooses the best run. A path's delay varies, so the times at which packets passed may
// be taken from the capture; such a run is used if more packets are alike than with a constant delay.
import {scenarioOf} from '../../lesson/run-scenario.ts';
import {simulate} from '../../sim/simulate.ts';
import type {Trace} from '../../sim/trace.ts';
import {ok, type Result} from '../../wire/result.ts';
import {type Agreement, agreementOf, type Pair} from './agreement.ts';
import {settled} from './faults.ts';
import {type NoReplay, type Reading, type Replayed, replayWith} from './from-capture.ts';
import {unseenBetween} from './identified.ts';
import {type Missing, type Seen, spaceOf} from './seen.ts';
import {isFar} from './vantage.ts';

/** The most segments that all attempts to simulate a connection may have together, so that nobody waits longer than a second or two. */
const mostSimulated = 8000;

/** How often a simulation is repeated with what the last one showed, such as when a program wrote. */
const mostRounds = 5;

const plain: Reading = {timed: false, behind: false};
const others: readonly Reading[] = [
  {timed: true, behind: false},
  {timed: true, behind: true},
  {timed: true, behind: true, clocks: true},
];

type Tried = {
  readonly reading: Reading;
  readonly replayed: Replayed;
  readonly agreement: Agreement;
  readonly missed: number;
};

const tried = (trace: Trace, reading: Reading): Result<Tried, NoReplay> => {
  const found = replayWith(trace, reading);
  if (!found.ok) return found;
  const replayed = found.value;
  const simulated = simulate(scenarioOf(replayed.run), {source: 'capture', run: 'simulated'});
  const agreement = agreementOf(replayed, simulated);
  const {alike, captured, extra} = agreement;
  const faults = settled(replayed.faults, simulated, replayed.vantage.delayUs);
  const run = {...replayed.run, faults: faults.map(({fault}) => fault)};
  return ok({reading, replayed: {...replayed, run, faults}, agreement, missed: captured - alike + extra});
};

/**
 * Returns new data of an end near the capture point that left after an arrival in the capture, but before it in the simulation: its program
 * wrote them only then, or the window grew. Only the first such data after each arrival are returned.
 */
const writtenLater = ({replayed: {vantage}, agreement: {pairs}}: Tried): readonly number[] => {
  const simulated = pairs.flatMap((pair) => pair.simulated ?? []).toSorted((a, b) => a.atUs - b.atUs);
  const found: number[] = [];
  const ends = [0, 0];
  let came: Seen | undefined;
  for (const {capture} of pairs) {
    if (!capture) continue;
    const {packet, side, length, seq, end} = capture;
    const least = ends[side] ?? 0;
    ends[side] = Math.max(least, end);
    if (isFar(vantage, side)) came = capture;
    else if (came && length > 0 && seq >= least) {
      const first = simulated.find((each) => each.side === side && each.seq <= seq && seq < each.end);
      if (!first || first.atUs >= came.atUs) continue;
      found.push(packet);
      came = undefined;
    }
  }
  return found;
};

/**
 * Returns the first segment that the far end sent once more in the simulation than the capture shows; it is assumed to have been lost
 * before the capture point. Only the first, because later ones may follow from it.
 */
const lostAgain = ({replayed: {seen, vantage}, agreement: {pairs}}: Tried): readonly Missing[] => {
  const extra = pairs.find(
    ({capture, simulated}) =>
      !capture && simulated && spaceOf(simulated) > 0 && isFar(vantage, simulated.side),
  )?.simulated;
  if (!extra) return [];
  const {side, seq, end} = extra;
  const last = seen.segments.findLast((each) => each.side === side && each.seq === seq && each.end === end);
  return last ? [{side, seq, end, beforePacket: last.packet}] : [];
};

/**
 * Returns the first acknowledgment of the far end that only the simulation has, if the IP identifications show that the far end sent a
 * packet there that was not captured.
 */
const ackLost = (
  {replayed: {seen, vantage}, agreement: {pairs}}: Tried,
  known: readonly Missing[],
): readonly Missing[] => {
  const at = pairs.findIndex(
    ({capture, simulated}) =>
      !capture && simulated && spaceOf(simulated) === 0 && isFar(vantage, simulated.side),
  );
  const extra = pairs[at]?.simulated;
  if (!extra) return [];
  const {side, seq, end, ack} = extra;
  const isOwn = ({capture}: Pair): boolean => capture?.side === side;
  const packet = pairs.slice(0, at).findLast(isOwn)?.capture?.packet;
  const beforePacket = pairs.slice(at).find(isOwn)?.capture?.packet;
  if (packet === undefined || beforePacket === undefined) return [];
  const told = known.filter((each) => each.beforePacket > packet && each.beforePacket <= beforePacket);
  const unseen = unseenBetween(seen.segments, {side, packet, beforePacket});
  return unseen > told.length ? [{side, seq, end, ack, beforePacket}] : [];
};

const refined = (tries: Tried): Reading | undefined => {
  const {begins = new Set(), missing = []} = tries.reading;
  const later = writtenLater(tries);
  const lost = [...lostAgain(tries), ...ackLost(tries, [...tries.replayed.fates.missing])];
  const added = later.filter((packet) => !begins.has(packet));
  if (added.length + lost.length === 0) return undefined;
  return {...tries.reading, begins: new Set([...begins, ...added]), missing: [...missing, ...lost]};
};

/**
 * Returns the best run that simulates the first connection of a trace, or the reason why there is none. Where a capture leaves something
 * open, several assumptions are tried, and the one with the fewest differences is used.
 */
export const replayOf = (trace: Trace): Result<Replayed, NoReplay> => {
  const first = tried(trace, plain);
  if (!first.ok) return first;
  let best = first.value;
  const {seen, vantage} = best.replayed;
  const most = vantage.guessed ? 0 : Math.floor(mostSimulated / seen.segments.length) - 1;
  let [rounds, base]: [number, Tried | undefined] = [0, undefined];
  const attempt = (reading: Reading): Tried | undefined => {
    if (best.missed === 0 || rounds++ >= most) return undefined;
    const found = tried(trace, reading);
    if (!found.ok) return undefined;
    if (found.value.missed < best.missed) best = found.value;
    return found.value;
  };
  for (const reading of others) {
    const found = attempt(reading);
    if (found && (base === undefined || found.missed <= base.missed)) base = found;
  }
  for (let round = 0; base && round < mostRounds; round++) {
    const reading = refined(base);
    base = reading && attempt(reading);
  }
  return ok(best.replayed);
};
