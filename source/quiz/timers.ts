// Questions about timers: which one runs out, and when (RFC 6298, RFC 9293 §3.8); who stays in TIME-WAIT, and until when.

import {entriesBetween, entriesOf} from '../account/entries.ts';
import type {Run} from '../lesson/lesson.ts';
import {type Text, worded, wordedWithNames} from '../lesson/text.ts';
import {valueText} from '../lesson/value.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {TimerName} from '../stack/tcp/effect.ts';
import {oncePer} from '../wire/once-per.ts';
import {hasFlag} from '../wire/tcp.ts';
import {timersSentences} from '../words/catalogue/questions.ts';
import {packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {addressOf} from './host-names.ts';
import {lastSent} from './instants.ts';
import type {PromptLine} from './prompt.ts';
import {segmentsOf} from './segments.ts';
import {hostFirst, hostText} from './words.ts';

type TimerEvent = Extract<TraceEvent, {kind: 'timer'}>;

const names: {readonly [name in TimerName]: Text} = {
  RTO: timersSentences.names.RTO,
  'delayed-ACK': timersSentences.names['delayed-ACK'],
  '2MSL': timersSentences.names['2MSL'],
  'FIN-WAIT-2': timersSentences.names['FIN-WAIT-2'],
  persist: timersSentences.names.persist,
  connect: timersSentences.names.connect,
  'keep-alive': timersSentences.names['keep-alive'],
  user: timersSentences.names.user,
};

const profileText = (trace: Trace): Text => {
  const {profile} = trace.header;
  if (profile === 'linux') return timersSentences.profile.linux;
  return profile === 'freebsd' ? timersSentences.profile.freebsd : timersSentences.profile.theRFCs;
};

const timeText = (us: number): string => valueText({kind: 'time', us});

const timerEvents = oncePer((trace: Trace): readonly TimerEvent[] => {
  const found: TimerEvent[] = [];
  for (const event of entriesOf(trace, 'timer')) found.push(event);
  return found;
});

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

const expiryHints = (before: string | undefined, wait: number): Draft['hints'] => [
  timersSentences.expiryHints.whatDoesIt,
  before
    ? timersSentences.expiryHints.eachTimeOut
    : wordedWithNames(timersSentences.expiryHints.fromTheMoment, {wait: timeText(wait)}),
];

const expiryDraft = (trace: Trace, {fired, armed, earlierUs}: Expiry): Draft | undefined => {
  const {host, name} = fired;
  const wait = armed.dueUs - armed.atUs;
  const option = (timer: TimerName, us: number): Option => ({
    text: worded(timersSentences.expiryDraft.option.text, {names: names[timer], us: timeText(us)}),
    value: String(us),
  });
  const others: readonly TimerName[] = name === 'RTO' ? ['2MSL', 'delayed-ACK'] : ['RTO', '2MSL', 'persist'];
  const [other = 'RTO', another = 'persist'] = others.filter((each) => each !== name);
  const wrong = [
    ...(earlierUs === undefined ? [] : [option(name, armed.atUs + earlierUs)]),
    option(name, armed.atUs + 2 * wait),
    option(other, armed.atUs + Math.round(wait / 2)),
    option(name, armed.atUs + Math.round(wait / 2)),
    option(another, armed.atUs + 3 * wait),
  ];
  const packets = packetLines(trace, armed.n + 2, 3, armed.connection);
  if (packets.length === 0) return undefined;
  // Where waits do not double (first SYNs under Linux, at the upper bound), the one before tells nothing of this one.
  const before = earlierUs !== undefined && wait === 2 * earlierUs ? timeText(earlierUs) : undefined;
  const like = profileText(trace);
  const rto =
    name === 'RTO'
      ? worded(timersSentences.expiryDraft.rto.rto, {wait: timeText(wait)})
      : timersSentences.expiryDraft.rto.text;
  const known = before
    ? worded(timersSentences.expiryDraft.known.theWaitBefore, {before})
    : worded(timersSentences.expiryDraft.known.theHostsBehave, {like, rto});
  return {
    form: 'choice',
    right: option(name, fired.atUs),
    wrong: wrong.filter(({value}) => value !== String(fired.atUs)),
    prompt: [
      ...packets,
      wordedWithNames(timersSentences.expiryDraft.prompt, {
        atUs: timeText(armed.atUs),
        known,
        host: hostText(host),
      }),
    ],
    hints: expiryHints(before, wait),
    explain: wordedWithNames(timersSentences.expiryDraft.explain, {
      host: hostFirst(host),
      names: names[name],
      atUs: timeText(armed.atUs),
      wait: timeText(wait),
    }),
    because: armed.because,
    n: armed.n + 1,
    evidence: {packet: lastSent(trace, armed.n), field: `timer:${name}`, value: String(fired.atUs)},
  };
};

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

export const whichTimer: Generator = {
  kind: 'which-timer',
  places: ({trace}) => foreseen(trace).map(({fired}) => fired.n),
  ask: ({trace, variant}, place) => {
    const expiry = foreseen(trace).find(({fired}) => fired.n === place);
    return expiry && !isMeasured(variant.run, expiry.fired) ? expiryDraft(trace, expiry) : undefined;
  },
};

const waits = oncePer((trace: Trace): readonly TimerEvent[] => {
  const started = timerEvents(trace).filter(({name, op}) => name === '2MSL' && op === 'arm');
  // A FIN that comes again sets it anew: then nobody could say at the first time when it ends.
  const same = (a: TimerEvent, b: TimerEvent): boolean => a.host === b.host && a.connection === b.connection;
  return started.filter((each) => started.filter((other) => same(each, other)).length === 1);
});

/** What the RFC has (MSL 2 minutes) and what Linux has: one of the two is this run's, the other a common belief. */
const usualWaitsUs = [240_000_000, 60_000_000] as const;

/** The last packets, and the first FIN if it is older: who closed first is what decides. */
const closingLines = (trace: Trace, {host, connection, n}: TimerEvent): readonly PromptLine[] => {
  const all = packetLines(trace, n, 200, connection);
  const fin = segmentsOf(trace).sent.find(
    ({flow, segment}) => flow === connection && hasFlag(segment, 'FIN'),
  );
  const at = fin ? all.findIndex(({number, from}) => number === fin.event.packet && from === host) : -1;
  const first = all[at];
  return first !== undefined && at < all.length - 4 ? [first, ...all.slice(-3)] : all.slice(-4);
};

const timeWaitDraft = (trace: Trace, armed: TimerEvent): Draft | undefined => {
  const {host, connection, dueUs, atUs} = armed;
  const peers = trace.header.hosts.map(({name}) => name).filter((name) => name !== host);
  const peer = peers.find((name) => connection?.includes(` > ${addressOf(trace, name)}:`)) ?? peers[0];
  if (peer === undefined || waits(trace).some((each) => each.host === peer)) return undefined;
  const waitUs = dueUs - atUs;
  const option = (who: string, us: number, misconception?: string): Option => ({
    text: worded(timersSentences.timeWaitDraft.option.text, {who: hostText(who), us: timeText(us)}),
    value: String(us),
    ...(misconception ? {misconception} : {}),
  });
  const delayUs = trace.header.links.reduce((sum, link) => sum + link.delayUs, 0);
  const like = profileText(trace);
  const known = usualWaitsUs.some((us) => us === waitUs)
    ? worded(timersSentences.timeWaitDraft.known.theHostsBehave, {like})
    : worded(timersSentences.timeWaitDraft.known.n2MSLIs, {waitUs: timeText(waitUs)});
  const otherUs = usualWaitsUs.find((us) => us !== waitUs) ?? usualWaitsUs[0];
  return {
    form: 'choice',
    right: option(host, dueUs),
    wrong: [
      option(peer, dueUs + delayUs, 'time-wait-on-server'),
      option(host, atUs + otherUs, 'two-msl-fixed'),
      option(host, atUs + waitUs / 2),
      {text: timersSentences.timeWaitDraft.wrong.text, value: '0'},
    ],
    prompt: [
      ...closingLines(trace, armed),
      wordedWithNames(timersSentences.timeWaitDraft.prompt, {atUs: timeText(atUs), known}),
    ],
    hints: [
      timersSentences.timeWaitDraft.hints.whoSentThe,
      timersSentences.timeWaitDraft.hints.theWaitBegins,
    ],
    explain: wordedWithNames(timersSentences.timeWaitDraft.explain, {
      host: hostFirst(host),
      atUs: timeText(atUs),
      waitUs: timeText(waitUs),
    }),
    because: armed.because,
    n: armed.n,
    evidence: {packet: lastSent(trace, armed.n), field: 'timer:2MSL', value: String(dueUs)},
  };
};

export const endsInTimeWait: Generator = {
  kind: 'ends-in-time-wait',
  places: ({trace}) => waits(trace).map(({n}) => n),
  ask: ({trace}, place) => {
    const armed = waits(trace).find(({n}) => n === place);
    return armed && timeWaitDraft(trace, armed);
  },
};
