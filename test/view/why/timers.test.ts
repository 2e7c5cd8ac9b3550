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
import {some} from '../../helpers/seeds.ts';
import {ruleNamed} from '../../helpers/tcp/rules.ts';
import {ackQuestion} from '../beats.ts';
import {open, started} from '../player.ts';

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

const inMs = (number = '', unit = ''): number => Number(number) * (unit === 's' ? 1000 : 1);

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
    expect(told).toContain('without an answer.');
    expect(told.includes('twice as long')).toBe(doubled);
  }
  expect([waits.get(true), waits.get(false)].every((times) => (times ?? 0) > 1)).toBe(true);
});

const ofAll = some(
  allRuns().filter(({lesson: {id}}) => id !== 'cubic'),
  20,
).map((each) => [each.name, each] as const);

test.each(ofAll)('%s: of a timer that starts it is told when it runs out', (_, each) => {
  const trace = traceOf(each);
  const [en, zh] = [viewIn(trace), viewIn(trace, 'zh')];
  const all = timersOf(trace);
  for (const event of all.slice(0, 60)) {
    // What became of it at that time in the end.
    const last = all.findLast((other) => other.atUs === event.atUs && isSame(other, event)) ?? event;
    const due = formatMoment(event.dueUs);
    if (event.op === 'arm' && last.op === 'arm') {
      const anew =
        last === event
          ? ''
          : ` At the same time it is started anew, and runs out at ${formatMoment(last.dueUs)} then.`;
      expect(lastParagraph(en, event)).toMatch(
        new RegExp(`[Ii]t runs out at ${due}.*[,;] unless something stops it before\\.${anew}$`),
      );
      expect(lastParagraph(zh, event)).toContain(`它在 ${due} 超时`);
    } else expect(lastParagraph(en, event)).not.toContain('unless something stops it');
    if (event.op === 'fire' && event.kind === 'timer') expect(formatMoment(event.atUs)).toBe(due);
  }
});

// SRTT 100 ms, RTO 300 ms: a probe of one segment waits for a delayed ACK, but not longer than the time-out.
test.each([
  ['first-packet base', 'RTO', 'It runs out at 1.000 s, after one RTO (1 s), unless'],
  [
    'tcp-header base',
    'TLP',
    '2 × 100 ms (SRTT) + 200 ms that Linux adds = 400 ms, but at most one RTO (300 ms): it runs out at ',
  ],
  ['layers big', 'TLP', 'after 2 × 100 ms (SRTT) + 2 ms that Linux adds = 202 ms, unless'],
  ['data-transfer delayed', 'delayed-ACK', 'after 40 ms, unless'],
])('%s: the sum of %s', (name, timer, said) => {
  const trace = traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));
  const view = viewIn(trace);
  const told = timersOf(trace)
    .filter((event) => event.kind === 'timer' && event.name === timer && event.op === 'arm')
    .map((event) => lastParagraph(view, event));
  expect(told.filter((text) => text.includes(said))).not.toEqual([]);
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
    const [, srtt, slack, pto, unit] =
      /2 × ([\d.]+) ms \(SRTT\) \+ ([\d.]+) ms .*? = ([\d.]+) (m?s)/.exec(text) ?? [];
    if (srtt === undefined) continue;
    expect(2 * Number(srtt) + Number(slack)).toBeCloseTo(inMs(pto, unit), 3);
    const waitMs = (dueUs - atUs) / 1000;
    if (text.includes('but at most one RTO')) {
      capped += 1;
      expect(waitMs).toBeLessThan(inMs(pto, unit));
      const [, wait, of] = /, after ([\d.]+) (m?s), unless/.exec(text) ?? [];
      expect(inMs(wait, of)).toBeCloseTo(waitMs, 3);
    } else expect(waitMs).toBeCloseTo(inMs(pto, unit), 3);
  }
  expect(capped).toBeGreaterThan(0);
});

test('with a question open nothing is told of when it runs out', () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'first-packet base') ?? expect.fail());
  const view = viewIn(trace);
  const open = {...view, hidden: [ackQuestion(trace, 0)]};
  for (const event of timersOf(trace))
    expect(whyOf(open, event).paragraphs.join(' '), `${event.n}`).not.toMatch(/unless something stops it/);
});

