// The TCP connections of a capture whose frames were written out by hand (RFC 9293 §3.1): who is which side, where data lie in the
// stream of their direction, and what of it was captured.
import {describe, expect, test} from 'vitest';
import {CaptureIndex} from '../../source/observe/capture-trace.ts';
import {connectionsIn, type Told} from '../../source/observe/connections.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {routedScenario} from '../helpers/networks.ts';
import {run} from '../helpers/traces.ts';

const flagsOf = {S: 2, A: 0x10, F: 1, R: 4} as const;

type Said = {
  readonly from: 'a' | 'b' | 'c';
  readonly to: 'a' | 'b' | 'c';
  readonly ports: readonly [number, number];
  readonly flags?: string;
  readonly seq?: number;
  readonly data?: string;
  /** So many octets at its end were not captured. */
  readonly cut?: number;
};

const addressOf = {a: 0x0a00_0001, b: 0x0a00_0002, c: 0x0a00_0003} as const;

const packetOf = ({from, to, ports, flags = 'A', seq = 0, data = ''}: Said): Uint8Array => {
  const payload = encodeUtf8(data);
  const packet = new Uint8Array(40 + payload.length);
  const view = new DataView(packet.buffer);
  const bits = Object.entries(flagsOf).reduce(
    (all, [name, bit]) => all | (flags.includes(name) ? bit : 0),
    0,
  );
  view.setUint16(0, 0x4500);
  view.setUint16(2, packet.length);
  view.setUint16(8, 0x4006);
  view.setUint32(12, addressOf[from]);
  view.setUint32(16, addressOf[to]);
  view.setUint16(20, ports[0]);
  view.setUint16(22, ports[1]);
  view.setUint32(24, seq);
  view.setUint8(32, 0x50);
  view.setUint8(33, bits);
  packet.set(payload, 40);
  return packet;
};

const read = (...said: readonly Said[]) => {
  const index = new CaptureIndex();
  const kept = said.map((each) => {
    const packet = packetOf(each);
    return {whole: packet.length, bytes: packet.subarray(0, packet.length - (each.cut ?? 0))};
  });
  for (const [at, {whole, bytes}] of kept.entries()) {
    const rest = {nanoseconds: 0, linkType: 101, comments: [], fileOffset: at, frameNumber: at + 1} as const;
    index.add({...rest, atUs: 1000 * at, bytes, originalLength: whole});
  }
  const trace = index.trace({source: 'made', read: (offset) => kept[offset]?.bytes ?? new Uint8Array()});
  return {...connectionsIn(trace), trace};
};

const toServer = {from: 'a', to: 'b', ports: [50_000, 80]} as const;
const toClient = {from: 'b', to: 'a', ports: [80, 50_000]} as const;

const pieces = (told: readonly Told[]): readonly string[] =>
  told.map(({side, piece}) => {
    if (piece.kind === 'bytes')
      return `${side} ${piece.start} ${new TextDecoder().decode(piece.bytes)} in ${piece.frame}`;
    return piece.kind === 'hole' ? `${side} hole ${piece.start}-${piece.end}` : `${side} end ${piece.start}`;
  });

describe('which end is side 0', () => {
  const client = [
    {host: '10.0.0.1', port: 50_000},
    {host: '10.0.0.2', port: 80},
  ];
  test.each<readonly [string, Said, boolean]>([
    ['SYN: who sends it', {...toServer, flags: 'S'}, true],
    ['SYN,ACK: who is meant', {...toClient, flags: 'SA'}, true],
    ['SYN: from any port', {...toClient, flags: 'S'}, false],
    // Which of the two ports is not well known.
    ['else the unknown port', toClient, true],
    ['that speaks first', toServer, true],
  ])('%s', (_, first, isClient) => {
    const [connection] = read(first).all;
    expect(connection?.ends).toEqual(isClient ? client : client.toReversed());
    expect(read(first).carriedBy(1)?.side).toBe((first.from === 'a') === isClient ? 0 : 1);
  });

  test.each([
    [1023, 1024, 1],
    [1024, 1025, 0],
    [1023, 1023, 0],
    [80, 22, 0],
  ])('from %i to %i: side %i', (from, to, side) => {
    expect(read({from: 'b', to: 'a', ports: [from, to]}).carriedBy(1)?.side).toBe(side);
  });
});

test('connections by their ends, from 1, as they are seen; both ways are one', () => {
  const {all, carriedBy, packetsRead} = read(
    ...[
      {...toServer, flags: 'S', seq: 100},
      {...toClient, flags: 'SA', seq: 300},
    ],
    ...[{...toServer, to: 'c', flags: 'S'} as const, {...toServer, ports: [50_001, 80], flags: 'S'} as const],
    ...[
      {...toServer, seq: 101, data: 'abc'},
      {...toClient, seq: 301, data: 'x'},
    ],
  );
  expect(all.map(({id}) => id)).toEqual([1, 2, 3]);
  expect([1, 2, 3, 4, 5, 6].map((packet) => carriedBy(packet)?.connection.id)).toEqual([1, 1, 2, 3, 1, 1]);
  expect([1, 2, 5, 6].map((packet) => carriedBy(packet)?.side)).toEqual([0, 1, 0, 1]);
  expect(carriedBy(5)?.connection).toBe(all[0]);
  expect([carriedBy(7), packetsRead]).toEqual([undefined, 6]);
});

