// Timers in *Why?*: when one that starts runs out, and what each is called. Oracles: when it does run out (RFC 6298 §5, RFC 8985 §7.2), and the
// sum itself.

import {expect, test} from 'vitest';
import {entriesOf, instantOf, worldAt} from '../../../source/account/entries.ts';
import {packetOf, segmentOf} from '../../../source/account/packet.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {msAt} from '../../../source/view/time/pace.ts';
import type {View} from '../../../source/view/view.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {eventText} from '../../../source/view/why/event-text.ts';
import type {TcpSegment} from '../../../source/wire/tcp.ts';
import {formatMoment} from '../../../source/words/format.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {isSaid, meaningsOf} from '../../helpers/meaning.ts';
import {some} from '../../helpers/seeds.ts';
import {ruleNamed} from '../../helpers/tcp/rules.ts';
import {ackQuestion} from '../beats.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

type Timer = Extract<TraceEvent, {kind: 'timer' | 'app-timer'}>;

const viewIn = (trace: Trace, language: Language = 'en'): View => {
  const playback = started({language, viewMs: 1e9});
  return viewOf({...open({trace, rule: ruleNamed}), playback, message: undefined});
};

const timersOf = (trace: Trace): readonly Timer[] => [
  ...entriesOf(trace, 'timer'),
  ...entriesOf(trace, 'app-timer'),
];

const nameOf = (event: Timer): string => (event.kind === 'timer' ? event.name : event.timer);

const isSame = (one: Timer, other: Timer): boolean =>
  one.kind === other.kind &&
  one.host === other.host &&
  one.connection === other.connection &&
  nameOf(one) === nameOf(other);

const whyOf = (view: View, {n}: TraceEvent) => whyAbout(view, {kind: 'event', event: n});

const lastParagraph = (view: View, event: TraceEvent): string => whyOf(view, event).paragraphs.at(-1) ?? '';

/** When it is said to run out, of each start. */
const duesIn = (text: string): readonly unknown[] =>
  meaningsOf(text).flatMap(({says, due}) => (says.startsWith('timers.timerDue.') ? [due] : []));

const inMs = (length: unknown): number => {
  const [number, unit] = `${length}`.split(' ');
  return Number(number) * (unit === 's' ? 1000 : 1);
};

// RFC 6298 §5 (5.5) doubles the wait at each time-out; Linux does not for the first of a SYN (tcp_syn_linear_timeouts).
test('of an RTO timer that runs again the wait is called twice as long only where it is', () => {
  const run = allRuns().find(({name}) => name === 'syn-flood what-if 1') ?? expect.fail('no such run');
  const trace = traceOf(run);
  const expiries = timersOf(trace).filter(
    (event) => event.host === 'client' && event.op === 'fire' && nameOf(event) === 'RTO',
  );
  const waits = new Map<boolean, number>();
  for (const {n, instant} of expiries) {
    const arm = timersOf(trace).find(
      (event) => event.n > n && event.instant === instant && event.op === 'arm' && nameOf(event) === 'RTO',
    );
    const [before, after] = [n - 1, arm?.n ?? n].map((at) =>
      [...(worldAt(trace, at)?.hosts.client?.tcp.connections.values() ?? [])].at(0),
    );
    if (!arm || !before || !after) continue;
    const doubled = after.rtoUs === 2 * before.rtoUs;
    waits.set(doubled, (waits.get(doubled) ?? 0) + 1);
    const opened = open({trace, rule: ruleNamed});
    const view = viewOf({
      ...opened,
      playback: started({language: 'en', viewMs: msAt(opened.pacing, arm.atUs + 1)}),
      message: undefined,
    });
    const told = whyAbout(view, {kind: 'variable', host: 'client', name: 'RTO'}).paragraphs.join(' ');
    expect(told).toSay({says: 'why.whyTimer.again'});
    expect(told.includes('doubles the next wait')).toBe(doubled);
  }
  expect([waits.get(true), waits.get(false)].every((times) => (times ?? 0) > 1)).toBe(true);
});

const ofAll = some(
  allRuns().filter(({lesson: {id}}) => id !== 'cubic'),
  10,
).map((each) => [each.name, each] as const);

