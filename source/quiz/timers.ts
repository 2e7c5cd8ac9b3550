// Questions about timers: which one runs out, and when (RFC 6298, RFC 9293 §3.8); who stays in TIME-WAIT, and until when.

import type {Run} from '../lesson/lesson.ts';
import {text} from '../lesson/problem.ts';
import type {Text} from '../lesson/text.ts';
import {valueText} from '../lesson/value.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {TimerName} from '../stack/tcp/effect.ts';
import {hasFlag} from '../wire/tcp.ts';
import {after, packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {addressOf} from './host-names.ts';
import {lastSent} from './instants.ts';
import {perTrace} from './per-trace.ts';
import {segmentsOf} from './segments.ts';
import {hostFirst, hostText, sentence} from './words.ts';

type TimerEvent = Extract<TraceEvent, {kind: 'timer'}>;

const names: {readonly [name in TimerName]: Text} = {
  RTO: text('the retransmission timer', '重传定时器'),
  'delayed-ACK': text('the delayed-ACK timer', '延迟确认定时器'),
  '2MSL': text('the 2 MSL timer', '2 MSL 定时器'),
  'FIN-WAIT-2': text('the FIN-WAIT-2 timer', 'FIN-WAIT-2 定时器'),
  persist: text('the persist timer', '坚持定时器'),
  connect: text('the connect timer', '建立连接的定时器'),
  'keep-alive': text('the keep-alive timer', '保活定时器'),
  user: text('the user timer', '用户超时定时器'),
};

const profileText = (trace: Trace): Text => {
  const {profile} = trace.header;
  if (profile === 'linux') return text('Linux', 'Linux');
  return profile === 'freebsd' ? text('FreeBSD', 'FreeBSD') : text('the RFCs', 'RFC');
};

const timeText = (us: number): string => valueText({kind: 'time', us});

const timerEvents = perTrace((trace: Trace): readonly TimerEvent[] => {
  const found: TimerEvent[] = [];
  for (const event of trace.events()) if (event.kind === 'timer') found.push(event);
  return found;
});

type Expiry = {
  readonly fired: TimerEvent;
  readonly armed: TimerEvent;
  readonly earlierUs: number | undefined;
};

/** Timers that ran out, with when they were set and how long the wait before had been. */
const expiries = perTrace((trace: Trace): readonly Expiry[] => {
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
  sentence(
    'What does it wait for: an acknowledgement, data to answer, or the end of 2 MSL?',
    '它在等什么：确认、要一并回应的数据，还是 2 MSL 结束？',
  ),
  before
    ? sentence('Each time-out in a row doubles the wait.', '连续超时，每次等待加倍。')
    : sentence(
        `From the moment it starts, the wait is ${timeText(wait)}.`,
        `从启动时算起，要等 ${timeText(wait)}。`,
      ),
];

const expiryDraft = (trace: Trace, {fired, armed, earlierUs}: Expiry): Draft | undefined => {
  const {host, name} = fired;
  const wait = armed.dueUs - armed.atUs;
  const option = (timer: TimerName, us: number): Option => ({
    text: text(`${names[timer].en}, at ${timeText(us)}`, `${names[timer].zh}，在 ${timeText(us)}`),
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
  const rto = name === 'RTO' ? text(` RTO=${timeText(wait)}.`, `RTO=${timeText(wait)}。`) : text('', '');
  const known = before
    ? text(` The wait before this was ${before}.`, `上一次等了 ${before}。`)
    : text(` The hosts behave as ${like.en}.${rto.en}`, `主机的行为同 ${like.zh}。${rto.zh}`);
  return {
    form: 'choice',
    right: option(name, fired.atUs),
    wrong: wrong.filter(({value}) => value !== String(fired.atUs)),
    prompt: after(
      packets,
      sentence(
        `It is ${timeText(armed.atUs)}.${known.en} Nothing more comes for ${hostText(host).en}. Which of its timers runs out next, and when?`,
        `现在是 ${timeText(armed.atUs)}。${known.zh}此后${hostText(host).zh}什么也没有收到。它的哪个定时器先超时，在什么时候？`,
      ),
    ),
    hints: expiryHints(before, wait),
    explain: sentence(
      `${hostFirst(host).en} set ${names[name].en} at ${timeText(armed.atUs)}, for ${timeText(wait)}.`,
      `${hostText(host).zh}在 ${timeText(armed.atUs)} 启动了${names[name].zh}，时长 ${timeText(wait)}。`,
    ),
    because: armed.because,
    n: armed.n + 1,
    evidence: {packet: lastSent(trace, armed.n), field: `timer:${name}`, value: String(fired.atUs)},
  };
};

/** Between setting and expiry its host hears nothing: then it can be foreseen. */
const undisturbed = (trace: Trace, {fired, armed}: Expiry): boolean => {
  if (fired.dueUs !== armed.dueUs || fired.atUs !== armed.dueUs) return false;
  for (const event of trace.events(armed.n + 1, fired.n - 1)) {
    if (event.instant === armed.instant || event.instant === fired.instant) continue;
    if (event.host === fired.host && event.kind !== 'drop') return false;
  }
  return true;
};

const foreseen = perTrace((trace: Trace) => expiries(trace).filter((each) => undisturbed(trace, each)));

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

const waits = perTrace((trace: Trace): readonly TimerEvent[] => {
  const started = timerEvents(trace).filter(({name, op}) => name === '2MSL' && op === 'arm');
  // A FIN that comes again sets it anew: then nobody could say at the first time when it ends.
  const same = (a: TimerEvent, b: TimerEvent): boolean => a.host === b.host && a.connection === b.connection;
  return started.filter((each) => started.filter((other) => same(each, other)).length === 1);
});

/** What the RFC has (MSL 2 minutes) and what Linux has: one of the two is this run's, the other a common belief. */
const usualWaitsUs = [240_000_000, 60_000_000] as const;

/** The last packets, and the first FIN if it is older: who closed first is what decides. */
const closingLines = (trace: Trace, {host, connection, n}: TimerEvent): readonly string[] => {
  const all = packetLines(trace, n, 200, connection);
  const fin = segmentsOf(trace).sent.find(
    ({flow, segment}) => flow === connection && hasFlag(segment, 'FIN'),
  );
  const at = fin ? all.findIndex((line) => line.startsWith(`  ${fin.event.packet}  ${host} `)) : -1;
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
    text: text(`${hostText(who).en}, until ${timeText(us)}`, `${hostText(who).zh}，到 ${timeText(us)} 为止`),
    value: String(us),
    ...(misconception ? {misconception} : {}),
  });
  const delayUs = trace.header.links.reduce((sum, link) => sum + link.delayUs, 0);
  const like = profileText(trace);
  const known = usualWaitsUs.some((us) => us === waitUs)
    ? text(`The hosts behave as ${like.en}.`, `主机的行为同 ${like.zh}。`)
    : text(`2 MSL is ${timeText(waitUs)} here.`, `这里 2 MSL 是 ${timeText(waitUs)}。`);
  const otherUs = usualWaitsUs.find((us) => us !== waitUs) ?? usualWaitsUs[0];
  return {
    form: 'choice',
    right: option(host, dueUs),
    wrong: [
      option(peer, dueUs + delayUs, 'time-wait-on-server'),
      option(host, atUs + otherUs, 'two-msl-fixed'),
      option(host, atUs + waitUs / 2),
      {text: text('nobody: the last ACK ends it', '谁也不：最后一个 ACK 之后就结束了'), value: '0'},
    ],
    prompt: after(
      closingLines(trace, armed),
      sentence(
        `It is ${timeText(atUs)}, and the connection is closed in good order. ${known.en} Who ends in TIME-WAIT, and until when?`,
        `现在是 ${timeText(atUs)}，连接正常关闭。${known.zh}谁进入 TIME-WAIT，到什么时候为止？`,
      ),
    ),
    hints: [
      sentence('Who sent the first FIN?', '第一个 FIN 是谁发的？'),
      sentence('The wait begins with the last ACK that is sent.', '从发出最后一个 ACK 开始计时。'),
    ],
    explain: sentence(
      `${hostFirst(host).en} closed first, so it waits: from ${timeText(atUs)} on for ${timeText(waitUs)}.`,
      `${hostText(host).zh}先关闭，由它等待：从 ${timeText(atUs)} 起等 ${timeText(waitUs)}。`,
    ),
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
