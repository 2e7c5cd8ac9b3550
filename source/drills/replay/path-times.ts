// A path is never equally long twice: queues, other traffic. How long each packet took to the capture point is taken from the
// capture, as far as the run has sent the same one: what comes of it is simulated again, and looked at again.
import {scenarioOf} from '../../lesson/run-scenario.ts';
import {simulate} from '../../sim/simulate.ts';
import type {Trace} from '../../sim/trace.ts';
import {ok, type Result} from '../../wire/result.ts';
import {type Agreement, agreementOf} from './agreement.ts';
import type {Lateness} from './faults.ts';
import {type NoReplay, type Replayed, replayWith} from './from-capture.ts';
import {isFar} from './vantage.ts';

/** Each time what is alike reaches further, if it does. */
const mostRounds = 8;
/** Simulated in all, in the rounds of one connection: nobody waits longer than a second or two. */
const mostSimulated = 8000;

const roundsFor = ({seen}: Replayed): number =>
  Math.min(mostRounds, Math.floor(mostSimulated / seen.segments.length));

const missed = ({alike, captured, extra}: Agreement): number => captured - alike + extra;

/** What is less than that, schedulers and captures add (in µs). */
const noiseUs = ({vantage}: Replayed): number => Math.max(40, vantage.delayUs / 400);

const later = (replayed: Replayed, {pairs}: Agreement, lateness: Lateness): Lateness => {
  const times = new Map(lateness);
  for (const {capture, simulated, alike} of pairs) {
    if (!alike || !capture || !simulated || !isFar(replayed.vantage, capture.side)) continue;
    const byUs = Math.round((times.get(capture.packet) ?? 0) + capture.atUs - simulated.atUs);
    if (byUs > noiseUs(replayed)) times.set(capture.packet, byUs);
    else times.delete(capture.packet);
  }
  return times;
};

type Tried = {readonly replayed: Replayed; readonly missed: number};

/** `behind`: with the times behind the capture point as answers tell them, or as if they were always the same. */
const triedWith = (trace: Trace, behind: boolean): Result<Tried, NoReplay> => {
  let lateness: Lateness = new Map();
  let best: Tried | undefined;
  for (let round = 0; ; round++) {
    const found = replayWith(trace, {lateness, behind});
    if (!found.ok) return found;
    const replayed = found.value;
    const simulated = simulate(scenarioOf(replayed.run), {source: 'capture', run: 'simulated'});
    const agreement = agreementOf(replayed, simulated);
    if (best === undefined || missed(agreement) <= best.missed) best = {replayed, missed: missed(agreement)};
    if (best.missed === 0 || replayed.vantage.guessed || round >= roundsFor(replayed)) return ok(best);
    lateness = later(replayed, agreement, lateness);
  }
};

/** The trace holds one connection (`--connection N`), or its first one is meant. What a capture leaves open is tried both ways. */
export const replayOf = (trace: Trace): Result<Replayed, NoReplay> => {
  const plain = triedWith(trace, false);
  if (!plain.ok || plain.value.missed === 0) return plain.ok ? ok(plain.value.replayed) : plain;
  if (roundsFor(plain.value.replayed) === 0) return ok(plain.value.replayed);
  const timed = triedWith(trace, true);
  const better = timed.ok && timed.value.missed < plain.value.missed ? timed : plain;
  return ok(better.value.replayed);
};
