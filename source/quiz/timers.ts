// Quiz questions about a host's TCP timers: which one expires, and when (RFC 6298, RFC 9293 §3.8).

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

/**
 * Returns the timers of a run that expired, each with the event that set it and the length of the same timer's previous wait; undefined if
 * there was none.
 */
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

/** Tells whether nothing happens at the host between setting a timer and its expiry, so that the expiry can be foreseen. */
const undisturbed = (trace: Trace, {fired, armed}: Expiry): boolean => {
  if (fired.dueUs !== armed.dueUs || fired.atUs !== armed.dueUs) return false;
  for (const event of entriesBetween(trace, armed.n + 1, fired.n - 1)) {
    if (event.instant === armed.instant || event.instant === fired.instant) continue;
    if (event.host === fired.host && event.kind !== 'drop') return false;
  }
  return true;
};

const foreseen = oncePer((trace: Trace) => expiries(trace).filter((each) => undisturbed(trace, each)));

/**
 * Tells whether the timer's wait was measured: in a replay of a capture, delayed ACKs and keep-alives come when the capture shows them, so
 * that nobody could know the wait.
 */
const isMeasured = ({hosts}: Run, {host, name}: TimerEvent): boolean =>
  (name === 'delayed-ACK' || name === 'keep-alive') &&
  hosts.some((each) => each.name === host && each.tcp?.acknowledging !== undefined);

/** The TCP timers that questions are about, in the order in which a prompt lists them. */
const clocks = ['RTO', 'delayed-ACK', '2MSL', 'persist', 'keep-alive'] as const;

type Clock = (typeof clocks)[number];

const isClock = (name: string): name is Clock => clocks.some((each) => each === name);

type TimerGivens = {
  readonly host: string;
  /** The timer that was set at `atUs` and is running, which tells what its connection waits for. */
  readonly waits: Clock;
  readonly atUs: number;
  /** The last segment that the host sent, if the running timer is RTO; otherwise undefined. */
  readonly line: Line | undefined;
  /** True if the timer runs at least for the second time in a row, twice as long as the last time. */
  readonly isAgain: boolean;
  /**
   * The lengths of the connection's timers in µs; for a timer that runs again, the length of its previous run. `delayedUs` is 0 if the host
   * delays no ACK.
   */
  readonly rtoUs: number;
  readonly delayedUs: number;
  readonly timeWaitUs: number;
  /** The length of the running persist or keep-alive timer in µs; undefined if another timer is running. */
  readonly probeUs: number | undefined;
};

const lengthOf = ({rtoUs, delayedUs, timeWaitUs, probeUs = 0}: TimerGivens, clock: Clock): number =>
  ({RTO: rtoUs, 'delayed-ACK': delayedUs, '2MSL': timeWaitUs, persist: probeUs, 'keep-alive': probeUs})[
    clock
  ];

/** Returns the length of a timer as a question prints it, in µs. For the 2MSL timer this is one MSL, half of the timer. */
const printedUs = (name: Clock, lengthUs: number): number => (name === '2MSL' ? lengthUs / 2 : lengthUs);

const timesOf = (givens: TimerGivens) => {
  const lengths = clocks.map((clock) => printedUs(clock, lengthOf(givens, clock)));
  return secondsAs([givens.atUs, ...lengths]);
};

/** Returns the time in µs at which the running timer's length has passed `times` times since it was set. */
const after = (givens: TimerGivens, times: number): number =>
  givens.atUs + times * lengthOf(givens, givens.waits);

const dueUs = (givens: TimerGivens): number => after(givens, givens.isAgain ? 2 : 1);

const value = (name: Clock, us: number): string => `${name}@${us}`;

/** The TCP timers whose length doubles with each expiry in a row (RFC 6298 §5 (5.5), RFC 9293 §3.8.6.1). */
const doubling: readonly Clock[] = ['RTO', 'persist'];

/**
 * Returns the lengths of all TCP timers of a connection in µs; `clock`, the running one, has the length `us`. Undefined if the connection
 * is gone, or if half of 2 MSL is no whole number.
 */
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

