// *Why?* of data that had waited: of the reasons that the rule names the one that held them, judged by the numbers before (RFC 9293 §3.7.4, §3.8.6; RFC 5681 §3.1).

import {expect, test} from 'vitest';
import {instantOf} from '../../../source/account/entries.ts';
import {packetOf, segmentOf} from '../../../source/account/packet.ts';
import {loadData} from '../../../source/lesson/load-data.ts';
import {tcpChanges} from '../../../source/lesson/tcp/settings.ts';
import type {Action} from '../../../source/sim/action.ts';
import type {Cause, Scenario} from '../../../source/sim/scenario.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {casedRule} from '../../../source/view/why/case-text.ts';
import {whyOf} from '../../../source/view/why/scene-why.ts';
import {type Seq, seqAdd, seqDiff, seqLe} from '../../../source/wire/seq.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {dataFile} from '../../helpers/data-file.ts';
import {isSaid} from '../../helpers/meaning.ts';
import {pairScenario} from '../../helpers/scenarios.ts';
import {asksOthers} from '../../helpers/seeds.ts';
import {ruleNamed} from '../../helpers/tcp/rules.ts';
import {run} from '../../helpers/traces.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const released = {says: 'rules.9293:3.8.6/send/window'};
/** The cases of the rule that are told apart here. */
const told = ['nagle', 'closed', 'full', 'cwnd', 'pipe'] as const;

type Sent = Extract<TraceEvent, {kind: 'send'}>;

/** Segments whose data nobody has acknowledged: Linux counts cwnd in them, however small they are. */
const segmentsAway = (trace: Trace, event: Sent, una: Seq): number => {
  let count = 0;
  for (const each of trace.events()) {
    if (each.n >= event.n) break;
    if (each.kind !== 'send' || each.connection !== event.connection || each.retransmission) continue;
    const segment = segmentOf(packetOf(trace, each.packet));
    if (segment && segment.payload.length > 0 && seqLe(una, segment.seq)) count += 1;
  }
  return count;
};

/** Whether the ACK that lets it leave reports data beyond a gap: they are in flight, and no part of pipe (RFC 6675 §4, SetPipe). */
const reportsMore = (trace: Trace, event: Sent): boolean => {
  const [come] = instantOf(trace, event.n).filter(({kind}) => kind === 'arrive');
  const ack = come?.kind === 'arrive' ? segmentOf(packetOf(trace, come.packet)) : undefined;
  return (
    ack?.options.some(
      (option) => option.kind === 'sack' && option.blocks.some(({left}) => seqLe(ack.ack, left)),
    ) ?? false
  );
};

/** What did not let it leave just before; several may. */
const holders = (trace: Trace, event: Sent): readonly string[] => {
  const before = trace.stateAt((instantOf(trace, event.n)[0]?.n ?? 1) - 1);
  const tcb = before?.hosts[event.host]?.tcp.connections.get(event.connection ?? '');
  const bytes = segmentOf(packetOf(trace, event.packet))?.payload.length ?? 0;
  if (!tcb) return [];
  const flight = seqDiff(tcb.snd.nxt, tcb.snd.una);
  const isByCwnd =
    tcb.cwnd < flight + tcb.mss || tcb.cwnd <= segmentsAway(trace, event, tcb.snd.una) * tcb.mss;
  return [
    ...(flight > 0 && bytes < tcb.mss ? ['nagle'] : []),
    ...(tcb.snd.wnd === 0 ? ['closed'] : []),
    ...(tcb.snd.wnd > 0 && tcb.snd.wnd < flight + Math.max(bytes, tcb.mss) ? ['full'] : []),
    ...(isByCwnd ? ['pipe'] : []),
    ...(isByCwnd && !reportsMore(trace, event) ? ['cwnd'] : []),
  ];
};

/** Runs in which each of the reasons appears; `npm run test:all` checks all runs. */
const waiting = /^(congestion|delayed-ack|sliding-window|rack-tlp) /;
const asked = asksOthers() ? allRuns() : allRuns().filter(({name}) => waiting.test(name));

test('what had waited says for what', () => {
  const seen = new Set<string>();
  const wrong: string[] = [];
  for (const run of asked) {
    const trace = traceOf(run);
    for (const event of trace.events()) {
      if (event.kind !== 'send' || event.because !== '9293:3.8.6/send/window') continue;
      const said = told.find((name) => event.case === name || event.case === `${name}-part`);
      if (said !== undefined) seen.add(said);
      if (said === undefined || !holders(trace, event).includes(said))
        wrong.push(`${run.name}, packet ${event.packet}: ${event.case}`);
    }
  }
  expect(wrong).toEqual([]);
  expect([...seen].sort()).toEqual(told.toSorted());
});

