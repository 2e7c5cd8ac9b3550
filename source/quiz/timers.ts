// Questions about timers: which one runs out, and when (RFC 6298, RFC 9293 §3.8); who stays in TIME-WAIT, and until when.

import {entriesBetween, entriesOf} from '../account/entries.ts';
import type {Run} from '../lesson/lesson.ts';
import {type Text, worded, wordedWithNames} from '../lesson/text.ts';
import {tcpSettings} from '../sim/host-settings.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {timersSentences as said} from '../words/catalogue/questions.ts';
import {tcbAt} from './ends.ts';
import {causeOf, lastSent} from './instants.ts';
import {type Found, kindOf, type Rejection} from './kind.ts';
import {type PromptLine, valuesLine} from './prompt.ts';
import {type Line, lineOf, printedLine} from './said.ts';
import {segmentsOf} from './segments.ts';
import {hasWholeHalf, lengthText, secondsAs} from './times.ts';
import type {Asked} from './variant.ts';

export type TimerEvent = EventOf<'timer'>;

export const timerEvents = oncePer((trace: Trace): readonly TimerEvent[] => [...entriesOf(trace, 'timer')]);

type Expiry = {
  readonly fired: TimerEvent;
  readonly armed: TimerEvent;
  readonly earlierUs: number | undefined;
};

/** Timers that ran out, with when they were set and how long the wait before had been. */
const expiries = oncePer((trace: Trace): readonly Expiry[] => {
  const armed = new Map<string, TimerEvent>();
  const waits = new Map<string, number>();
  const found: Expiry[] = [];
  for (const event of timerEvents(trace)) {
    const key = `${event.host} ${event.connection} ${event.name}`;
    if (event.op === 'arm') armed.set(key, event);
    const set = armed.get(key);
    if (event.op !== 'fire' || !set) continue;
    found.push({fired: event, armed: set, earlierUs: waits.get(key)});
    waits.set(key, set.dueUs - set.atUs);
  }
  return found;
});

/** Between setting and expiry its host hears nothing: then it can be foreseen. */
const undisturbed = (trace: Trace, {fired, armed}: Expiry): boolean => {
  if (fired.dueUs !== armed.dueUs || fired.atUs !== armed.dueUs) return false;
  for (const event of entriesBetween(trace, armed.n + 1, fired.n - 1)) {
    if (event.instant === armed.instant || event.instant === fired.instant) continue;
    if (event.host === fired.host && event.kind !== 'drop') return false;
  }
  return true;
};

const foreseen = oncePer((trace: Trace) => expiries(trace).filter((each) => undisturbed(trace, each)));

/** In a replay these waits are those of the capture, which nobody could know. */
const isMeasured = ({hosts}: Run, {host, name}: TimerEvent): boolean =>
  (name === 'delayed-ACK' || name === 'keep-alive') &&
  hosts.some((each) => each.name === host && each.tcp?.acknowledging !== undefined);

/** Timers by what they wait for. */
const clocks = ['RTO', 'delayed-ACK', '2MSL', 'persist', 'keep-alive'] as const;

type Clock = (typeof clocks)[number];

const isClock = (name: string): name is Clock => clocks.some((each) => each === name);

type TimerGivens = {
  readonly host: string;
  /** What its connection waits for since then, told by the timer that waits for it. */
  readonly waits: Clock;
  readonly atUs: number;
  /** What it sent last; undefined: it does not matter. */
  readonly line: Line | undefined;
  /** It runs for the second time at least, twice as long as the last. */
  readonly isAgain: boolean;
  /** How long each of its timers runs, or the one that runs again ran the last time. `delayedUs` 0: it delays no ACK. */
  readonly rtoUs: number;
  readonly delayedUs: number;
  readonly timeWaitUs: number;
  /** Of a probe, where it waits for one. */
  readonly probeUs: number | undefined;
};