test.each(ofAll)('%s: timers have names', (_, each) => {
  const trace = traceOf(each);
  const [en, zh] = [viewIn(trace), viewIn(trace, 'zh')];
  for (const event of timersOf(trace)) {
    const text = eventText(en, event);
    // Of a program its kind, and of which program.
    expect(text).toMatch(/’s [\w -]*timer(?: \([A-Z:\d]+\))? (?:starts|runs out|stops) at \S+ \S+$/);
    if (event.kind === 'app-timer') expect(text).not.toMatch(/’s (?:HTTPS?|DNS)/);
    expect(eventText(zh, event)).toMatch(/的[^（]*定时器(?:（[A-Z:\d]+）)?(?:启动|超时|停止)（/);
    expect(eventText(zh, event)).not.toMatch(/delayed|keep-alive|persist|\buser/);
  }
});

test('a connection that stands has been opened', () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'http-connections short') ?? expect.fail());
  const [note] = [...entriesOf(trace, 'note')].filter(({note: {kind}}) => kind === 'http-connection');
  expect(eventText(viewIn(trace), note ?? expect.fail())).toMatch(/^client has opened a connection to http/);
});

// Oracle: when each event says that it runs out, and 2 × SRTT + 2 ms of that moment (Linux tcp_schedule_loss_probe).
test.each([
  // TLP, which an ACK sets and the segment that it lets out sets again: by two round trips, then by what is left of an RTO.
  [1260, 'after 2 × 301.119 ms (SRTT) + 2 ms that Linux adds = 604.238 ms, unless', '2.510 s'],
  [1262, 'but at most one RTO (689.667 ms, counted from 1.820 s, when', undefined],
  [5782, undefined, '6.531 s'],
])('of a timer that one instant starts twice each start tells its own sum: event %i', (n, sum, anew) => {
  const trace = traceOf(allRuns().find(({name}) => name === 'cubic what-if 2') ?? expect.fail());
  const event = trace.event(n);
  if (event.kind !== 'timer') expect.fail(event.kind);
  const told = lastParagraph(viewIn(trace), event);
  expect(told).toMatch(new RegExp(`[Ii]t runs out at ${formatMoment(event.dueUs)}, after `));
  if (sum !== undefined) expect(told).toContain(sum);
  expect(/started anew, and runs out at (.*) then\.$/.exec(told)?.[1]).toBe(anew);
});

// The sum of the event that starts it, where the panel is asked, too.
test.each([
  [
    'tcp-header base',
    'TLP',
    '2 × 100 ms (SRTT) + 200 ms that Linux adds = 400 ms, but at most one RTO (300 ms): ',
  ],
  ['first-packet base', 'RTO', 'It runs out at 1.000 s, after one RTO (1 s), unless'],
])('%s: of a %s that runs the panel tells the same sum as the event that starts it', (name, timer, sum) => {
  const trace = traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));
  const opened = open({trace});
  const event = timersOf(trace).find((each) => each.op === 'arm' && nameOf(each) === timer) ?? expect.fail();
  const playback = started({language: 'en', viewMs: msAt(opened.pacing, event.atUs + 1)});
  const view = viewOf({...opened, playback, message: undefined});
  const {paragraphs} = whyAbout(view, {kind: 'variable', host: event.host, name: timer});
  expect(paragraphs[0]).toMatch(/^It was started at .*, and has .* left\.$/);
  expect(paragraphs[1]).toBe(lastParagraph(viewIn(trace), event));
  expect(paragraphs[1]?.startsWith(sum)).toBe(true);
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
  const [, port] = /\(ports (\d+) ▸ 80\)\?$/.exec(why.heading) ?? [];
  const own = tcbs.find(({local}) => `${local.port}` === port);
  expect(tcbs.length).toBeGreaterThan(1);
  expect(own?.timers['2MSL']).toBe(60_238_000);
  expect(why.paragraphs[1]).toContain('runs out at 60.238 s, ');
  expect(asked('handshake base', 20_000, 'RTO').why.heading).toBe(
    'Why does the RTO timer of the client run?',
  );
});

// RFC 1123 §6.1.3.3; the oracle is the run: which of its queries were answered, how fast, and that each wait is the event's own.
test.each([
  ['dns-cache base', 'm', 'after 5 s (as it is set), '],
  ['dns-cache base', 'local', 'after 800 ms (as it is set for a server whose round trip is not known), '],
  [
    'dns-cache base',
    'local',
    'after 200 ms (200 ms, the smoothed round trip to this server + 4 × its variation, ',
  ],
  [
    'dns-iterative what-if 2',
    'local',
    'after 1.6 s (800 ms, as it is set for a server whose round trip is not known, doubled after one silence), ',
  ],
])('%s: how long %s waits for an answer of DNS', (name, host, said) => {
  const trace = traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));
  const view = viewIn(trace);
  const told = [...entriesOf(trace, 'app-timer')]
    .filter((event) => event.host === host && event.because === '1035:7.2/timer' && event.op === 'arm')
    .map((event) => whyOf(view, event).paragraphs.join(' '));
  expect(told.filter((text) => text.includes(said))).not.toEqual([]);
  expect(told.join(' ')).not.toContain('usually');
});