const at = (atMs: number, host: string, action: Action): Cause => ({
  ...{when: {kind: 'at', atUs: atMs * 1000}, host, action},
});
const opens = (host: string, from: number, peer: string, port: number): Cause =>
  at(0, host, {call: 'connect', to: {host: peer, port}, from, read: 'auto'});
const listens = (read: 'auto' | 'manual'): Cause => at(0, 'server', {call: 'listen', port: 80, read});
const open80 = opens('client', 40_000, 'server', 80);

const hostsWith = (client: Parameters<typeof tcpChanges>[0], server: Parameters<typeof tcpChanges>[0]) => ({
  hosts: pairScenario([]).hosts.map((host) => ({
    ...{...host, tcp: tcpChanges(host.name === 'client' ? client : server)},
  })),
});

/** RFC 9293 §3.10.2 (the buffer, the queue before ESTABLISHED), §3.8.6.2.1: what no lesson shows. */
const others: readonly [why: string, Scenario][] = [
  [
    'buffer',
    pairScenario(
      [listens('auto'), open80, at(200, 'client', {call: 'send', bytes: 9000})],
      hostsWith({sndBuffer: 2000}, {}),
    ),
  ],
  [
    'buffer',
    pairScenario([listens('auto'), open80, at(200, 'client', {call: 'send', bytes: 9000})], {
      ...hostsWith({sndBuffer: 2000}, {}),
      profile: 'rfc',
    }),
  ],
  [
    'opening',
    pairScenario([
      ...[open80, opens('server', 80, 'client', 40_000)],
      at(1, 'client', {call: 'send', bytes: 500}),
    ]),
  ],
  [
    'silly',
    pairScenario(
      [
        ...[listens('manual'), open80, at(200, 'client', {call: 'send', bytes: 9000})],
        ...[500, 700, 900, 1100].map((ms) => at(ms, 'server', {call: 'receive', bytes: 700})),
      ],
      {...hostsWith({}, {rcvBuffer: 3100}), profile: 'rfc'},
    ),
  ],
];

test.each(others)('of data that had waited otherwise: %s', (why, scenario) => {
  const trace = run({...scenario, until: {atUs: 5_000_000}});
  const reasons = [...trace.events()].flatMap((event) => {
    if (event.kind !== 'send' || event.because !== '9293:3.8.6/send/window') return [];
    const bytes = segmentOf(packetOf(trace, event.packet))?.payload.length ?? 0;
    return [{bytes, said: casedRule(trace, event, ruleNamed(event.because ?? ''))?.text.en ?? ''}];
  });
  expect(reasons.filter(({said}) => isSaid(said, {...released, case: why}))).not.toEqual([]);
  // Never the reasons of all of them at once; and a full segment is not “smaller than MSS”.
  expect(reasons.filter(({said}) => said === '')).toEqual([]);
  expect(
    reasons.filter(({bytes, said}) => bytes >= 1460 && isSaid(said, {...released, case: 'nagle'})),
  ).toEqual([]);
});

const data = loadData({rules: dataFile('rules')});
const rules = new Map((data.ok ? data.value.rules : []).map((rule) => [rule.id, rule]));

/** Of the sendings of a run that one rule brings about those are asked about that are so many apart. */
const apart = 7;
/** By which data leave that cwnd had kept. */
const byCwnd = ['9293:3.8.6/send/window', '5681:3.2/fast-recovery/new-data', '3042:2/limited-transmit'];

/** What the packets say is in flight with this one: up to its end, from the newest acknowledgment that has come to its sender. */
const flightWith = (trace: Trace, event: Sent): number | undefined => {
  const segment = segmentOf(packetOf(trace, event.packet));
  if (!segment) return undefined;
  const acked = [...trace.events()].flatMap((each) => {
    if (each.n >= event.n || each.kind !== 'arrive' || each.host !== event.host) return [];
    const heard = segmentOf(packetOf(trace, each.packet));
    return heard && heard.dstPort === segment.srcPort && heard.srcPort === segment.dstPort ? [heard.ack] : [];
  });
  const una = acked.reduce((newest, ack) => (seqLe(newest, ack) ? ack : newest));
  return seqDiff(seqAdd(segment.seq, segment.payload.length), una);
};

type Line = {readonly symbols: string; readonly numbers: readonly number[]};

