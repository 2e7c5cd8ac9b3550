// *Why?* of ACKs that waited, and of those that might have (RFC 9293 §3.8.6.3). Oracles: the times of the frames; the segments.
import {expect, test} from 'vitest';
import {entriesOf} from '../../../source/account/entries.ts';
import {packetOf, segmentOf} from '../../../source/account/packet.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import type {Subject} from '../../../source/view/subject.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

const runNamed = (name: string): Trace =>
  traceOf(allRuns().find((run) => run.name === name) ?? expect.fail(name));

/** At the end of the run. */
const said = (trace: Trace, subject: Subject, language: Language = 'en'): string => {
  const opened = open({trace, rule: (id) => rules.get(id)});
  const view = viewOf({...opened, playback: started({language, viewMs: 1e9}), message: undefined});
  return whyAbout(view, subject).paragraphs.join(' ');
};

const told = (name: string, packet: number, language?: Language): string =>
  said(capturedTrace(name), {kind: 'packet', packet}, language);

// Frames 8 and 9 stand 40.3 ms apart, and a round trip takes less than a millisecond; 10 and 11 stand 27 µs apart.
test('the ACK of a FIN that came at once, and one that waited', () => {
  const name = '00e-handshake-one-sided-options.pcap';
  expect(told(name, 9)).toSay({says: 'rules.9293:3.10.7.4/fin/close-wait'});
  expect(told(name, 9)).toMatch(
    /This ACK seems to leave about 40\.\d ms after packet 8 arrived\. A receiver may delay/,
  );
  expect(told(name, 9, 'zh')).toMatch(/第 8 个分组到达约 40\.\d ms 之后才发出/);
  expect(told(name, 11)).not.toContain('may delay');
});

// The way takes 100 ms: frame 17 comes 200 ms after what it answers, and left at once.
test('the way is no waiting', () => {
  expect(told('00c-simultaneous-open.pcap', 17)).not.toContain('may delay');
  expect(told('00c-simultaneous-open.pcap', 20)).not.toContain('may delay');
});

// Raw events: one run acknowledges each segment in the instant in which it comes, the other waits.
test('an ACK that might have waited and does not says so, one that has waited does not', () => {
  const acks = (name: string) => {
    const trace = runNamed(name);
    return [...trace.events()]
      .filter(({kind, because}) => kind === 'send' && /text\/in-order|delayed-ack/.test(because ?? ''))
      .map(({n}) => said(trace, {kind: 'event', event: n}))
      .filter((text) => text.includes('The receiver sends this ACK at once.'));
  };
  expect(acks('half-open heartbeat')).not.toEqual([]);
  expect(acks('data-transfer delayed')).toEqual([]);
});

// Linux tcp_comp_sack_delay_ns. Oracle: whether three ACKs of that number have left before.
test.each(['your-capture lost', 'data-transfer delayed'])('%s: for what an ACK has waited', (name) => {
  const trace = runNamed(name);
  const ackOf = (packet: number) => segmentOf(packetOf(trace, packet))?.ack;
  const left = [...entriesOf(trace, 'send')];
  const fired = [...entriesOf(trace, 'timer')].filter(
    ({op, because}) => op === 'fire' && because === '9293:3.8.6.3/delayed-ack/timer',
  );
  expect(fired).not.toEqual([]);
  for (const {n, host} of fired) {
    const sent = left.find((each) => each.n > n && each.host === host) ?? expect.fail('no ACK');
    const isSame = (each: typeof sent) => each.host === host && ackOf(each.packet) === ackOf(sent.packet);
    const gathers = left.filter((each) => each.n < n && isSame(each)).length >= 3;
    for (const event of [n, sent.n]) {
      const text = (language: Language) => said(trace, {kind: 'event', event}, language);
      expect(text('en').includes('in one ACK with SACK')).toBe(gathers);
      expect(text('zh').includes('一个带 SACK 的 ACK')).toBe(gathers);
    }
  }
});