// RFC 9293 §3.8.6.2.1: what waits is too little to be worth a segment; a full one that leaves in that instant is not (the run's own events).
test('a timer of too little that stops at once is not said to make anything wait', () => {
  const toldIn = (name: string) => {
    const trace = traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));
    const views = (['en', 'zh'] as const).map((language) =>
      viewOf({
        ...open({trace, rule: ruleNamed}),
        ...{playback: started({language, viewMs: 1e9}), message: undefined},
      }),
    );
    return [...entriesOf(trace, 'timer')]
      .filter(({because}) => because === '9293:3.8.6.2.1/override/start')
      .map((event) => ({
        leaves: instantOf(trace, event.n).some(
          (each) => each.n > event.n && each.kind === 'send' && each.host === event.host,
        ),
        told: views.map((view) => whyOf(view, event).paragraphs[0]),
      }));
  };
  const leaving = toldIn('sliding-window base').filter(({leaves}) => leaves);
  expect(leaving).not.toEqual([]);
  for (const {told} of leaving) {
    expect(told[0]).toContain('it leaves at once, and the timer stops again');
    expect(told[1]).toContain('随即发出');
  }
  const [waits] = toldIn('delayed-ack what-if 1');
  expect(waits?.told[0]).toContain('this host waits');
});

// RFC 9112 §9.6: the server reads on until it gets the client's close. Oracle: the FIN or the close_notify that came in that instant of time.
test('what stops reading on is what came, and not why it began', () => {
  let stops = 0;
  for (const name of ['http-request what-if 4', 'https-tls13 retry', 'http-connections short']) {
    const run = allRuns().find((each) => each.name === name) ?? expect.fail(name);
    const trace = traceOf(run);
    for (const event of trace.events()) {
      if (event.kind !== 'app-timer' || event.because !== '9112:9.6/linger') continue;
      const [told = '', zhTold = ''] = (['en', 'zh'] as const).map(
        (language) => whyOf(viewIn(trace, language), event).paragraphs[0],
      );
      expect(told.startsWith('The client has ended its direction too')).toBe(event.op === 'cancel');
      expect(zhTold.startsWith('客户端也结束了它那个方向')).toBe(event.op === 'cancel');
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
  const [first, ...others] = answers.map((each) =>
    (['en', 'zh'] as const).map((language) => whyOf(viewIn(trace, language), each).paragraphs[0]),
  );
  expect(first?.[0]).toContain(
    `With packet ${probe?.packet} this host had asked whether the peer still lives.`,
  );
  expect(first?.[1]).toContain(`本机用第 ${probe?.packet} 个分组询问对端是否还在。`);
  for (const [told] of others) expect(told).not.toContain('still lives');
});

const rightEdges = (segment: TcpSegment | undefined): readonly number[] =>
  segment?.options.flatMap((option) =>
    option.kind === 'sack' ? option.blocks.map(({right}) => right) : [],
  ) ?? [];

// RFC 6298 §5 (5.3) wants an ACK of new data; Linux takes a SACK of what left before the head was last sent, too. Oracle: what the packets themselves
// acknowledge, and when the segments left.
test('a time-out that a SACK alone starts anew has not waited for anything else', () => {
  const trace = traceOf(allRuns().find(({name}) => name === 'cubic close-by') ?? expect.fail());
  const told = [...entriesOf(trace, 'timer')]
    .filter(({because, op}) => because === '8985:8/rto/restart' && op === 'arm')
    .map((event) => ({event, text: whyOf(viewIn(trace), event).paragraphs[0] ?? ''}))
    .filter(({text}) => text.includes('acknowledges no further'));
  expect(told.length).toBeGreaterThan(10);
  for (const {event, text} of told) {
    const come = [...entriesOf(trace, 'arrive')].filter(({host, n}) => host === event.host && n < event.n);
    const [before, last] = come.slice(-2).map(({packet}) => segmentOf(packetOf(trace, packet)));
    expect(text).toMatch(new RegExp(`^Packet ${come.at(-1)?.packet} `));
    expect(last?.ack).toBe(before?.ack);
    expect(text).toContain('left before the first unacknowledged segment was last sent');
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
  '%s: the numbers of a timer that starts again are those of the probe',
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
  expect(whyOf(viewIn(trace), arm).paragraphs.join(' ')).toContain(
    'at 327 ms, after 27 ms: 25 ms that the segment may still take, and 2 ms that Linux adds',
  );
});