const lengthOf = ({rtoUs, delayedUs, timeWaitUs, probeUs = 0}: TimerGivens, clock: Clock): number =>
  ({RTO: rtoUs, 'delayed-ACK': delayedUs, '2MSL': timeWaitUs, persist: probeUs, 'keep-alive': probeUs})[
    clock
  ];

/** Returns the length that is printed. For the 2MSL timer this is one MSL, half of the timer. */
const printedUs = (name: Clock, lengthUs: number): number => (name === '2MSL' ? lengthUs / 2 : lengthUs);

const timesOf = (givens: TimerGivens) => {
  const lengths = clocks.map((clock) => printedUs(clock, lengthOf(givens, clock)));
  return secondsAs([givens.atUs, ...lengths]);
};

/** The end of so many times its length. */
const after = (givens: TimerGivens, times: number): number =>
  givens.atUs + times * lengthOf(givens, givens.waits);

const dueUs = (givens: TimerGivens): number => after(givens, givens.isAgain ? 2 : 1);

const value = (name: Clock, us: number): string => `${name}@${us}`;

/** These double with each expiry in a row (RFC 6298 §5 (5.5), RFC 9293 §3.8.6.1). */
const doubling: readonly Clock[] = ['RTO', 'persist'];

/** As its machine has them; the one that runs is known to be as long as `us`. */
const lengthsFor = ({trace, variant}: Asked, {host, connection, n}: TimerEvent, clock: Clock, us: number) => {
  const {run, profile} = variant;
  const spec = run.hosts.find((each) => each.name === host);
  const tcb = connection === undefined ? undefined : tcbAt(trace, host, connection, n);
  if (tcb === undefined || spec === undefined) return undefined;
  const {delayedAckUs, timeWaitUs} = tcpSettings(spec, {profile, links: run.links});
  if (!hasWholeHalf(timeWaitUs)) return undefined;
  const own = (name: Clock, other: number): number => (name === clock ? us : other);
  return {
    rtoUs: own('RTO', tcb.rtoUs),
    delayedUs: own('delayed-ACK', delayedAckUs),
    timeWaitUs: own('2MSL', timeWaitUs),
    probeUs: clock === 'persist' || clock === 'keep-alive' ? us : undefined,
  };
};

const timerFound = (asked: Asked, {fired, armed, earlierUs}: Expiry): Found<TimerGivens> | Rejection => {
  const {trace} = asked;
  const {host, name} = fired;
  const wait = armed.dueUs - armed.atUs;
  if (!isClock(name)) return 'hidden';
  const isAgain = earlierUs !== undefined && doubling.includes(name) && wait === 2 * earlierUs;
  const lengths = lengthsFor(asked, armed, name, isAgain ? (earlierUs ?? wait) : wait);
  if (lengths === undefined) return 'hidden';
  const sent = segmentsOf(trace).sent.findLast(
    ({event, flow}) => event.n <= armed.n + 2 && event.atUs <= armed.atUs && flow === armed.connection,
  );
  if (name === 'RTO' && sent?.event.atUs !== armed.atUs) return 'hidden';
  const begins = causeOf(trace, armed.n).kind;
  if (name === 'keep-alive' && begins !== 'arrive') return 'hidden';
  // The first wait for a window begins with the ACK that closes it, the next one with a probe; in Linux with what answers that, which no RFC says.
  if (name === 'persist' && isAgain === (begins === 'arrive')) return 'hidden';
  const did = value(name, fired.atUs);
  // How it came to TIME-WAIT, or to wait with an ACK, is not printed.
  const because = name === '2MSL' || name === 'delayed-ACK' ? undefined : armed.because;
  return {
    givens: {
      ...{host, waits: name, atUs: armed.atUs, isAgain},
      line: name === 'RTO' && sent ? lineOf(sent.segment) : undefined,
      ...lengths,
    },
    ...{did, n: armed.n + 1, because},
    evidence: {packet: lastSent(trace, armed.n), field: `timer:${name}`, value: String(fired.atUs)},
    fieldValue: (each) => (each === did ? String(fired.atUs) : each),
  };
};

