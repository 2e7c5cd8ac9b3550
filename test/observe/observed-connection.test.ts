// What is counted of one connection. Oracles: RFC 9293 §3.6.1 (another one between the same ports), §3.7.1 (MSS), §3.8.6.1 (window
// probes), RFC 2018 §3, RFC 6864 §4.1 (identifications); octets and flags as they are put in.
import {describe, expect, test} from 'vitest';
import {FateColumns} from '../../source/observe/fate-columns.ts';
import {ObservedConnection} from '../../source/observe/observed-connection.ts';
import {OctetStore} from '../../source/observe/octet-store.ts';
import {seq} from '../../source/wire/seq.ts';
import {ACK, FIN, RST, SYN, segmentOf} from './segments.ts';

type Given = readonly [side: 0 | 1, segment: Parameters<typeof segmentOf>[0]];

const ends = [
  {address: '192.0.2.1', port: 50_000},
  {address: '192.0.2.2', port: 80},
] as const;

const newConnection = (between: ObservedConnection['ends'] = ends) =>
  new ObservedConnection({
    fates: new FateColumns(),
    id: 1,
    ends: between,
    frame: 1,
    atUs: 0,
    store: new OctetStore(1 << 16),
  });

/** Frame 1, 2, … at 1000, 2000, … µs. */
const connectionOf = (given: readonly Given[]): ObservedConnection => {
  const connection = newConnection();
  given.forEach(([side, segment], index) => {
    connection.take(side, segmentOf({frame: index + 1, atUs: 1000 * (index + 1), ...segment}), undefined);
  });
  return connection;
};

const options = (mss: number) => ({mss, sackPermitted: true, timestamps: false});

const handshake: readonly Given[] = [
  [0, {seq: 99, flags: SYN, opening: options(1000)}],
  [1, {seq: 299, ack: 100, flags: SYN, opening: options(500)}],
  [0, {seq: 100, ack: 300}],
];

/** The counts that are not 0. */
const counted = (given: readonly Given[]) =>
  Object.fromEntries(Object.entries(connectionOf(given).counts).filter(([, count]) => count !== 0));

test('flags: a SYN,ACK is no SYN; FIN and RST beside others', () => {
  expect(counted([...handshake, [1, {seq: 300, ack: 100, flags: FIN}], [0, {seq: 100, flags: RST}]])).toEqual(
    {
      packets: 5,
      syn: 1,
      synAck: 1,
      fin: 1,
      rst: 1,
    },
  );
});

test('octets count once, whatever brings them; SYN and FIN are none', () => {
  const connection = connectionOf([
    ...handshake,
    [0, {seq: 100, ack: 300, text: 'abcdef'}],
    [0, {seq: 103, ack: 300, text: 'defghi'}],
    [0, {seq: 100, ack: 300, text: 'abc'}],
    [0, {seq: 109, ack: 300, flags: FIN}],
    [0, {seq: 100, ack: 300, text: 'abc'}],
    // Data with RST says why, it is no part of the stream (RFC 9293 §3.10.4).
    [1, {seq: 300, ack: 110, flags: RST, text: 'no'}],
  ]);
  expect([0, 1].map((side) => connection.half(side === 0 ? 0 : 1).payloadBytes)).toEqual([9, 0]);
  expect(connection.counts.resent).toBe(3);
  expect(connection.half(0)).toMatchObject({segments: 7, base: 99, nextSeq: 110, window: 1000});
  expect(connection.half(1)).toMatchObject({segments: 2, base: 299, nextSeq: 300});
  expect([connection.firstUs, connection.lastUs, connection.firstFrame]).toEqual([0, 9000, 1]);
});

test('payload behind the other end’s FIN', () => {
  const connection = connectionOf([
    ...handshake,
    [0, {seq: 100, ack: 300, text: 'ab'}],
    [1, {seq: 300, ack: 102, flags: FIN}],
    [0, {seq: 102, ack: 301, text: 'cde'}],
    [1, {seq: 301, ack: 105}],
  ]);
  expect([connection.half(0).afterFin, connection.half(1).afterFin]).toEqual([3, 0]);
  // The FIN may be the first that was captured.
  expect(
    connectionOf([
      [1, {seq: 300, ack: 100, flags: FIN}],
      [0, {seq: 100, ack: 301, text: 'ab'}],
    ]).half(0).afterFin,
  ).toBe(2);
});

describe('without SYN', () => {
  test('the base stands before the first octet that is said, or acknowledged', () => {
    const connection = connectionOf([[0, {seq: 100, ack: 300, text: 'a'}]]);
    expect([connection.half(0).base, connection.half(1).base]).toEqual([99, 299]);
    expect(connectionOf([[0, {seq: 100, text: 'a'}]]).half(1).base).toBeUndefined();
  });

  test('the client is who has the higher port; with SYN who sent it', () => {
    const [a, b] = ends;
    expect(newConnection([a, b]).client).toBe(0);
    expect(newConnection([b, a]).client).toBe(1);
    expect(newConnection([a, {...b, port: a.port}]).client).toBe(0);
    const late = newConnection([b, a]);
    late.take(0, segmentOf({seq: 9, flags: SYN}), undefined);
    expect(late.client).toBe(0);
  });
});