const linesOf = (formulas: readonly (readonly string[])[]): readonly Line[] =>
  formulas.map(([symbols = '', numbers = '']) => ({
    symbols: symbols.replace(/\s+/g, ' '),
    numbers: (numbers.match(/\d+/g) ?? []).map(Number),
  }));

const holdsIn = ({symbols, numbers: [left = 0, cwnd = 0, ...others]}: Line): boolean => {
  if (symbols.includes('min(')) return left <= Math.min(cwnd, ...others);
  return left <= cwnd + (symbols.endsWith('2 × mss') ? 2 * (others[1] ?? 0) : 0);
};

// RFC 5681 §3.1: no more is sent than the minimum of cwnd and rwnd allows; RFC 6675 §5: cwnd - pipe; RFC 3042 §2: cwnd and two segments.
test('data that cwnd had kept have the numbers of cwnd', () => {
  const wrong: string[] = [];
  const seen = new Set<string>();
  for (const run of allRuns().filter(({name}) =>
    (asksOthers() ? /^(congestion|rack-tlp) / : /^congestion /).test(name),
  )) {
    const trace = traceOf(run);
    const opened = open({trace, rule: (id) => rules.get(id)});
    const times = new Map<string, number>();
    for (const event of trace.events()) {
      if (event.kind !== 'send' || !byCwnd.includes(event.because ?? '')) continue;
      const reason = casedRule(trace, event, ruleNamed(event.because ?? ''))?.text.en ?? '';
      if (event.because === byCwnd[0] && !['cwnd', 'pipe'].some((each) => reason.includes(each))) continue;
      const count = (times.get(event.because ?? '') ?? 0) + 1;
      times.set(event.because ?? '', count);
      if (count % apart !== 1) continue;
      const playback = started({viewMs: opened.pacing.viewMs.at(event.n) ?? 0});
      const {formulas, rule = ''} = whyOf(viewOf({...opened, playback, message: undefined}), event.n);
      const [first = {symbols: '', numbers: []}] = linesOf(formulas);
      seen.add(`${/^RFC \d+ §[\d.]+/.exec(rule)?.[0]}: ${first.symbols}`);
      const ofFlight = first.symbols.startsWith('flightSize');
      if (!holdsIn(first))
        wrong.push(`${run.name}, packet ${event.packet}: ${first.symbols} ${first.numbers}`);
      if (ofFlight && first.numbers[0] !== flightWith(trace, event))
        wrong.push(
          `${run.name}, packet ${event.packet}: ${first.numbers} in flight, not ${flightWith(trace, event)}`,
        );
    }
  }
  expect(wrong).toEqual([]);
  expect([...seen].sort()).toEqual([
    'RFC 3042 §2: flightSize ≤ cwnd + 2 × mss',
    'RFC 5681 §3.1: flightSize ≤ min( cwnd , snd.wnd )',
    'RFC 5681 §3.2: flightSize ≤ min( cwnd , snd.wnd )',
    'RFC 6675 §5: pipe ≤ cwnd',
  ]);
});

test('a piece that Nagle’s rule had kept leaves by that rule, once all before it is acknowledged', () => {
  const run = allRuns().find(({name}) => name === 'delayed-ack what-if 3') ?? expect.fail();
  const trace = traceOf(run);
  const opened = open({trace, rule: (id) => rules.get(id)});
  const {sendEvent} = packetOf(trace, 12);
  const {rule, formulas} = whyOf(
    viewOf({...opened, playback: started({viewMs: 1e9}), message: undefined}),
    sendEvent,
  );
  expect(rule).toMatch(/^RFC 9293 §3\.7\.4, /);
  const [
    {
      symbols,
      numbers: [una, nxt],
    } = expect.fail(),
  ] = linesOf(formulas);
  expect(symbols).toBe('snd.una = snd.nxt');
  expect(una).toBe(nxt);
});

// RFC 9293 §3.10.2: SEND in SYN-SENT queues; the script of this run calls it at 1 ms, and the SYN,ACK comes at 100 ms.
test('data that leave with the last ACK of the handshake tell since when they waited', () => {
  const run = allRuns().find(({name}) => name === 'handshake what-if 1') ?? expect.fail();
  const trace = traceOf(run);
  const view = (language: 'en' | 'zh') =>
    viewOf({...open({trace}), playback: started({language, viewMs: 1e9}), message: undefined});
  expect(whyOf(view('en'), packetOf(trace, 3).sendEvent).paragraphs.at(-1)).toSay({
    ...{says: 'player.whyTexts.queued', bytes: 10, time: '1 ms'},
  });
});