test.each(ofAll)('%s: of a timer that starts it is told when it runs out', (_, each) => {
  const trace = traceOf(each);
  const view = viewIn(trace);
  const all = timersOf(trace);
  for (const event of all.slice(0, 60)) {
    // What became of it at that time in the end.
    const last = all.findLast((other) => other.atUs === event.atUs && isSame(other, event)) ?? event;
    const due = formatMoment(event.dueUs);
    const isRunning = event.op === 'arm' && last.op === 'arm';
    const dues = last === event ? [due] : [due, formatMoment(last.dueUs)];
    expect(duesIn(lastParagraph(view, event))).toEqual(isRunning ? dues : []);
    if (event.op === 'fire' && event.kind === 'timer') expect(formatMoment(event.atUs)).toBe(due);
  }
});

const twoTrips = {srtt: '100 ms', rto: '300 ms'};

// SRTT 100 ms, RTO 300 ms: a probe of one segment waits for a delayed ACK, but not longer than the time-out.
test.each([
  ['first-packet base', 'RTO', {says: 'timers.timerDue.rto', due: '1.000 s', rto: '1 s'}],
  ['tcp-header base', 'TLP', {says: 'timers.timerDue.capped', ...twoTrips, slack: '200 ms', pto: '400 ms'}],
  ['layers big', 'TLP', {says: 'timers.timerDue.probe', srtt: '100 ms', slack: '2 ms', pto: '202 ms'}],
  ['data-transfer delayed', 'delayed-ACK', {says: 'timers.timerDue.plain', wait: '40 ms'}],
])('%s: the sum of %s', (name, timer, said) => {
  const trace = traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));
  const view = viewIn(trace);
  const told = timersOf(trace)
    .filter((event) => event.kind === 'timer' && event.name === timer && event.op === 'arm')
    .map((event) => lastParagraph(view, event));
  expect(told.filter((text) => isSaid(text, said))).not.toEqual([]);
});

test('sums of probes are right, and no probe outlasts the time-out', () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'cubic brake') ?? expect.fail());
  const view = viewIn(trace);
  const probes = [...entriesOf(trace, 'timer')]
    .filter(({name, op}) => name === 'TLP' && op === 'arm')
    // Of two in one instant the last counts.
    .filter(({instant}, at, all) => all[at + 1]?.instant !== instant);
  let capped = 0;
  for (const {atUs, dueUs, ...event} of probes.slice(0, 100)) {
    const text = lastParagraph(view, {...event, atUs, dueUs});
    const [sum] = meaningsOf(text).filter(({says}) => /Due\.(?:probe|capped)$/.test(says));
    if (!sum) continue;
    const [pto, wait] = [inMs(sum.pto), inMs(sum.wait)];
    expect(2 * inMs(sum.srtt) + inMs(sum.slack)).toBeCloseTo(pto, 3);
    const waitMs = (dueUs - atUs) / 1000;
    expect(waitMs).toBeCloseTo(wait, 3);
    if (sum.says === 'timers.timerDue.capped') {
      capped += 1;
      expect(waitMs).toBeLessThan(pto);
    } else expect(waitMs).toBeCloseTo(pto, 3);
  }
  expect(capped).toBeGreaterThan(0);
});

test('with a question open nothing is told of when it runs out', () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'first-packet base') ?? expect.fail());
  const view = viewIn(trace);
  const open = {...view, hidden: [ackQuestion(trace, 0)]};
  for (const event of timersOf(trace))
    expect(duesIn(whyOf(open, event).paragraphs.join(' ')), `${event.n}`).toEqual([]);
});

test.each(ofAll)('%s: timers have names', (_, each) => {
  const trace = traceOf(each);
  const [en, zh] = [viewIn(trace), viewIn(trace, 'zh')];
  for (const event of timersOf(trace)) {
    const text = eventText(en, event);
    // Of a program its kind, and of which program.
    expect(text).toMatch(/’s [\w -]*timer(?: \([A-Z:\d]+\))? (?:starts|expires|stops) at \S+ \S+$/);
    if (event.kind === 'app-timer') expect(text).not.toMatch(/’s (?:HTTPS?|DNS)/);
    expect(eventText(zh, event)).toMatch(/的[^（]*定时器(?:（[A-Z:\d]+）)?(?:启动|超时|停止)（/);
    expect(eventText(zh, event)).not.toMatch(/delayed|keep-alive|persist|\buser/);
  }
});

