// Requests of HTTP/3 as an instant has them (RFC 9114 §4.1): in packets that were sealed here, the field sections those of RFC 9204's static
// table (appendix A).
import {describe, expect, test} from 'vitest';
import type {SeenMessage} from '../../source/observe/http-exchanges.ts';
import {hasHttp3, http3ExchangesAt} from '../../source/observe/http3-exchanges.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {GrowingCapture} from '../helpers/growing.ts';
import {frames} from './quic-made.ts';
import {conversation, madeKeys, opening, openingOf, quicFrames, quicRecorded} from './quic-recorded.ts';

const get = octetsOf('01040000d1c1');
const ok200 = octetsOf('01030000d9');
const data = octetsOf('0002aabb');

type Options = {readonly offset?: number; readonly fin?: boolean};

/** A packet of each side's stream frames. */
const streams = () => {
  const say = conversation();
  return (side: 0 | 1, stream: number, octets: Uint8Array, options: Options = {}) =>
    say(side, frames.stream(stream, octets, options));
};

const shown = (message: SeenMessage | undefined): string => {
  if (!message) return '-';
  const {head, content, whole} = message;
  const name = head.start.kind === 'request' ? head.start.target : String(head.start.status);
  const octets = content.reduce((sum, {start, end}) => sum + end - start, 0);
  return `${name}${octets > 0 ? ` ${octets}` : ''}${whole ? '.' : ''}`;
};

const at = (trace: Trace, event = trace.length) =>
  http3ExchangesAt(trace, event).map(
    ({number, stream, request, interim, response}) =>
      `${number} on ${stream}: ${[request, ...interim, response].map(shown).join(' | ')}`,
  );

test('each stream has one, in the order in which they are seen', () => {
  const say = streams();
  const trace = quicRecorded([
    ...opening,
    ...[say(0, 4, get, {fin: true}), say(0, 0, get, {fin: true}), say(1, 4, ok200, {fin: true})],
    ...[say(1, 0, ok200), say(1, 0, data, {offset: 5, fin: true}), say(0, 2, octetsOf('00040100'))],
  ]);
  expect(hasHttp3(trace)).toBe(true);
  expect(at(trace)).toEqual(['1 on 4: /. | 200.', '1 on 0: /. | 200 2.']);
});

test('whole with its end, which may have no octets (RFC 9000 §19.8)', () => {
  const say = streams();
  const said = [...opening, say(0, 0, get), say(1, 0, ok200)];
  expect(at(quicRecorded(said))).toEqual(['1 on 0: / | 200']);
  const asked = [...said, say(0, 0, new Uint8Array(0), {offset: 6, fin: true})];
  expect(at(quicRecorded(asked))).toEqual(['1 on 0: /. | 200']);
  const answered = [...asked, say(1, 0, new Uint8Array(0), {offset: 5, fin: true})];
  expect(at(quicRecorded(answered))).toEqual(['1 on 0: /. | 200.']);
  // An end behind a gap is none yet.
  const behindGap = [...asked, say(1, 0, data, {offset: 9, fin: true})];
  expect(at(quicRecorded(behindGap))).toEqual(['1 on 0: /. | 200']);
});

test('an instant has what had been sent by then, in whatever order instants are asked for', () => {
  const say = streams();
  const trace = quicRecorded([
    ...[...opening, say(0, 0, get, {fin: true}), say(1, 0, ok200), say(0, 4, get)],
    ...[say(1, 0, data, {offset: 5, fin: true}), say(1, 4, ok200)],
  ]);
  const eventOf = (packet: number) => trace.packet(packet).sendEvent;
  const expected: readonly (readonly [packet: number, readonly string[]])[] = [
    [2, []],
    [3, ['1 on 0: /. | -']],
    [4, ['1 on 0: /. | 200']],
    [5, ['1 on 0: /. | 200', '1 on 4: / | -']],
    [6, ['1 on 0: /. | 200 2.', '1 on 4: / | -']],
    [7, ['1 on 0: /. | 200 2.', '1 on 4: / | 200']],
  ];
  for (const [packet, told] of [...expected, ...expected.toReversed()])
    expect(at(trace, eventOf(packet)), `${packet}`).toEqual(told);
  expect(at(trace)).toEqual(expected.at(-1)?.[1]);
});

test('of a capture in the making each look tells what reading all at once tells', () => {
  const say = streams();
  const all = quicFrames([
    ...[
      ...opening,
      say(0, 0, get, {fin: true}),
      say(0, 4, get),
      say(1, 0, ok200),
      say(1, 4, ok200.subarray(0, 2)),
    ],
    // Whole with its end, then with what had been overtaken; a head in two packets; an end without octets.
    ...[say(1, 0, new Uint8Array(0), {offset: 9, fin: true}), say(1, 0, data, {offset: 5})],
    ...[say(1, 4, ok200.subarray(2), {offset: 2}), say(1, 4, data, {offset: 5, fin: true})],
    ...[say(0, 4, new Uint8Array(0), {offset: 6, fin: true}), say(0, 8, get, {fin: true})],
    say(1, 8, ok200, {fin: true}),
  ]);
  const grown = new GrowingCapture(all);
  for (let count = 3; count <= all.length; count++) {
    const told = at(grown.upTo(count).withQuic(madeKeys));
    expect(told, `${count}`).toEqual(at(new GrowingCapture(all).upTo(count).withQuic(madeKeys)));
    if (count === 8) expect(told).toEqual(['1 on 0: /. | 200 2.', '1 on 4: / | -']);
  }
  expect(at(grown.upTo(all.length).withQuic(madeKeys))).toEqual([
    ...['1 on 0: /. | 200 2.', '1 on 4: /. | 200 2.', '1 on 8: /. | 200.'],
  ]);
});

describe('no exchange', () => {
  test('one-way streams', () => {
    const say = streams();
    const trace = quicRecorded([
      ...opening,
      say(0, 2, octetsOf('00040100')),
      say(1, 3, octetsOf('00040100')),
    ]);
    expect([hasHttp3(trace), at(trace)]).toEqual([false, []]);
  });

  test('what is not HTTP/3', () => {
    const say = streams();
    const trace = quicRecorded([...openingOf('doq'), say(0, 0, get), say(1, 0, ok200)]);
    expect([hasHttp3(trace), at(trace)]).toEqual([false, []]);
  });
});
