// The QUIC in a Trace, packet by packet: whose streams a packet brings something of, in the form of a connection; and what was not captured.
// Packets that were sealed here.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {
  quicConnectionOf,
  quicContentOf,
  quicLostIn,
  quicNamedIn,
  quicOf,
  quicStreamOf,
  quicStreamsIn,
} from '../../source/observe/quic-in-trace.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {type Frames, GrowingCapture} from '../helpers/growing.ts';
import {frames} from './quic-made.ts';
import {conversation, madeKeys, opening, openingOf, quicFrames, quicRecorded} from './quic-recorded.ts';

const bytes = (...octets: readonly number[]) => Uint8Array.from(octets);
const ping = octetsOf('01000000');

describe('streams', () => {
  const say = conversation();
  const trace = quicRecorded([
    ...opening,
    say(0, frames.stream(4, bytes(1, 2)), frames.stream(0, bytes(3))),
    say(1, frames.stream(4, bytes(5, 6, 7))),
    say(1, ping),
    say(0, frames.stream(4, bytes(8), {offset: 3})),
    say(0, frames.stream(4, bytes(9), {offset: 2})),
    say(1, frames.stream(3, bytes(1))),
  ]);
  const eventOf = (packet: number) => trace.packet(packet).sendEvent;

  test('each in the form of a connection, in the order in which they were seen', () => {
    const told = quicStreamsIn(trace).map(({id, stream, ends}) => [
      id,
      stream.id,
      ends.map(({port}) => port),
    ]);
    // The client is the first end, whoever has said something first.
    expect(told).toEqual([
      [-1, 4, [50_000, 443]],
      [-2, 0, [50_000, 443]],
      [-3, 3, [50_000, 443]],
    ]);
    const [first] = quicStreamsIn(trace);
    expect(first?.sent).toBe(first?.arrived);
    expect(first?.ends.map(({host}) => host)).toEqual(trace.header.hosts.map(({name}) => name));
    expect(first?.quic).toBe(quicConnectionOf(trace, 1));
  });

  test('octets in order, each with the packet with which they can be read', () => {
    const [first] = quicStreamsIn(trace);
    expect(
      first?.sent.map(({side, piece, event}) => [
        side,
        piece.start,
        piece.kind === 'bytes' && [...piece.bytes],
        piece.kind === 'bytes' && piece.frame,
        event,
      ]),
    ).toEqual([
      [0, 0, [1, 2], 3, eventOf(3)],
      [1, 0, [5, 6, 7], 4, eventOf(4)],
      [0, 2, [9], 7, eventOf(7)],
      [0, 3, [8], 7, eventOf(7)],
    ]);
  });

  test('the first of which a packet brings something', () => {
    const told = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((packet) => quicStreamOf(trace, packet)?.stream.id);
    expect(told).toEqual([undefined, undefined, 4, 4, undefined, undefined, 4, 3, undefined]);
  });

  test('by the id of such a connection; those of TCP count from 1', () => {
    expect([-1, -2, -3].map((id) => quicContentOf(trace, {id})?.stream.id)).toEqual([4, 0, 3]);
    expect([-4, 0, 1, 2].map((id) => quicContentOf(trace, {id}))).toEqual([
      ...[undefined, undefined, undefined, undefined],
    ]);
  });

  test('parts of messages, by who says them', () => {
    const own = conversation();
    const get = octetsOf('01040000d1c1');
    const ok200 = octetsOf('01030000d90002aabb');
    const spoken = quicRecorded([...opening, own(0, frames.stream(0, get)), own(1, frames.stream(0, ok200))]);
    const [stream] = quicStreamsIn(spoken);
    expect(stream?.parts.map(({kind, side, of, span}) => [kind, side, of, span.start, span.end])).toEqual([
      ['section', 0, 'request', 0, 6],
      ['section', 1, 'response', 0, 5],
      ['content', 1, 'response', 7, 9],
    ]);
    expect(quicOf(spoken, 3)).toMatchObject({
      speaksHttp3: true,
      http3: [{kind: 'request', stream: 0, method: 'GET', path: '/'}],
      packets: [{frames: [{name: 'STREAM'}]}],
    });
    expect(quicOf(spoken, 1)?.http3).toEqual([]);
    const other = quicRecorded([...openingOf('doq'), conversation()(0, frames.stream(0, get))]);
    expect(quicOf(other, 3)).toMatchObject({speaksHttp3: false, http3: []});
    expect(quicStreamsIn(other)[0]?.parts).toEqual([]);
  });
});

