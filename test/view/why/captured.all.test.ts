// *Why?* of packets that somebody else's stack sent: rules only as deductions, and the capture's silence said openly. Which segments are
// retransmissions, probes and duplicates is Wireshark's word for these files (fixtures/captures/*.tshark.json, fixtures/inspected).
import {expect, test} from 'vitest';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import {loadData} from '../../../source/lesson/load-data.ts';
import {capturedReasonOf} from '../../../source/observe/captured-reasons.ts';
import {Mark} from '../../../source/observe/tcp-marks.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {viewOf as viewMsOf} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyOf} from '../../../source/view/why/scene-why.ts';
import {allRuns, type LessonRun, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace, traceOfFile} from '../../helpers/captured.ts';
import {dataFile} from '../../helpers/data-file.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const data = loadData({rules: dataFile('rules')});
const rules = data.ok ? data.value.rules : [];

const rulesOf = (trace: Trace, wanted: (event: TraceEvent) => boolean): readonly (string | undefined)[] =>
  [...trace.events()].filter(wanted).map((event) => capturedReasonOf(trace, event).rules[0]);

const sent = (trace: Trace, bits: number) => (event: TraceEvent) =>
  event.kind === 'send' && ((trace.packet(event.packet).marks ?? 0) & bits) !== 0;

const whyAt = (trace: Trace, n: number, language: 'en' | 'zh' = 'en') => {
  const opened = open({trace, rule: (id) => rules.find((rule) => rule.id === id)});
  const playback = started({viewMs: viewMsOf(opened.pacing, n), language});
  return whyOf(viewOf({...opened, playback, message: undefined}), n);
};

test('an opening and a close: the calls and answers of RFC 9293 figures 6 and 12', () => {
  const trace = capturedTrace('01a-client-close-idle.pcap');
  const rules = rulesOf(
    trace,
    (event) => event.kind === 'send' && trace.packet(event.packet).marks !== undefined,
  );
  expect(rules.filter((rule) => rule !== undefined)).toEqual([
    '9293:3.10.1/open/active',
    '9293:3.10.7.2/listen/syn',
    '9293:3.10.7.3/syn-sent/syn-ack',
    '9293:3.10.4/close/fin',
    '9293:3.10.7.4/fin/close-wait',
    '9293:3.10.4/close/fin',
    '9293:3.10.7.4/fin/time-wait',
  ]);
});

/** What the makers of these captures lost, and by what it was mended: `what` in fixtures/inspected. */
test.each([
  // Linux goes by time here (RFC 8985 §6.2): two duplicate ACKs are not enough for RFC 5681.
  // RFC 8985 §6.2, or RFC 6675: nobody sees which.
  ['08a-fast-retransmit-sack.pcap', Mark.resent, '8985:6.2/lost'],
  ['08c-lost-syn.pcap', Mark.resent, '6298:5.4/retransmit'],
  // The first of them may be a probe, too.
  ['08g-rto-only.pcap', Mark.resent, '6298:5.4/retransmit'],
  ['08h-rto-four-times.pcap', Mark.resent, '6298:5.4/retransmit'],
  ['10a-zero-window-probes.pcap', Mark.windowUpdate, '9293:3.8.6.2.2/window-update'],
])('%s: marks and times choose', (name, bits, rule) => {
  const trace = capturedTrace(name);
  const told = [...trace.events()]
    .filter(sent(trace, bits))
    .map((event) => capturedReasonOf(trace, event).rules);
  const rules = told.filter((each) => each.length > 0);
  expect(rules.length).toBeGreaterThan(0);
  for (const each of rules) expect(each).toContain(rule);
});

test('a tail loss probe is one, and what it brings to light is lost by RACK’s rule (RFC 8985 §6.2, §7.3)', () => {
  const trace = capturedTrace('08p-tail-loss-probe.pcapng');
  const told = [...trace.events()]
    .filter(sent(trace, Mark.resent))
    .map((event) => capturedReasonOf(trace, event).rules);
  expect(told.map(([first]) => first)).toEqual(['8985:7.3/probe/last-segment', '8985:6.2/lost']);
});

