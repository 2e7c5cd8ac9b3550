// *Why?* of what was sent again in captures of two Linux kernels: it names what the first page names, and a rule that such a sender goes
// by. Oracle: the kernel's call stack at each repetition (test/fixtures/repairs/README.md).
import {readFileSync} from 'node:fs';
import {gunzipSync} from 'node:zlib';
import {expect, test} from 'vitest';
import {capturedReasonOf} from '../../../source/observe/captured-reasons.ts';
import {Mark, retransmissionMarks} from '../../../source/observe/tcp-marks.ts';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {capturedReason} from '../../../source/view/why/captured-reason.ts';
import {marksSeen} from '../../../source/words/capture.ts';
import {capturedTrace, traceOfFile} from '../../helpers/captured.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';

const fixture = (name: string) =>
  traceOfFile(
    gunzipSync(readFileSync(new URL(`../../fixtures/repairs/${name}.pcap.gz`, import.meta.url))),
    name,
  );

const known = fixture('known');

const sent = (trace: typeof known, bits: number) =>
  [...trace.events()].flatMap((event) => {
    const {id, marks = 0} = event.kind === 'send' ? trace.packet(event.packet) : {id: 0};
    return (marks & bits) === 0 ? [] : [{id, marks, event, rules: capturedReasonOf(trace, event).rules}];
  });

const rulesFor = [
  [Mark.reported, ['8985:6.2/lost', '5681:3.2/fast-retransmit', '6582:3.2/partial-ack']],
  [Mark.probed, ['8985:7.3/probe/last-segment']],
  [Mark.timedOut, ['6298:5.4/retransmit']],
  [Mark.afterTimeout, ['9293:3.8.1/retransmit/next']],
] as const;

test.each(['known', 'late'])('%s: what the first page counts by cause, each packet names', (name) => {
  const trace = name === 'known' ? known : fixture(name);
  for (const [mark, allowed] of rulesFor) {
    const all = sent(trace, mark);
    expect(all.length).toBeGreaterThan(0);
    for (const {id, rules} of all)
      expect(
        rules.some((rule) => (allowed as readonly string[]).includes(rule)),
        `packet ${id}: ${rules}`,
      ).toBe(true);
  }
});

// RFC 6582 §1: NewReno is for senders without SACK.
test.each(['known', 'paths'])('%s: where both SYNs allow SACK nothing is mended by partial ACKs', (name) => {
  const trace = name === 'known' ? known : fixture(name);
  const speaking = new Set(
    trace.connections.filter(
      (each) => each.half(0).options?.sackPermitted && each.half(1).options?.sackPermitted,
    ),
  );
  expect(speaking.size).toBeGreaterThan(30);
  for (const {id, rules} of sent(trace, Mark.reported)) {
    const own = trace.connections.find((each) => each.id === trace.connectionPackets?.of(id));
    if (own && speaking.has(own)) expect(rules, `packet ${id}`).not.toContain('6582:3.2/partial-ack');
  }
});

test('a repetition is said to be one, whatever else it shows', () => {
  const of = (marks: number) => marksSeen(marks, 'en').map((text) => text.slice(0, 14));
  expect(of(Mark.resent | Mark.proportional)).toEqual(['Seen: these se', 'Deduced: PRR a']);
  expect(of(Mark.resent | Mark.retransmission | Mark.proportional)).toEqual([
    'Marked: retran',
    'Deduced: PRR a',
  ]);
  expect(of(Mark.resent | Mark.keepAlive)).toEqual(['Marked: keep-a']);
});

test('what fills a gap at the receiver was repeated, or is late: neither is claimed', () => {
  const filling = sent(known, retransmissionMarks).filter(({marks}) => (marks & Mark.resent) === 0);
  expect(filling.length).toBeGreaterThan(5);
  for (const {event} of filling) {
    const {paragraphs} = capturedReason({trace: known, ruleOf: () => undefined}, event, 'en');
    expect(paragraphs.join(' ')).toSay({says: 'player.whyTexts.fillsGap'});
    expect(paragraphs.join(' ')).not.toMatch(/repeats numbers/);
  }
});

const whyOfPacket = (trace: typeof known, packet: number) => {
  const opened = open({trace});
  const view = viewOf({...opened, playback: started({viewMs: 1e9}), message: undefined});
  return whyAbout(view, {kind: 'event', event: trace.packet(packet).sendEvent});
};

test('a segment that brings data is asked about as such', () => {
  const rate = fixture('rate');
  const data = sent(rate, Mark.proportional).filter(({marks}) => (marks & Mark.resent) === 0);
  expect(data.length).toBeGreaterThan(10);
  for (const {id} of data.slice(0, 10))
    expect(whyOfPacket(rate, id).heading).toSay({says: 'panels.whyHeadings.bytes', bytes: 1448});
});

test('an arrival for which a packet speaks is not one of which nothing tells', () => {
  let shown = 0;
  for (const event of known.events()) {
    if (event.kind !== 'arrive') continue;
    const {paragraphs} = capturedReason({trace: known, ruleOf: () => undefined}, event, 'en');
    const told = paragraphs.join(' ');
    if (/Packets? \d+ .*shows? this/.test(told)) shown += 1;
    expect(told).not.toMatch(/nothing speaks against it\. Packet/);
  }
  expect(shown).toBeGreaterThan(100);
});

// Its maker doubled every packet on the way, and sent nothing again (09e-everything-twice.json).
test('what the path has doubled was sent again by nobody', () => {
  const trace = capturedTrace('09e-everything-twice.pcap');
  const copies = sent(trace, Mark.copy);
  expect(copies).toHaveLength(9);
  for (const {event, rules} of copies) {
    expect(rules).toEqual([]);
    const {paragraphs} = capturedReason({trace, ruleOf: () => undefined}, event, 'en');
    expect(paragraphs.join(' ')).toSay({says: 'player.whyTexts.copy'});
  }
});