test('another connection begins with a SYN of another number', () => {
  const connection = connectionOf(handshake);
  const another = (side: 0 | 1, flags: number, first: number) =>
    connection.isAnother(side, {...segmentOf({seq: first}), flags});
  expect(another(0, SYN, 4000)).toBe(true);
  expect(another(1, SYN, 4000)).toBe(true);
  expect(another(0, SYN, 99)).toBe(false);
  expect(another(0, SYN | ACK, 4000)).toBe(false);
  expect(another(0, 0, 4000)).toBe(false);
  // Nothing was said from there before: the other end's SYN of a simultaneous open.
  expect(connectionOf([[0, {seq: 99, flags: SYN}]]).isAnother(1, segmentOf({seq: 4000, flags: SYN}))).toBe(
    false,
  );
});

test('segments larger than the other end takes', () => {
  const sent = (side: 0 | 1, size: number): Given => [
    side,
    {seq: side === 0 ? 100 : 300, ack: 1, text: 'x'.repeat(size)},
  ];
  const connection = connectionOf([
    ...handshake,
    sent(0, 500),
    sent(0, 501),
    sent(0, 700),
    sent(0, 600),
    sent(1, 1000),
    sent(1, 1001),
  ]);
  const told = ([0, 1] as const).map((side) => [connection.half(side).giants, connection.half(side).largest]);
  expect(told).toEqual([
    [3, 700],
    [1, 1001],
  ]);
  // Who has told no MSS is not asked.
  expect(connectionOf([sent(0, 9000)]).half(0).giants).toBe(0);
});

test('the options are those of the first SYN', () => {
  const connection = connectionOf([...handshake, [0, {seq: 99, flags: SYN, opening: options(9)}]]);
  expect(connection.half(0).options?.mss).toBe(1000);
});

describe('window probes', () => {
  const closed: readonly Given[] = [
    ...handshake,
    [0, {seq: 100, ack: 300, text: 'ab'}],
    [1, {seq: 300, ack: 102, window: 0}],
  ];
  const probes = (given: Parameters<typeof segmentOf>[0], before = closed): number =>
    connectionOf([...before, [0, given]]).counts.zeroWindowProbes;

  test('one octet beyond what was sent, or nothing, one before it', () => {
    expect(probes({seq: 102, ack: 300, text: 'c'})).toBe(1);
    expect(probes({seq: 101, ack: 300})).toBe(1);
  });

  test.each([
    ['two octets', {seq: 102, text: 'cd'}],
    ['an octet sent before', {seq: 101, text: 'b'}],
    ['one that leaves a gap', {seq: 103, text: 'd'}],
    ['an ACK', {seq: 102, ack: 300}],
    ['FIN', {seq: 101, flags: FIN}],
    ['RST', {seq: 101, flags: RST}],
    ['SYN', {seq: 101, flags: SYN}],
  ])('none: %s', (_name, given) => {
    expect(probes(given)).toBe(0);
  });

  test('none while the window is open, or of who has said nothing yet', () => {
    expect(probes({seq: 102, text: 'c'}, closed.slice(0, -1))).toBe(0);
    expect(probes({seq: 102, text: 'c'}, [...closed, [1, {seq: 300, ack: 102, window: 1}]])).toBe(0);
    expect(probes({seq: 102, text: 'c'}, [[1, {seq: 300, window: 0}]])).toBe(0);
  });
});

test('SACK: how many say it, and how far it goes', () => {
  const block = (left: number, right: number) => ({left: seq(left), right: seq(right)});
  const connection = connectionOf([
    ...handshake,
    [1, {seq: 300, ack: 100, sacks: true, sack: [block(110, 120), block(130, 140)]}],
    [1, {seq: 300, ack: 100, sacks: true, sack: [block(130, 135)]}],
    [1, {seq: 300, ack: 100, sacks: true}],
  ]);
  expect([connection.counts.sackAcks, connection.half(1).sacked, connection.half(0).sacked]).toEqual([
    3,
    140,
    undefined,
  ]);
});

test('what is sent again below the other end’s SACK was asked for', () => {
  const reported = (right: number): number =>
    connectionOf([
      ...handshake,
      [0, {seq: 100, ack: 300, text: 'ab'}],
      [0, {seq: 102, ack: 300, text: 'cd'}],
      [1, {seq: 300, ack: 100, sacks: true, sack: [{left: seq(right - 1), right: seq(right)}]}],
      [0, {seq: 100, ack: 300, text: 'ab', atUs: 900_000}],
    ]).reasons(0).resendings.reported;
  expect([reported(101), reported(100)]).toEqual([1, 0]);
});

describe('copies', () => {
  const take = (copied: readonly ('copy' | 'again' | undefined)[]) => {
    const connection = newConnection();
    copied.forEach((each, index) => {
      connection.take(0, segmentOf({seq: 100, text: 'ab', frame: index + 1}), each);
    });
    return connection;
  };

  test('are counted, the first of them is named, and nothing was sent again', () => {
    const connection = take([undefined, 'copy', 'copy']);
    expect([connection.copies, connection.firstCopy]).toEqual([2, 2]);
    expect(connection.reasons(0).resendings.count).toBe(0);
  });

  test('an end that uses identifications again does not tell: what it repeats is sent again', () => {
    const connection = take([undefined, 'copy', 'again', 'copy']);
    expect(connection.copies).toBe(0);
    expect(connection.reasons(0).resendings.count).toBe(2);
  });
});

test('what programs say begins with the first octet of data', () => {
  const connection = connectionOf(handshake);
  expect(connection.read(0, segmentOf({seq: 100, ack: 300}))).toEqual([]);
  expect(connection.streams).toBeUndefined();
  expect(connection.finish(9)).toEqual([]);
  connection.read(0, segmentOf({seq: 100, ack: 300, text: 'GET / HTTP/1.1\r\n\r\n'}));
  expect(connection.streams?.http).toHaveLength(1);
});
