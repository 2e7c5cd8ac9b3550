// When a receiver acknowledged at once and when it waited: what systems decide by themselves (RFC 9293 §3.8.6.3) and no packet says.
import {fateOf} from './fates.ts';
import {type Seen, type Side, spaceOf} from './seen.ts';
import {type Look, landedUs, leaving, leftUs, mayCause} from './streams.ts';
import {arrivalsOf} from './writes.ts';

/** From `from` octets on in what that side receives, this long. */
export type Patience = {readonly from: number; readonly waitUs: number};

/** Linux waits that long at least (TCP_DELACK_MIN). */
const usualWaitUs = 40_000;
const atOnceUs = 2000;

type Judged = {readonly before: number; readonly waits: boolean; readonly waitUs: number | undefined};

/** One segment with data or FIN: what first acknowledged it, and when. */
const judge = (look: Look, side: Side, arrivals: readonly Seen[], index: number): Judged | undefined => {
  const {seen, vantage} = look;
  const arrival = arrivals[index];
  if (!arrival) return undefined;
  const atUs = landedUs(vantage, arrival);
  const came = {packet: arrival.packet, atUs};
  const answer = seen.segments.find(
    (each) =>
      each.side === side &&
      each.ack !== undefined &&
      each.ack >= arrival.end &&
      mayCause(vantage, side, {came, left: leaving(vantage, each)}) &&
      fateOf(look.fates, each).kind !== 'copy',
  );
  if (!answer) return undefined;
  const waitUs = leftUs(vantage, answer) - atUs;
  const pure = spaceOf(answer) === 0;
  const before = arrival.seq - 1;
  // Others came meanwhile, and it speaks for them, too.
  const alone = answer.ack === arrival.end;
  if (pure && alone && waitUs < atOnceUs) return {before, waits: false, waitUs: undefined};
  if (pure && alone) return {before, waits: true, waitUs};
  // One for many says that the receiver was busy, not that it waited.
  const further = arrivals.slice(index + 1, index + 3).filter(({end}) => end <= (answer.ack ?? 0));
  if (further.length > 1) return undefined;
  return {before, waits: true, waitUs: undefined};
};

/** In the order in which data come; the first counts from the beginning. */
export const patienceOf = (look: Look, side: Side): readonly Patience[] => {
  const arrivals = arrivalsOf(look, side).filter((segment) => spaceOf(segment) > 0 && segment.seq > 0);
  let next = 1;
  const judged: Judged[] = [];
  for (const [index, arrival] of arrivals.entries()) {
    // What fills a gap, stands beyond one or comes again is acknowledged at once, whatever the setting.
    const inOrder = arrival.seq === next;
    next = Math.max(next, arrival.end);
    const one = inOrder ? judge(look, side, arrivals, index) : undefined;
    if (one) judged.push(one);
  }
  const waits = judged.flatMap(({waitUs}) => waitUs ?? []).sort((a, b) => a - b);
  const typicalUs =
    waits.length > 0 ? Math.max(atOnceUs, waits[Math.floor(waits.length / 2)] ?? usualWaitUs) : usualWaitUs;
  const phases: Patience[] = [];
  for (const {before, waits: delayed} of judged) {
    const waitUs = delayed ? typicalUs : 0;
    if (phases.length === 0) phases.push({from: 0, waitUs});
    else if (phases.at(-1)?.waitUs !== waitUs) phases.push({from: before, waitUs});
  }
  return phases;
};