test('the reason is marked as a deduction, with its RFC; what stands behind an RST is not made up', () => {
  const trace = capturedTrace('01a-client-close-idle.pcap');
  const syn = [...trace.events()].find((event) => event.kind === 'state')?.n ?? 0;
  expect(whyAt(trace, syn).rule).toMatch(/^◌ RFC 9293 §3\.10\.1/);
  expect(whyAt(trace, syn).paragraphs.at(-1)).toSay({says: 'capture.explainedBy', rfc: '9293'});
  const aborted = capturedTrace('11a-abort-by-client.pcap');
  const resets = [...aborted.events()].filter(
    (event) => event.kind === 'state' && event.to === 'CLOSED' && event.from === 'ESTABLISHED',
  );
  expect(resets).not.toEqual([]);
  for (const event of resets) {
    expect(capturedReasonOf(aborted, event).rules).toEqual([]);
    expect(whyAt(aborted, event.n).rule).toBeUndefined();
  }
});

/** The FIN of packet 40 ends at 1038601407 (tshark); packet 41 says 1038601406. */
test('what acknowledges less than a FIN does not answer that', () => {
  const trace = capturedTrace('16g-tls13-early-data.pcap');
  expect(capturedReasonOf(trace, trace.event(trace.packet(41).sendEvent)).rules).toEqual([
    '9293:3.10.7.4/text/in-order',
  ]);
});

/** As tshark reads them: ICMP 3/13; MLDv2; a solicitation from `::`; a router solicitation. */
test.each([
  ['06e-firewall-reject-icmp.pcap', 4, {says: 'player.ruleReasons.icmpErrors.filtered', packet: 3}],
  ['03c-fin-with-data.pcapng', 1, {says: 'player.ruleReasons.icmp.listens', routers: true}],
  [
    '03c-fin-with-data.pcapng',
    2,
    {says: 'player.ruleReasons.icmp.wants', address: 'fe80::8881:d2ff:fe11:16ef'},
  ],
  ['03c-fin-with-data.pcapng', 12, {says: 'player.ruleReasons.icmp.solicits'}],
] as const)('%s, packet %i: why it was sent', (name, id, said) => {
  const trace = capturedTrace(name);
  const {sendEvent} = trace.packet(id);
  expect(whyAt(trace, sendEvent).paragraphs.join(' ')).toSay(said);
});

test('a sending again is asked about as one', () => {
  const trace = capturedTrace('08g-rto-only.pcap');
  const again = [...trace.events()].find((event) => event.kind === 'send' && event.retransmission);
  const why = whyAt(trace, again?.n ?? 0);
  expect(why.heading).toSay({says: 'panels.whyHeadings.again', packet: 8, host: '10.77.86.2'});
  expect(why.paragraphs[0]).toMatch(/^Marked: retransmission/);
});

const againOf = (run: LessonRun): Trace => {
  const wanted = {
    trace: traceOf(run),
    format: 'pcapng',
    at: undefined,
    language: 'en',
    application: 'test',
  } as const;
  return traceOfFile(Buffer.concat([...(captureFile(wanted) ?? [])]), 'again');
};

test('without SACK a repeated ACK has one of two reasons, and both are said', () => {
  const run = allRuns().find(({name}) => name === 'congestion what-if 4');
  if (!run) throw new Error('no such run');
  const trace = againOf(run);
  const event = [...trace.events()].find((each) => capturedReasonOf(trace, each).rules.length > 1);
  expect(event && capturedReasonOf(trace, event).rules).toEqual([
    '9293:3.10.7.4/text/out-of-order',
    '9293:3.10.7.4/sequence/duplicate',
  ]);
  const [en, zh] = [whyAt(trace, event?.n ?? 0), whyAt(trace, event?.n ?? 0, 'zh')];
  expect(en.rule).toMatch(/^◌ RFC 9293 .* or RFC 9293 /);
  expect(en.paragraphs.join(' ')).toMatch(/Deduced: there are two possible reasons\. .* 1\. .* 2\. /);
  expect(zh.rule).toMatch(/^◌ RFC 9293 .*，或 RFC 9293 /);
  expect(zh.paragraphs.join('\n')).toMatch(/^推断：可能的原因有两种.*\n1\. .*\n2\. /m);
});

