// Quiz questions about which end stays in TIME-WAIT, and until when (RFC 9293 §3.6.1): the end that closed first, for 2 MSL from the last
// ACK.

import {packetOf} from '../account/packet.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import {timeText} from '../lesson/value.ts';
import type {Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {hasFlag} from '../wire/tcp.ts';
import {timersSentences} from '../words/catalogue/questions.ts';
import {lastSent} from './instants.ts';
import {beliefsIn, type Found, kindOf, type Rejection} from './kind.ts';
import type {PromptPacket} from './prompt.ts';
import {rowsIn, sentLine} from './said.ts';
import {segmentsOf} from './segments.ts';
import {profileText, type TimerEvent, timerEvents} from './timers.ts';
import {hasWholeHalf, secondsAs} from './times.ts';

const {timeWait: said} = timersSentences;

const waits = oncePer((trace: Trace): readonly TimerEvent[] => {
  const started = timerEvents(trace).filter(({name, op}) => name === '2MSL' && op === 'arm');
  // A FIN that arrives again restarts the 2MSL timer, so when it first started nobody could know when it would end.
  const same = (a: TimerEvent, b: TimerEvent): boolean => a.host === b.host && a.connection === b.connection;
  return started.filter((each) => started.filter((other) => same(each, other)).length === 1);
});

/** 2 MSL in µs by the RFC and in Linux (RFC 9293 §3.4.2: MSL is two minutes; Linux: TCP_TIMEWAIT_LEN). */
const known = {rfc: 240_000_000, linux: 60_000_000} as const;

type Givens = {
  /** The packets of the connection's close, printed from the first FIN on; everything before has arrived. */
  readonly lines: readonly PromptPacket[];
  /** The time at which the last ACK of the close leaves, in µs. */
  readonly atUs: number;
  /** The system that the hosts behave like if its 2 MSL is the known one, otherwise the length of 2 MSL in this run in µs. */
  readonly twoMsl: {readonly like: keyof typeof known} | {readonly us: number};
};

type Closing = {readonly closer: string; readonly peer: string};

/** Returns the end that sent the first FIN, and the other end; undefined if the two FINs crossed. */
const closerIn = ({lines}: Givens): Closing | undefined => {
  const fins = rowsIn(lines).filter(({has}) => has('FIN'));
  const [first] = fins;
  const second = fins.find(({from}) => from !== first?.from);
  return first && second?.ack === first.end ? {closer: first.from, peer: first.to} : undefined;
};

const lengthOf = ({twoMsl}: Givens): number => ('us' in twoMsl ? twoMsl.us : known[twoMsl.like]);

const timesOf = (givens: Givens) => secondsAs([givens.atUs, lengthOf(givens) / 2]);

const value = (who: string, us: number): string => `${who}@${us}`;

/**
 * Returns a function that computes a wrong answer, with the end and wait from `answer` instead of the right ones; its result is undefined
 * if the FINs crossed.
 */
const ending =
  (answer: (closing: Closing, lengthUs: number) => readonly [string, number]) => (givens: Givens) => {
    const closing = closerIn(givens);
    if (!closing) return undefined;
    const [who, us] = answer(closing, lengthOf(givens));
    return value(who, givens.atUs + us);
  };

const nobody = '0';

const mostLines = 6;

const found = (trace: Trace, armed: TimerEvent): Found<Givens> | Rejection => {
  const {host, connection, dueUs, atUs, n} = armed;
  const own = segmentsOf(trace).sent.filter(
    ({event, flow, back}) =>
      event.n <= n + 2 && event.atUs <= atUs && (flow === connection || back === connection),
  );
  const first = own.findIndex(({segment}) => hasFlag(segment, 'FIN'));
  const lines = own.slice(first);
  const peer = own[first] && packetOf(trace, own[first].event.packet).to;
  if (first < 0 || waits(trace).some((each) => each.host === peer && each.host !== host)) return 'hidden';
  if (lines.length > mostLines) return 'wide';
  const us = dueUs - atUs;
  if (!hasWholeHalf(us)) return 'hidden';
  const {profile} = trace.header;
  const isUsual = (profile === 'rfc' || profile === 'linux') && known[profile] === us;
  const did = value(host, dueUs);
  return {
    givens: {
      lines: lines.map((each) => sentLine(trace, each)),
      atUs,
      twoMsl: isUsual ? {like: profile} : {us},
    },
    ...{did, n, because: armed.because},
    evidence: {packet: lastSent(trace, n), field: 'timer:2MSL', value: String(dueUs)},
    fieldValue: (each) => (each === did ? String(dueUs) : each),
  };
};

export const endsInTimeWait = kindOf<Givens, TimerEvent>({
  kind: 'ends-in-time-wait',
  form: 'choice',
  among: ({trace}) => waits(trace),
  at: ({n}) => n,
  find: ({trace}, armed) => found(trace, armed),
  ask: (givens) => [
    ...givens.lines,
    wordedWithNames(said.prompt, {
      at: timesOf(givens)(givens.atUs),
      known:
        'us' in givens.twoMsl
          ? worded(said.known.n2MSLIs, {us: timeText(givens.twoMsl.us)})
          : worded(said.known.theHostsBehave, {like: profileText(givens.twoMsl.like)}),
    }),
  ],
  solve(givens, called) {
    const who = closerIn(givens);
    if (!who) return undefined;
    const wait = lengthOf(givens);
    const shown = {host: called(who.closer).first, at: timesOf(givens)(givens.atUs), wait: timeText(wait)};
    const like = 'like' in givens.twoMsl ? givens.twoMsl.like : 'other';
    return {
      answer: value(who.closer, givens.atUs + wait),
      explain: wordedWithNames(said.explain, {...shown, like}),
      hints: [said.hints.whoSentThe, said.hints.theWaitBegins],
    };
  },
  beliefs: beliefsIn(said.beliefs, {
    'time-wait-on-server': ending(({peer}, us) => [peer, us]),
    'two-msl-fixed': ending(({closer}, us) => [closer, us === known.linux ? known.rfc : known.linux]),
    one: ending(({closer}, us) => [closer, us / 2]),
    nobody: () => nobody,
  }),
  words(given, givens, called) {
    if (given === nobody) return said.nobody;
    const [who = '', us] = given.split('@');
    return worded(said.option, {who: called(who).within, us: timesOf(givens)(Number(us))});
  },
});