describe('ACKs', () => {
  // RFC 9002 §6.1.1: 0 is lost with an ACK of 3, not before; RFC 9000 §13.1: 3 is named.
  test.each([
    [0, 1],
    [1, 0],
  ] as const)('names and shows loss: end %i', (sends, other) => {
    const say = conversation();
    const trace = quicRecorded([
      ...[...opening, say(sends, ping), say(sends, ping), say(sends, ping), say(sends, ping)],
      ...[say(other, octetsOf('0202000000')), say(other, octetsOf('0203000000'))],
    ]);
    const packets = [1, 3, 4, 5, 6, 7];
    expect(packets.map((packet) => quicNamedIn(trace, packet))).toEqual([
      ...[undefined, undefined, undefined, 7, 8, undefined],
    ]);
    expect(packets.map((packet) => quicLostIn(trace, packet))).toEqual([
      ...[undefined, 8, undefined, undefined, undefined, undefined],
    ]);
  });
});

describe('none', () => {
  const say = conversation();
  const said = [...opening, say(0, frames.stream(0, bytes(1)))];

  test('where nobody has the means to look', () => {
    const trace = quicRecorded(said).withQuic({crypto: nodeCrypto, log: {secrets: new Map(), unreadable: 0}});
    expect(quicStreamsIn(trace)).toEqual([]);
    expect(quicOf(trace, 3)).toMatchObject({packets: [{payload: undefined, frames: []}]});
    expect(quicOf(trace, 1)?.packets[0]?.frames.map(({name}) => name)).toContain('CRYPTO');
  });

  test('in a datagram of something else', () => {
    const trace = quicRecorded([[0, bytes(1, 2, 3)], ...said]);
    expect([
      quicOf(trace, 1),
      quicConnectionOf(trace, 1),
      quicNamedIn(trace, 1),
      quicLostIn(trace, 1),
    ]).toEqual([...[undefined, undefined, undefined, undefined]]);
    expect(quicConnectionOf(trace, 2)?.id).toBe(1);
  });

  const inFrames = (frames: Frames) => {
    const trace = new GrowingCapture(frames).upTo(frames.length).withQuic(madeKeys);
    return frames.map((_, index) => quicOf(trace, index + 1)?.bytes.length);
  };
  const all = quicFrames(said);
  const sizes = said.map(([, datagram]) => datagram.length);

  test('of octets that were not captured', () => {
    expect(inFrames(all)).toEqual(sizes);
    const snapped = all.map((each, at) => ({
      ...each,
      bytes: at === 1 ? each.bytes.slice(0, -7) : each.bytes,
    }));
    expect(inFrames(snapped)).toEqual(sizes.map((size, at) => (at === 1 ? size - 7 : size)));
  });

  // Ports stand behind the 20 octets of IPv4.
  test.each([
    ['from', 20],
    ['to', 22],
  ])('%s a name server', (_, at) => {
    const renamed = all.map((each) => {
      const octets = each.bytes.slice();
      octets.set([0, 53], at);
      return {...each, bytes: octets};
    });
    expect(inFrames(renamed)).toEqual(said.map(() => undefined));
  });
});

describe('a key log that grows', () => {
  const say = conversation();
  const all = quicFrames([
    ...opening,
    say(0, frames.stream(0, bytes(1))),
    say(1, frames.stream(0, bytes(2))),
  ]);
  const nothing = {crypto: nodeCrypto, log: {secrets: new Map(), unreadable: 0}};
  const told = (trace: Trace) => quicStreamsIn(trace).flatMap(({sent}) => sent.map(({side}) => side));

  /** The first look is no growing one: mostly it is the only one. */
  const growing = () => {
    const grown = new GrowingCapture(all);
    grown.upTo(2);
    return grown;
  };

  test('opens what was closed at the look before, and at the same look', () => {
    const grown = growing();
    expect(told(grown.upTo(3).withQuic(nothing))).toEqual([]);
    const look = grown.upTo(4);
    expect(told(look.withQuic(madeKeys))).toEqual([0, 1]);
    expect([nothing, madeKeys, nothing].map((known) => told(look.withQuic(known)))).toEqual([[], [0, 1], []]);
  });

  test('of another connection changes nothing', () => {
    const grown = growing();
    const [first] = [...madeKeys.log.secrets.keys()];
    const more = {
      ...madeKeys,
      log: {unreadable: 0, secrets: new Map([...madeKeys.log.secrets, [`${first}00`, []]])},
    };
    const before = grown.upTo(3).withQuic(madeKeys);
    const [stream] = quicStreamsIn(before);
    const after = grown.upTo(4).withQuic(more);
    expect(quicStreamsIn(after)[0]).toBe(stream);
    expect(told(after)).toEqual([0, 1]);
  });
});