/** What the wire cannot tell apart: the same segment, for a reason within the host. */
const sameOnTheWire: {readonly [was: string]: string} = {
  '9293:3.8.6/send/window': '9293:3.10.2/send/segmentise',
  '5681:3.2/fast-recovery/new-data': '9293:3.10.2/send/segmentise',
  '3042:2/limited-transmit': '9293:3.10.2/send/segmentise',
  '9293:3.8.6.2.1/override': '9293:3.10.2/send/segmentise',
  '9293:3.8.1/retransmit/next': '6298:5.4/retransmit',
  '9293:3.8.6.3/delayed-ack/second-segment': '9293:3.10.7.4/text/in-order',
  '9293:3.8.6.3/delayed-ack/timer': '9293:3.10.7.4/text/in-order',
  '4987:2.2/forged-source': '9293:3.10.1/open/active',
  '4987:3.6/cookie/send': '9293:3.10.7.2/listen/syn',
  '9293:3.10.4/close/fin-after-data': '9293:3.10.4/close/fin',
  'linux:quick-ack/now': '9293:3.10.7.4/text/in-order',
  'linux:tcp_grow_window/now': '9293:3.10.7.4/text/in-order',
};

test('of runs whose reasons are known, exported and read back, at most one deduction of two hundred is wrong', () => {
  const wrong: string[] = [];
  let [right, open, either] = [0, 0, 0];
  for (const run of allRuns().filter(({lesson}) => lesson.track.startsWith('tcp'))) {
    const trace = traceOf(run);
    if (trace.packetCount > 800) continue;
    const seen = againOf(run);
    for (let id = 1; id <= trace.packetCount; id++) {
      const {because = ''} = trace.event(trace.packet(id).sendEvent);
      const told: readonly string[] = capturedReasonOf(seen, seen.event(seen.packet(id).sendEvent)).rules;
      if (told.length === 0) open += 1;
      else if (told.includes(because) || told.includes(sameOnTheWire[because] ?? '')) right += 1;
      else wrong.push(`${run.name} ${id}: ${because}, deduced ${told.join(' or ')}`);
      // A SYN behind which nobody speaks may always be forged.
      if (told.length > 1 && !told.includes('4987:2.2/forged-source')) either += 1;
    }
  }
  const all = right + wrong.length + open;
  // Frames in the order of departure: at times what an answer is for had not arrived yet.
  expect(wrong.length, `${right} right, ${open} open\n${wrong.join('\n')}`).toBeLessThan(all / 200);
  expect(right).toBeGreaterThan(5 * open);
  expect(either).toBeGreaterThan(0);
  // Two with SACK, where a sender may go by RACK or by RFC 6675.
  expect(either).toBeLessThan(all / 50);
});

test('a state whose beginning was not captured, and one that an RST ends, say from what they are deduced', () => {
  const statesOf = (trace: Trace) => [...trace.events()].filter((event) => event.kind === 'state');
  const late = capturedTrace('18o-starts-in-the-middle.pcapng');
  const [first] = statesOf(late);
  expect(whyAt(late, first?.n ?? 0).paragraphs).toEqual([
    expect.stringMatching(/^Deduced: the capture contains no SYN of this connection/),
  ]);
  expect(whyAt(late, first?.n ?? 0, 'zh').paragraphs).toEqual([
    expect.stringMatching(/^推断而来：抓包里没有这个连接的 SYN/),
  ]);
  const aborted = capturedTrace('11a-abort-by-client.pcap');
  const closed = statesOf(aborted).find((event) => event.kind === 'state' && event.to === 'CLOSED');
  expect(whyAt(aborted, closed?.n ?? 0).paragraphs).toEqual([
    expect.stringMatching(/^Deduced: an RST has passed/),
  ]);
});