/** Tells whether the host also waits for the acknowledgment of segments other than the one that it sends at `armed`, if it sends one. */
const waitsForMore = (trace: Trace, {host, connection = '', n, name}: TimerEvent): boolean => {
  const own = tcbAt(trace, host, connection, n)?.retransmissionQueue.length ?? 0;
  return own > (name === 'RTO' ? 1 : 0);
};

const timerFound = (asked: Asked, {fired, armed, earlierUs}: Expiry): Found<TimerGivens> | Rejection => {
  const {trace} = asked;
  const {host, name} = fired;
  const wait = armed.dueUs - armed.atUs;
  if (!isClock(name)) return 'hidden';
  const isAgain = earlierUs !== undefined && doubling.includes(name) && wait === 2 * earlierUs;
  const isSaid = name === 'delayed-ACK' || (name === 'RTO' && !isAgain);
  if (isSaid && waitsForMore(trace, armed)) return 'hidden';
  const lengths = lengthsFor(asked, armed, name, isAgain ? (earlierUs ?? wait) : wait);
  if (lengths === undefined) return 'hidden';
  const sent = segmentsOf(trace).sent.findLast(
    ({event, flow}) => event.n <= armed.n + 2 && event.atUs <= armed.atUs && flow === armed.connection,
  );
  if (name === 'RTO' && sent?.event.atUs !== armed.atUs) return 'hidden';
  const begins = causeOf(trace, armed.n).kind;
  if (name === 'keep-alive' && begins !== 'arrive') return 'hidden';
  // The first wait of the persist timer begins with the ACK that closes the window, each further one with a probe. In Linux it begins with
  // the reply to the probe, which no RFC says, so that case is not asked about.
  if (name === 'persist' && isAgain === (begins === 'arrive')) return 'hidden';
  const did = value(name, fired.atUs);
  // The rule that set the timer is not cited here: the prompt does not print how the end got into TIME-WAIT, or why its ACK waits.
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

/**
 * Returns a function that computes the answer of a learner who takes the timer `name` for the running one; its result is undefined if
 * nobody can make that mistake.
 */
const instead = (name: Clock) => (givens: TimerGivens) => {
  // No data waits for a window in TIME-WAIT, so nobody takes 2MSL for the persist timer. The first probe waits as long as a retransmission.
  if (givens.waits === name || (givens.waits === '2MSL' && name === 'persist')) return undefined;
  const us = lengthOf(givens, name === 'persist' ? 'RTO' : name);
  return us === 0 ? undefined : value(name, givens.atUs + us);
};

/** Returns the prompt's lines with the lengths of all timers that are known, always in the same order, whichever timer runs. */
const lengthLines = (givens: TimerGivens): readonly PromptLine[] => {
  const {waits, isAgain} = givens;
  const {prompt} = said;
  return clocks.flatMap((clock) => {
    const us = lengthOf(givens, clock);
    // The sentence before these lines says how long the last run of a timer that runs again was.
    const isSaid = isAgain && clock === waits;
    if (us === 0 || isSaid || ((clock === 'persist' || clock === 'keep-alive') && clock !== waits)) return [];
    return valuesLine(worded(prompt.length[clock], {length: lengthText(printedUs(clock, us))}));
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
    const named = {host: called(host).first, at: timesOf(givens)(atUs)};
    const {waits: begins, again, asks} = prompt;
    const lastWait = lengthText(lengthOf(givens, waits));
    return [
      isAgain && (waits === 'RTO' || waits === 'persist')
        ? wordedWithNames(again[waits], {...named, lastWait})
        : wordedWithNames(begins[waits], named),
      ...(line ? [printedLine(line)] : []),
      ...lengthLines(givens),
      wordedWithNames(asks, {...named, host: called(host).within}),
    ];
  },
  solve(givens, called) {
    const {waits, atUs, isAgain, host} = givens;
    const us = dueUs(givens);
    const shown = {
      host: called(host).first,
      name: said.names[waits],
      reason: said.beliefs[waits],
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
      answers: (givens) =>
        givens.isAgain || !doubling.includes(givens.waits)
          ? undefined
          : value(givens.waits, after(givens, 2)),
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