test('a connection that stands has been opened', () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'http-connections short') ?? expect.fail());
  const [note] = [...entriesOf(trace, 'note')].filter(({note: {kind}}) => kind === 'http-connection');
  expect(eventText(viewIn(trace), note ?? expect.fail())).toSay({
    says: 'http.httpSentences.opened',
    origin: 'http://www.example.com',
  });
});

// Oracle: when each event says that it runs out, and 2 × SRTT + 2 ms of that moment (Linux tcp_schedule_loss_probe).
test.each([
  // TLP, which an ACK sets and the segment that it lets out sets again: by two round trips, then by what is left of an RTO.
  [1260, {says: 'timers.timerDue.probe', srtt: '301.119 ms', slack: '2 ms', pto: '604.238 ms'}, '2.510 s'],
  [1262, {says: 'timers.timerDue.capped', rto: '689.667 ms', sent: '1.820 s'}, undefined],
  [5782, undefined, '6.531 s'],
  // Each start tells its own sum.
])('a timer starts twice: event %i', (n, sum, anew) => {
  const trace = traceOf(allRuns().find(({name}) => name === 'cubic what-if 2') ?? expect.fail());
  const event = trace.event(n);
  if (event.kind !== 'timer') expect.fail(event.kind);
  const told = lastParagraph(viewIn(trace), event);
  expect(duesIn(told)).toEqual([formatMoment(event.dueUs), ...(anew === undefined ? [] : [anew])]);
  if (sum !== undefined) expect(told).toSay(sum);
});

// The sum of the event that starts it, where the panel is asked, too.
test.each([
  ['tcp-header base', 'TLP', {says: 'timers.timerDue.capped', ...twoTrips, slack: '200 ms', pto: '400 ms'}],
  ['first-packet base', 'RTO', {says: 'timers.timerDue.rto', due: '1.000 s', rto: '1 s'}],
])('%s: sum of a %s that runs', (name, timer, sum) => {
  const trace = traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));
  const opened = open({trace});
  const event = timersOf(trace).find((each) => each.op === 'arm' && nameOf(each) === timer) ?? expect.fail();
  const playback = started({language: 'en', viewMs: msAt(opened.pacing, event.atUs + 1)});
  const view = viewOf({...opened, playback, message: undefined});
  const {paragraphs} = whyAbout(view, {kind: 'variable', host: event.host, name: timer});
  expect(paragraphs[0]).toSay({says: 'why.whyTimer.runs'});
  expect(paragraphs[1]).toBe(lastParagraph(viewIn(trace), event));
  expect(paragraphs[1]).toSay(sum);
});

test('of several connections it is told whose timer runs, and exactly until when', () => {
  const asked = (name: string, atUs: number, timer: string) => {
    const trace = traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));
    const opened = open({trace});
    const playback = started({language: 'en', viewMs: msAt(opened.pacing, atUs)});
    const view = viewOf({...opened, playback, message: undefined});
    const tcbs = [...(trace.stateAt(view.cursor)?.hosts.client?.tcp.connections.values() ?? [])];
    return {tcbs, why: whyAbout(view, {kind: 'variable', host: 'client', name: timer})};
  };
  const {tcbs, why} = asked('time-wait many', 60_214_000, '2 MSL');
  const [, port] = /(\d+) ▸ 80/.exec(why.heading) ?? [];
  const own = tcbs.find(({local}) => `${local.port}` === port);
  expect(tcbs.length).toBeGreaterThan(1);
  expect(own?.timers['2MSL']).toBe(60_238_000);
  expect(duesIn(why.paragraphs[1] ?? '')).toEqual(['60.238 s']);
  expect(asked('handshake base', 20_000, 'RTO').why.heading).toSay({
    ...{says: 'why.whyTimer.heading', name: 'RTO', host: 'client'},
  });
  expect(asked('handshake base', 20_000, 'RTO').why.heading).not.toContain('▸');
});

