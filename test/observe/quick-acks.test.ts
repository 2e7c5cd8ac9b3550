// ACKs at once for one segment alone (RFC 9293 §3.8.6.3 lets them wait for a second), by hand.
import {expect, test} from 'vitest';
import {QuickAcks} from '../../source/observe/quick-acks.ts';
import {Mark} from '../../source/observe/tcp-marks.ts';
import {FIN, PSH, RST, SYN, segmentOf} from './segments.ts';

type Given = Parameters<typeof segmentOf>[0];

/** All up to 100 is acknowledged; then ten octets from 100 come, and 500 µs later that is said. */
const isQuick = ({
  data = {},
  answer = {},
  before,
}: {
  data?: Given;
  answer?: Given;
  before?: Given;
}): boolean => {
  const acks = new QuickAcks();
  acks.said(segmentOf({ack: 100, window: 1000, ...before}));
  acks.came(segmentOf({seq: 100, text: 'ten octets', ...data}), 10);
  const marks = acks.said(segmentOf({seq: 1, ack: 110, atUs: 500, window: 1000, ...answer}));
  expect([marks, acks.count]).toEqual(acks.count === 1 ? [Mark.quickAck, 1] : [0, 0]);
  return acks.count === 1;
};

test.each<readonly [string, Parameters<typeof isQuick>[0], boolean]>([
  ['at once', {}, true],
  ['within a millisecond', {answer: {atUs: 999}}, true],
  ['after one', {answer: {atUs: 1000}}, false],
  ['less than all', {answer: {ack: 105}}, false],
  ['with data', {answer: {text: 'x'}}, false],
  ['with SACK', {answer: {sacks: true}}, false],
  ['with FIN', {answer: {flags: FIN}}, false],
  ['with RST', {answer: {flags: RST}}, false],
  ['with twice the window', {answer: {window: 2000}}, false],
  ['with less than that', {answer: {window: 1999}}, true],
  ['a window not scaled', {before: {flags: SYN, window: 300}}, true],
  ['more than a full segment', {data: {text: 'eleven octs'}}, false],
  ['the end of a write', {data: {flags: PSH}}, false],
  ['the last one', {data: {flags: FIN}}, false],
  ['no octets', {data: {text: ''}, answer: {ack: 100}}, false],
  ['behind a gap', {data: {seq: 101}, answer: {ack: 111}}, false],
  ['what fills a gap', {before: {sacks: true}}, false],
])('%s: %j', (_, given, quick) => {
  expect(isQuick(given)).toBe(quick);
});

test('of two segments that came nothing can be told; of the next one alone again', () => {
  const acks = new QuickAcks();
  const came = (seq: number) => acks.came(segmentOf({seq, text: 'ten octets'}), 10);
  const said = (ack: number) => acks.said(segmentOf({ack, window: 1000})) === Mark.quickAck;
  said(100);
  came(100);
  came(110);
  expect([said(110), said(120)]).toEqual([false, false]);
  came(120);
  expect([said(130), acks.count]).toEqual([true, 1]);
  // Said again it acknowledges nothing that came since.
  expect(said(130)).toBe(false);
  came(130);
  // A segment that acknowledges nothing new does not end the waiting.
  expect([said(130), said(140), acks.count]).toEqual([false, true, 2]);
});
