// *Why?* of what a capture does tell although it knows no program: responses; and of windows that are scaled.
import {expect, test} from 'vitest';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import type {Subject} from '../../../source/view/subject.ts';
import {msAt} from '../../../source/view/time/pace.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {isSaid} from '../../helpers/meaning.ts';
import {open, started} from '../player.ts';

const why = (trace: Trace, subject: Subject, language: Language = 'en') =>
  whyAbout(
    viewOf({...open({trace}), playback: started({language, viewMs: 1e9}), message: undefined}),
    subject,
  );

// RFC 826: the address that was asked for.
test.each([['00a-handshake-only.pcap', 2, 1]] as const)(
  '%s: packet %i answers packet %i',
  (name, packet, asked) => {
    const trace = capturedTrace(name);
    expect(why(trace, {kind: 'packet', packet}).paragraphs[0]).toSay({
      says: 'player.whyTexts.answers',
      packet: asked,
    });
    // Why it was asked nobody can see.
    expect(why(trace, {kind: 'packet', packet: asked}).paragraphs[0]).toSay({
      says: 'player.ruleReasons.arpRequest',
    });
  },
);

// RFC 7323 §2.2: the field is RCV.WND, shifted by the scale that this end has offered.
test('a scaled window is told with its scale', () => {
  const run = allRuns().find(({name}) => name === 'loss-recovery tail-linux') ?? expect.fail();
  const {formulas} = why(traceOf(run), {kind: 'field', packet: 5, field: 'tcp.window_size_value'});
  expect(formulas).toEqual([['rcv.wnd  =  seg.wnd  ×  rcv.scale', '64256    =  502      ×  128']]);
});

// RFC 9293 §3.1: “If the ACK control bit is set”, “only interpreted in segments with the URG control bit set”.
test.each([
  ['tcp.ack_raw', 1, 'ACK'],
  ['tcp.urgent_pointer', 3, 'URG'],
])('%s of packet %i: not read', (field, packet, flag) => {
  const run = allRuns().find(({name}) => name === 'handshake base') ?? expect.fail();
  const {paragraphs, formulas} = why(traceOf(run), {kind: 'field', packet, field});
  expect(paragraphs[1]).toSay({says: 'inspector.unreadField', flag, left: true});
  expect(paragraphs).toHaveLength(2);
  expect(formulas).toEqual([]);
});

test('what is not on the wire nobody filled in, and octets that nobody explains stand in no RFC', () => {
  const trace = capturedTrace('19k-unsupported-link-type.pcap');
  const {paragraphs, rule} = why(trace, {kind: 'field', packet: 1, field: 'data.len'});
  expect(paragraphs.at(-1)).toSay({says: 'inspector.inspectorTexts.computed'});
  expect(rule).toBeUndefined();
});

test('what cannot be a name is refused by the rule of names (RFC 1035 §2.3.4)', () => {
  const run = allRuns().find(({name}) => name === 'dns-transport names') ?? expect.fail();
  const trace = traceOf(run);
  const refused = [...trace.events()].find(
    (event) => event.kind === 'answer' && 'result' in event.answer && event.answer.result === 'EINVAL',
  );
  expect(refused?.because).toBe('1035:2.3.4/no-name');
});

// A stub knows its resolver alone (RFC 1034 §5.3.1).
test('what a stub does not know it asks its resolver for', () => {
  const run = allRuns().find(({name}) => name === 'dns-transport edns') ?? expect.fail();
  const opened = open({trace: traceOf(run)});
  const told = (host: string, language: Language) =>
    whyAbout(
      viewOf({
        ...opened,
        playback: started({language, viewMs: msAt(opened.pacing, 20_000)}),
        message: undefined,
      }),
      {kind: 'cache', host, name: 'big.abc.com.', type: 16},
    ).paragraphs[0];
  expect(told('m', 'en')).toSay({says: 'why.whyCache.missed', time: '0 ms', stub: true, how: 'nothing'});
  expect(told('local', 'en')).toSay({says: 'why.whyCache.missed', time: '5 ms', stub: false, how: 'nothing'});
});

// RFC 1035 §4.1.1, §4.2.1. Oracle: tshark, `dns.flags.truncated == 1` of that file is packet 18 alone.
test('a response that is cut short says so', () => {
  const trace = capturedTrace('13e-dns-truncated-tcp.pcapng');
  const told = (packet: number, language: Language = 'en') =>
    why(trace, {kind: 'event', event: trace.packet(packet).sendEvent}, language).paragraphs;
  const cut = {says: 'player.ruleReasons.dnsAnswers', cut: true};
  expect([7, 9, 17, 18].map((packet) => isSaid(told(packet).join(' '), cut))).toEqual([
    ...[false, false, false, true],
  ]);
});