// RFC 1123 §6.1.3.3; the oracle is the run: which of its queries were answered, how fast, and that each wait is the event's own.
test.each([
  ['dns-cache base', 'm', {wait: '5 s', by: 'set'}],
  ['dns-cache base', 'local', {wait: '800 ms', by: 'unknown', times: 0}],
  ['dns-cache base', 'local', {wait: '200 ms', by: 'measured', first: '200 ms'}],
  ['dns-iterative what-if 2', 'local', {wait: '1.6 s', by: 'unknown', first: '800 ms', times: 1}],
])('%s: how long %s waits for DNS', (name, host, said) => {
  const trace = traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));
  const view = viewIn(trace);
  const told = [...entriesOf(trace, 'app-timer')]
    .filter((event) => event.host === host && event.because === '1035:7.2/timer' && event.op === 'arm')
    .map((event) => whyOf(view, event).paragraphs.join(' '));
  expect(told.filter((text) => isSaid(text, {says: 'timers.timerDue.query', ...said}))).not.toEqual([]);
});

// RFC 9293 §3.8.6.2.1: what waits is too little to be worth a segment; a full one that leaves in that instant is not (the run's own events).
test('a timer of too little that stops at once is not said to make anything wait', () => {
  const toldIn = (name: string) => {
    const trace = traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));
    const view = viewIn(trace);
    return [...entriesOf(trace, 'timer')]
      .filter(({because}) => because === '9293:3.8.6.2.1/override/start')
      .map((event) => ({
        leaves: instantOf(trace, event.n).some(
          (each) => each.n > event.n && each.kind === 'send' && each.host === event.host,
        ),
        told: whyOf(view, event).paragraphs[0],
      }));
  };
  const leaving = toldIn('sliding-window base').filter(({leaves}) => leaves);
  expect(leaving).not.toEqual([]);
  for (const {told} of leaving) expect(told).toSay({says: 'player.whyTexts.stopsAgain'});
  const [waits] = toldIn('delayed-ack what-if 1');
  expect(waits?.told).toSay({says: 'rules.9293:3.8.6.2.1/override/start'});
});

// RFC 9112 §9.6: the server reads on until it gets the client's close. Oracle: the FIN or the close_notify that came in that instant of time.
test('what stops reading on is what came, and not why it began', () => {
  let stops = 0;
  for (const name of ['http-request what-if 4', 'https-tls13 retry', 'http-connections short']) {
    const run = allRuns().find((each) => each.name === name) ?? expect.fail(name);
    const trace = traceOf(run);
    for (const event of trace.events()) {
      if (event.kind !== 'app-timer' || event.because !== '9112:9.6/linger') continue;
      const told = whyOf(viewIn(trace), event).paragraphs[0] ?? '';
      expect(isSaid(told, {says: 'rules.9112:9.6/linger', case: 'closed'})).toBe(event.op === 'cancel');
      if (event.op !== 'cancel') continue;
      stops += 1;
      const came = [...trace.events()].filter(
        (each) => each.kind === 'arrive' && each.host === event.host && each.atUs === event.atUs,
      );
      expect(came.length).toBeGreaterThan(0);
    }
  }
  expect(stops).toBeGreaterThan(1);
});

// Oracle: the events of the run, to the millisecond: what ends 75 s after it began has begun at that millisecond.
test('a timer that starts late tells both its times to the millisecond', () => {
  const run = allRuns().find(({name}) => name === 'half-open alive') ?? expect.fail('no such run');
  const trace = traceOf(run);
  const again = [...entriesOf(trace, 'timer')].find(
    ({because, op}) => op === 'arm' && because === '9293:3.8.4/keep-alive/probe',
  );
  if (!again) expect.fail('no probe');
  const {heading, paragraphs} = whyOf(viewIn(trace), again);
  expect(heading).toContain(` at ${(again.atUs / 1e6).toFixed(3)} s?`);
  expect(paragraphs.join(' ')).toContain(` at ${(again.dueUs / 1e6).toFixed(3)} s`);
});

