// *Why?* of packets that somebody else's stack sent: rules only as deductions, and the capture's silence said openly. Which segments are
// retransmissions, probes and duplicates is Wireshark's word for these files (fixtures/captures/*.tshark.json, fixtures/inspected).
import {expect, test} from 'vitest';
import {Mark} from '../../../source/observe/tcp-marks.ts';
import {viewOf as viewMsOf} from '../../../source/present/time/pace.ts';
import {viewOf} from '../../../source/present/view.ts';
import {deducedRule} from '../../../source/present/why/deduced-reason.ts';
import {whyOf} from '../../../source/present/why/scene-why.ts';
import type {Trace, TraceEvent} from '../../../source/sim/trace.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {ruleTexts} from '../../helpers/tcp/rules.ts';
import {open, started} from '../player.ts';

const rulesOf = (trace: Trace, wanted: (event: TraceEvent) => boolean): readonly (string | undefined)[] =>
  [...trace.events()].filter(wanted).map((event) => deducedRule(trace, event));

const sent = (trace: Trace, bits: number) => (event: TraceEvent) =>
  event.kind === 'send' && ((trace.packet(event.packet).marks ?? 0) & bits) !== 0;

const whyAt = (trace: Trace, n: number, language: 'en' | 'zh' = 'en') => {
  const opened = open({trace, rule: (id) => ruleTexts.find((rule) => rule.id === id)});
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
    '9293:3.10.4/close/last-ack',
  ]);
});

test.each([
  ['08a-fast-retransmit-sack.pcap', Mark.fastRetransmission, '5681:3.2/fast-retransmit'],
  ['08g-rto-only.pcap', Mark.retransmission, '6298:5.4/retransmit'],
  ['10a-zero-window-probes.pcap', Mark.windowUpdate, '9293:3.8.6.2.2/window-update'],
])('%s: marks choose the rule', (name, bits, rule) => {
  const trace = capturedTrace(name);
  const rules = rulesOf(trace, sent(trace, bits));
  expect(rules.length).toBeGreaterThan(0);
  expect(new Set(rules)).toEqual(new Set([rule]));
});

test('the reason is marked as a deduction, with its RFC; what stands behind an RST is not made up', () => {
  const trace = capturedTrace('01a-client-close-idle.pcap');
  const syn = [...trace.events()].find((event) => event.kind === 'state')?.n ?? 0;
  expect(whyAt(trace, syn).rule).toMatch(/^◌ RFC 9293 §3\.10\.1/);
  expect(whyAt(trace, syn).paragraphs.at(-1)).toMatch(/^◌ Deduced: a stack that follows RFC 9293 enters/);
  expect(whyAt(trace, syn, 'zh').paragraphs.at(-1)).toMatch(/^◌ 推断：按 RFC 9293 实现的协议栈/);
  const aborted = capturedTrace('11a-abort-by-client.pcap');
  const resets = [...aborted.events()].filter(
    (event) => event.kind === 'state' && event.to === 'CLOSED' && event.from === 'ESTABLISHED',
  );
  expect(resets).not.toEqual([]);
  for (const event of resets) {
    expect(deducedRule(aborted, event)).toBeUndefined();
    expect(whyAt(aborted, event.n).rule).toBeUndefined();
  }
});

test('a sending again is asked about as one', () => {
  const trace = capturedTrace('08g-rto-only.pcap');
  const again = [...trace.events()].find((event) => event.kind === 'send' && event.retransmission);
  const why = whyAt(trace, again?.n ?? 0);
  expect(why.heading).toMatch(/^Why does .* send this again/);
  expect(why.paragraphs[0]).toMatch(/^Marked: retransmission/);
});