/** Another timer, taken for the one that runs. */
const instead = (name: Clock) => (givens: TimerGivens) => {
  // What opens a window, or sends data that wait, is over in TIME-WAIT. The first probe waits as long as a segment that is sent again.
  if (givens.waits === name || (givens.waits === '2MSL' && name === 'persist')) return undefined;
  const us = lengthOf(givens, name === 'persist' ? 'RTO' : name);
  return us === 0 ? undefined : value(name, givens.atUs + us);
};

/** All of its timers that run for a time that is known, each as long as it is; in one order, whichever runs. */
const lengthLines = (givens: TimerGivens): readonly PromptLine[] => {
  const {waits, isAgain} = givens;
  const {prompt} = said;
  return clocks.flatMap((clock) => {
    const us = lengthOf(givens, clock);
    if (us === 0 || ((clock === 'persist' || clock === 'keep-alive') && clock !== waits)) return [];
    const length = lengthText(printedUs(clock, us));
    return valuesLine(worded(isAgain && clock === waits ? prompt.lastWait : prompt.length[clock], {length}));
  });
};

export const whichTimer = kindOf<TimerGivens, Expiry>({
  kind: 'which-timer',
  form: 'choice',
  among: ({trace}) => foreseen(trace),
  at: ({fired}) => fired.n,
  find: (asked, expiry) =>
    isMeasured(asked.variant.run, expiry.fired) ? 'hidden' : timerFound(asked, expiry),
  ask(givens, called) {
    const {host, waits, atUs, line, isAgain} = givens;
    const {prompt} = said;
    const named = {host: called(host).first, at: timesOf(givens)(atUs), again: isAgain};
    return [
      wordedWithNames(prompt.waits[waits], named),
      ...(line ? [printedLine(line)] : []),
      ...lengthLines(givens),
      wordedWithNames(prompt.asks, {host: called(host).within}),
    ];
  },
  solve(givens, called) {
    const {waits, atUs, isAgain, host} = givens;
    const us = dueUs(givens);
    const shown = {
      host: called(host).first,
      name: said.names[waits],
      at: timesOf(givens)(atUs),
      wait: lengthText(us - atUs),
      half: lengthText(printedUs(waits, us - atUs)),
    };
    const first = waits === '2MSL' ? said.explain.twice : said.explain.first;
    return {
      answer: value(waits, us),
      explain: wordedWithNames(isAgain ? said.explain.doubled : first, shown),
      hints: [
        said.expiryHints.whatDoesIt,
        isAgain
          ? said.expiryHints.eachTimeOut
          : wordedWithNames(said.expiryHints.fromTheMoment, {wait: lengthText(us - atUs)}),
      ],
    };
  },
  beliefs: [
    {
      says: said.beliefs.staysAsLong,
      answers: (givens) => (givens.isAgain ? value(givens.waits, after(givens, 1)) : undefined),
    },
    {
      says: said.beliefs.doublesAtOnce,
      answers: (givens) => (givens.isAgain ? undefined : value(givens.waits, after(givens, 2))),
    },
    {
      says: said.timeWait.beliefs.one,
      answers: (givens) => (givens.waits === '2MSL' ? value(givens.waits, after(givens, 1 / 2)) : undefined),
    },
    {says: said.beliefs.RTO, answers: instead('RTO')},
    {says: said.beliefs['2MSL'], answers: instead('2MSL')},
    {says: said.beliefs['delayed-ACK'], answers: instead('delayed-ACK')},
    {says: said.beliefs.persist, answers: instead('persist')},
  ],
  words(given, givens) {
    const [name = '', us] = given.split('@');
    const clock = isClock(name) ? name : 'RTO';
    return worded(said.option, {name: said.names[clock], us: timesOf(givens)(Number(us))});
  },
});

export const profileText = (profile: string): Text => {
  if (profile === 'linux') return said.profile.linux;
  return profile === 'freebsd' ? said.profile.freebsd : said.profile.theRFCs;
};