// RFC 9293 §3.8.4: what answers a probe proves that the peer lives. Oracle: the packet that left as a probe, behind which nothing else has come.
test.each(['half-open alive', 'half-open what-if 3'])('%s: what answers a probe is told as that', (name) => {
  const run = allRuns().find((each) => each.name === name) ?? expect.fail('no such run');
  const trace = traceOf(run);
  const probe = [...entriesOf(trace, 'send')].find(({because}) => because === '9293:3.8.4/keep-alive/probe');
  const answers = [...entriesOf(trace, 'arrive')].filter(
    ({n, host}) => n > (probe?.n ?? 0) && host === probe?.host,
  );
  const [first, ...others] = answers.map((each) => whyOf(viewIn(trace), each).paragraphs[0]);
  expect(first).toSay({says: 'player.whyTexts.lifeShown', packet: probe?.packet});
  for (const told of others) expect(told).not.toSay({says: 'player.whyTexts.lifeShown'});
});

const rightEdges = (segment: TcpSegment | undefined): readonly number[] =>
  segment?.options.flatMap((option) =>
    option.kind === 'sack' ? option.blocks.map(({right}) => right) : [],
  ) ?? [];

// RFC 6298 §5 (5.3) wants an ACK of new data; Linux takes a SACK of what left before the head was last sent, too. Oracle: what the packets themselves
// acknowledge, and when the segments left.
test('a time-out that a SACK alone starts anew has not waited for anything else', () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'cubic close-by') ?? expect.fail());
  const bySack = {says: 'rules.8985:8/rto/restart', case: 'sacked'};
  const told = [...entriesOf(trace, 'timer')]
    .filter(({because, op}) => because === '8985:8/rto/restart' && op === 'arm')
    .map((event) => ({event, text: whyOf(viewIn(trace), event).paragraphs[0] ?? ''}))
    .filter(({text}) => isSaid(text, bySack));
  expect(told.length).toBeGreaterThan(10);
  for (const {event, text} of told) {
    const come = [...entriesOf(trace, 'arrive')].filter(({host, n}) => host === event.host && n < event.n);
    const [before, last] = come.slice(-2).map(({packet}) => segmentOf(packetOf(trace, packet)));
    expect(text).toSay({...bySack, packet: come.at(-1)?.packet});
    expect(last?.ack).toBe(before?.ack);
    const sentAt = (is: (segment: TcpSegment) => boolean): number =>
      [...entriesOf(trace, 'send')].findLast(({n, packet}) => {
        const segment = segmentOf(packetOf(trace, packet));
        return n < event.n && segment !== undefined && segment.payload.length > 0 && is(segment);
      })?.atUs ?? expect.fail();
    const arrived = rightEdges(last).filter((edge) => !rightEdges(before).includes(edge));
    expect(arrived).toHaveLength(1);
    expect(sentAt(({seq, payload}) => seq + payload.length === arrived[0])).toBeLessThan(
      sentAt(({seq}) => seq === last?.ack),
    );
  }
});

// RFC 9293 §3.8.6.1, §3.8.4: the probe has the number, and leaves in the same step.
test.each(['sliding-window never-read', 'half-open keep-alive'])(
  // The numbers beneath are those of the probe.
  '%s: a timer that starts again',
  (name) => {
    const trace = traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));
    const opened = open({trace, rule: ruleNamed});
    const view = viewOf({...opened, playback: started({language: 'en', viewMs: 1e9}), message: undefined});
    const beneath = [...entriesOf(trace, 'timer')].flatMap((event) =>
      whyOf(view, event).formulas.map(([, numbers = '']) => numbers),
    );
    expect(beneath.length).toBeGreaterThan(0);
    expect(beneath.filter((numbers) => numbers.includes('seg.'))).toEqual([]);
  },
);

// RFC 8985 §6.2, step 4: a quarter of the least round trip, 100 ms here. That it runs out at 327 ms is the machine's, as recorded from Linux.
test('what is left of a reordering window, and what Linux adds to it, make the wait', () => {
  const trace = traceOf(
    allRuns().find(({name}) => name === 'data-transfer what-if 3') ?? expect.fail('none'),
  );
  const [arm] = [...entriesOf(trace, 'timer')].filter(({name, op}) => name === 'reordering' && op === 'arm');
  if (!arm) expect.fail('no reordering timer');
  expect(whyOf(viewIn(trace), arm).paragraphs.join(' ')).toSay({
    ...{says: 'timers.timerDue.reordering', due: '327 ms', wait: '27 ms', rest: '25 ms', slack: '2 ms'},
  });
});