test('where data lie: counted from behind the SYN, or from the first that was captured', () => {
  const places = (...said: readonly Said[]) => {
    const {carriedBy} = read(...said);
    return said.map((_, at) => [carriedBy(at + 1)?.start, carriedBy(at + 1)?.end]);
  };
  expect(
    places(
      {...toServer, flags: 'S', seq: 100},
      {...toServer, seq: 101, data: 'abc'},
      {...toServer, seq: 106, data: 'f'},
    ),
  ).toEqual([
    [0, 0],
    [0, 3],
    [5, 6],
  ]);
  expect(places({...toServer, seq: 500, data: 'abc'}, {...toServer, seq: 498, data: 'ab'})).toEqual([
    [0, 3],
    [-2, 0],
  ]);
  // Numbers turn over (RFC 9293 §3.4).
  expect(places({...toServer, seq: 0xffff_fffe, data: 'abcd'}, {...toServer, seq: 2, data: 'e'})).toEqual([
    [0, 4],
    [4, 5],
  ]);
});

// RFC 3022 §2.2: the far end answers the address outside.
test('through a translator it is one connection', () => {
  const trace = run(routedScenario([], {actors: [{kind: 'nat', host: 'r1', idleUs: 60_000_000}]}));
  const {all, carriedBy} = connectionsIn(trace);
  expect(all).toHaveLength(1);
  const [opens, answers] = [carriedBy(1), carriedBy(2)];
  expect([opens?.side, answers?.side]).toEqual([0, 1]);
  expect(all[0]?.ends.map(({host}) => host)).toEqual(['client', 'server']);
  expect(all[0]?.arrived.map(({side}) => side)).toEqual([0]);
});

describe('another SYN', () => {
  const again = (second: Said) =>
    read({...toServer, flags: 'S', seq: 100}, second, {...toServer, seq: 901, data: 'abc'}).all.length;

  test('with another number begins another connection; the same one, or an answer, does not', () => {
    expect(again({...toServer, flags: 'S', seq: 900})).toBe(2);
    expect(again({...toServer, flags: 'S', seq: 100})).toBe(1);
    expect(again({...toServer, flags: 'SA', seq: 900})).toBe(1);
    expect(again({...toClient, flags: 'S', seq: 900})).toBe(1);
  });

  test('what follows belongs to the newer one', () => {
    const {all, carriedBy} = read(
      {...toServer, flags: 'S', seq: 100},
      ...[
        {...toServer, flags: 'S', seq: 900},
        {...toServer, seq: 901, data: 'abc'},
        {...toClient, seq: 5},
      ],
    );
    expect([carriedBy(3)?.connection.id, carriedBy(4)?.connection.id, carriedBy(3)?.start]).toEqual([
      2, 2, 0,
    ]);
    expect(all.map(({sent}) => pieces(sent))).toEqual([[], ['0 0 abc in 3']]);
  });
});

describe('what was carried', () => {
  test('in order, once; what the capture lacks is a hole', () => {
    const said = (...more: readonly Said[]) =>
      read(
        ...[
          {...toServer, flags: 'S', seq: 100},
          {...toServer, seq: 104, data: 'def'},
        ],
        ...[{...toServer, seq: 101, data: 'abc'}, ...more, {...toClient, seq: 700, data: 'x', flags: 'FA'}],
        {...toServer, seq: 110, data: 'j'},
      ).all[0];
    const told = ['0 0 abc in 3', '0 3 def in 2', '1 0 x in 4', '1 end 1', '0 hole 6-9', '0 9 j in 5'];
    expect(pieces(said()?.sent ?? [])).toEqual(told);
    expect(pieces(said()?.arrived ?? [])).toEqual(told);
    // Whether what was sent again came nobody knows; that it was sent is seen.
    const again = said({...toServer, seq: 103, data: 'cdef'});
    expect(pieces(again?.sent ?? []).slice(0, 3)).toEqual(['0 0 abc in 3', '0 3 def in 2', '1 0 x in 5']);
    expect(pieces(again?.arrived ?? []).slice(0, 1)).toEqual(['1 0 x in 5']);
  });

  test('each with the event from which on it can be read: its packet leaves, or comes; holes at the end', () => {
    const {all, trace} = read(
      {...toServer, seq: 1, data: 'ab'},
      ...[
        {...toClient, seq: 5, data: 'x'},
        {...toServer, seq: 5, data: 'f'},
      ],
    );
    const {sendEvent, endEvent} = trace.packet(1);
    const answer = trace.packet(2);
    const events = (told: readonly Told[] = []) => told.map(({event}) => event);
    expect(events(all[0]?.sent)).toEqual([sendEvent, answer.sendEvent, trace.length, trace.length]);
    expect(events(all[0]?.arrived)).toEqual([endEvent, answer.endEvent, trace.length, trace.length]);
  });

  test('of a frame that was cut only what was captured', () => {
    const cut = (octets: number) =>
      pieces(
        read({...toServer, seq: 1, data: 'abc', cut: octets}, {...toServer, seq: 4, data: 'd'}).all[0]
          ?.sent ?? [],
      );
    expect(cut(1)).toEqual(['0 0 ab in 1', '0 hole 2-3', '0 3 d in 2']);
    expect(cut(3)).toEqual(['0 hole 0-3', '0 3 d in 2']);
    expect(cut(0)).toEqual(['0 0 abc in 1', '0 3 d in 2']);
  });
});
