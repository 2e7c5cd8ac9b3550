// What one connection of QUIC tells of its packets (RFC 9000 §5.2, §9, §12.3, §17; RFC 9001 §5.2), packet by packet: they were sealed here.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {QuicConnection} from '../../source/observe/quic-connection.ts';
import {hexOf, octetsOf} from '../../source/wire/octets.ts';
import {type LongHeader, packetsIn} from '../../source/wire/quic/packet-header.ts';
import {joinBytes} from '../../source/wire/tls/presentation.ts';
import {frames, hello, keysOf, type Long, long, madeLog, short, versionOf} from './quic-made.ts';
import {appKeys, ids, opening} from './quic-recorded.ts';

const version = versionOf(1);
const made = keysOf(version, 0x1301);
const ends = ['10.0.0.1:50000', '10.0.0.2:443'] as const;
const none = new Uint8Array(0);

/** Datagrams a millisecond apart, from packet 1 at 1000 µs; what was opened of each by its numbers. */
const conversation = () => {
  const connection = new QuicConnection(
    {id: 1, ends, frame: 1},
    {crypto: nodeCrypto, log: madeLog()},
    () => undefined,
  );
  let frame = 0;
  const take = (side: 0 | 1, bytes: Uint8Array): readonly (number | undefined)[] => {
    frame += 1;
    const [from, to] = side === 0 ? ends : [ends[1], ends[0]];
    return connection
      .take(side, packetsIn(bytes), {frame, atUs: 1000 * frame, from, to, bytes})
      .map(({opened}) => opened?.number);
  };
  return {connection, take};
};

/** Both hellos have passed, in packets 1 and 2. */
const begun = () => {
  const all = conversation();
  for (const [side, bytes] of opening) all.take(side, bytes);
  const numbers = [0, 0];
  const say = (side: 0 | 1, ...payload: readonly Uint8Array[]) => {
    const number = numbers[side] ?? 0;
    numbers[side] = number + 1;
    return all.take(
      side,
      short(side === 0 ? ids.server : ids.client, {number, keys: appKeys[side], payload: joinBytes(payload)}),
    );
  };
  return {...all, say};
};

const initial = (more: Partial<Long> = {}) => {
  const dcid = more.dcid ?? ids.first;
  return long({
    ...{version, kind: 'Initial', dcid, scid: ids.client, keys: made.initial(dcid).client},
    payload: joinBytes([frames.crypto(hello.client()), new Uint8Array(1000)]),
    ...more,
  });
};

const answer = (keys = made.initial(ids.first).server) =>
  long({
    ...{version, kind: 'Initial', dcid: ids.client, scid: ids.server},
    ...{payload: frames.crypto(hello.server(0x1301)), keys},
  });

const ping = octetsOf('01000000');

describe('what is counted', () => {
  test('datagrams, octets of the client’s first one, and times', () => {
    const {connection, say} = begun();
    const [[, first = none] = []] = opening;
    expect(connection).toMatchObject({datagrams: 2, firstUs: 1000, lastUs: 2000, shortUs: undefined});
    expect(connection.firstBytes).toBe(first.length);
    say(1, ping);
    say(0, ping);
    expect(connection).toMatchObject({datagrams: 4, firstUs: 1000, lastUs: 4000, shortUs: 3000});
    expect(connection).toMatchObject({firstBytes: first.length, openedPackets: 2, opened: true});
    expect(connection.packets).toEqual({Initial: 2, Handshake: 1, '1-RTT': 2});
  });

  test('of a capture that begins with the server the client’s first is another', () => {
    const {connection, take} = conversation();
    take(1, answer());
    expect([connection.firstBytes, connection.initialDcid]).toEqual([undefined, none]);
    take(0, initial());
    expect(connection.firstBytes).toBe(initial().length);
    expect(hexOf(connection.initialDcid)).toBe(hexOf(ids.first));
  });

  test.each<readonly [sides: readonly (0 | 1)[], silence: QuicConnection['silence']]>([
    [[0], {by: 0, behind: 0, count: 1}],
    [[0, 0, 0], {by: 0, behind: 0, count: 3}],
    [[0, 1], {by: 1, behind: 1, count: 1}],
    [[0, 1, 1, 1], {by: 1, behind: 1, count: 3}],
    [[0, 0, 1, 0, 0], {by: 0, behind: 3, count: 2}],
    [[1, 0, 1], {by: 1, behind: 2, count: 1}],
  ])('silence of the other: %j', (sides, silence) => {
    const {connection, take} = conversation();
    for (const side of sides) take(side, short(ids.server, {number: 0, payload: ping, keys: appKeys[side]}));
    expect(connection.silence).toEqual(silence);
  });

  test('what comes back: the server’s octets of streams that go both ways', () => {
    const {connection, say} = begun();
    const data = Uint8Array.of(1, 2, 3);
    say(0, frames.stream(0, data));
    say(1, frames.stream(3, data));
    expect(connection.back).toBeUndefined();
    say(1, frames.stream(0, data));
    expect(connection.back).toEqual({firstUs: 5000, lastUs: 5000});
    say(1, frames.stream(0, data, {offset: 3}));
    say(0, frames.stream(4, data));
    say(1, frames.stream(7, data));
    expect(connection.back).toEqual({firstUs: 5000, lastUs: 6000});
    expect([connection.bytes(0), connection.bytes(1)]).toEqual([6, 12]);
  });

  // RFC 9221 §4: 0x30 goes on to the end of the packet, 0x31 says its length.
  test('DATAGRAM frames and their octets, by side', () => {
    const {connection, say} = begun();
    say(0, octetsOf('3102aabb'), octetsOf('3101cc'));
    say(1, octetsOf('30aabbccdd'));
    expect([connection.datagramFrames, connection.unreliable]).toEqual([3, [3, 4]]);
    expect([connection.bytes(0), connection.bytes(1)]).toEqual([3, 4]);
  });
});

// RFC 9001 §5.2: of the first packet of the client, and of the next attempt, as long as nobody has answered.
describe('keys of Initial packets come from the id that the client chose', () => {
  test('not from one that the server is answered by', () => {
    const {connection, take} = conversation();
    take(0, initial());
    expect(take(1, answer(made.initial(ids.client).server))).toEqual([undefined]);
    expect(connection.handshake.server).toBeUndefined();
    expect(take(1, answer())).toEqual([0]);
  });

  test('nor from the server’s, behind its answer', () => {
    const {take} = conversation();
    take(0, initial());
    take(1, answer());
    const second = {dcid: ids.server, payload: joinBytes([ping, new Uint8Array(40)])};
    expect(take(0, initial({...second, keys: made.initial(ids.server).client}))).toEqual([undefined]);
    expect(take(0, initial({...second, keys: made.initial(ids.first).client}))).toEqual([0]);
  });

  test('another attempt has its own', () => {
    const {take} = conversation();
    const dcid = octetsOf('0909090909090909');
    expect([take(0, initial()), take(0, initial({dcid})), take(0, initial())]).toEqual([[0], [0], [0]]);
  });
});

describe('another Initial of the client: may it begin another connection?', () => {
  const headerOf = (scid: Uint8Array): LongHeader => {
    const [header] = packetsIn(initial({scid}));
    if (header?.kind !== 'Initial') throw new Error('no Initial');
    return header;
  };
  const other = octetsOf('d1d2d3d4');
  const begins = (said: readonly (readonly [0 | 1, Uint8Array])[]) => {
    const {connection, take} = conversation();
    for (const [side, bytes] of said) take(side, bytes);
    return [ids.client, other, none].map((scid) => connection.begins(headerOf(scid)));
  };
  const negotiation = joinBytes([
    ...[Uint8Array.of(0x80, 0, 0, 0, 0, 4), ids.client, Uint8Array.of(8), ids.first],
    octetsOf('6b3343cf'),
  ]);

  test.each<readonly [string, readonly (readonly [0 | 1, Uint8Array])[], readonly boolean[]]>([
    ['nothing was seen', [], [false, false, false]],
    // Then it may, under another id.
    ['nobody has answered', [[0, initial()]], [false, true, false]],
    ['client without id', [[0, initial({scid: none})]], [false, false, false]],
    [
      'it was answered',
      [
        [0, initial()],
        [1, answer()],
      ],
      [true, true, true],
    ],
    [
      'after a Retry',
      [
        [0, initial()],
        [1, negotiation],
      ],
      [false, false, false],
    ],
  ])('%s', (_, said, expected) => {
    expect(begins(said)).toEqual(expected);
  });
});

describe('packet numbers', () => {
  // RFC 9000 §12.3, appendix A.3: behind 0xe000 the two octets 0001 would be 0x10001.
  test('each level has its own', () => {
    const {take} = begun();
    const numbered = (number: number) => short(ids.server, {number, keys: appKeys[0], payload: ping});
    expect([0x7000, 0xe000].map((number) => take(0, numbered(number)))).toEqual([[0x7000], [0xe000]]);
    const [keys] = made.handshake;
    if (!keys) throw new Error('no keys');
    const handshake = long({
      ...{version, kind: 'Handshake', dcid: ids.server, scid: ids.client, number: 1},
      ...{payload: ping, keys},
    });
    expect(take(0, handshake)).toEqual([1]);
    const server = short(ids.client, {number: 1, keys: appKeys[1], payload: ping});
    expect(take(1, server)).toEqual([1]);
    // What comes late changes nothing: 0x10001 was not sent, and 0001 after 0xe000 is nothing that opens.
    expect(take(0, numbered(0x7001))).toEqual([0x7001]);
    expect(take(0, numbered(1))).toEqual([undefined]);
  });

  test('256 packets wait for the hellos, later ones do not', () => {
    const {connection, take} = conversation();
    take(0, initial());
    for (let number = 0; number < 257; number++)
      take(1, short(ids.client, {number, keys: appKeys[1], payload: ping}));
    expect(connection.openedPackets).toBe(0);
    take(1, answer());
    expect(connection.openedPackets).toBe(256);
  });

  test('what waits when both hellos are there waits no more', () => {
    const {connection, say, take} = begun();
    take(1, short(ids.client, {number: 0, keys: appKeys[0], payload: ping}));
    say(1, ping);
    expect([connection.openedPackets, connection.counts['1-RTT']]).toEqual([1, 2]);
  });
});

describe('ids', () => {
  test('of each side: those of its headers, and those that it gives inside', () => {
    const {connection, say} = begun();
    const given = octetsOf('aabbccddee');
    say(1, frames.newId(1, given));
    const told = connection.ids.map((all) => [...all]);
    expect(told).toEqual([['c1c2c3c4'], ['51525354', 'aabbccddee']]);
    expect(connection.sourceIds).toEqual([ids.client, ids.server]);
    const at = (hex: string, where: number) => connection.hasId(1, octetsOf(hex), where);
    expect([at('40aabbccddee00', 1), at('aabbccddee', 0), at('40aabbccddee', 0)]).toEqual([
      true,
      true,
      false,
    ]);
    // Cut off, or the other side's.
    expect([at('40aabbccdd', 1), at('40c1c2c3c4', 1)]).toEqual([false, false]);
  });

  test('an id of another length is found, and one that nobody saw given is as long as the first', () => {
    const {connection, take, say} = begun();
    const given = octetsOf('aabbccddee');
    say(1, frames.newId(1, given));
    const under = (dcid: Uint8Array, number: number) =>
      take(0, short(dcid, {number, keys: appKeys[0], payload: ping}));
    expect([under(given, 0), under(octetsOf('99999999'), 1), under(octetsOf('9999999999'), 2)]).toEqual([
      ...[[0], [1], [undefined]],
    ]);
    expect(connection.openedPackets).toBe(3);
  });

  test('an end that moves, and the other, at most sixteen times', () => {
    const {connection} = begun();
    const [client, server] = ends;
    connection.movedTo(['10.0.0.9:1', server], 7);
    connection.movedTo(['10.0.0.9:1', '10.0.0.8:2'], 8);
    connection.movedTo(['10.0.0.9:1', '10.0.0.8:2'], 9);
    expect(connection.moves).toEqual([
      {by: 0, from: client, to: '10.0.0.9:1', frame: 7},
      {by: 1, from: server, to: '10.0.0.8:2', frame: 8},
    ]);
    for (let port = 0; port < 20; port++) connection.movedTo([`10.0.0.9:${port + 10}`, '10.0.0.8:2'], 10);
    expect(connection.moves).toHaveLength(16);
    expect(connection.ends).toEqual(ends);
  });
});

describe('versions', () => {
  const unknown = (version: string, dcid: Uint8Array) =>
    joinBytes([
      ...[octetsOf(`c0${version}`), Uint8Array.of(dcid.length), dcid, Uint8Array.of(0)],
      new Uint8Array(1200),
    ]);

  test('one that nobody here speaks: what RFC 8999 fixes is told', () => {
    const {connection, take} = conversation();
    take(1, unknown('0a0a0a0a', ids.server));
    expect([connection.versions, connection.initialDcid]).toEqual([[0x0a0a0a0a], none]);
    take(0, unknown('0a0a0a0a', ids.first));
    take(0, unknown('1a1a1a1a', ids.client));
    expect(connection.versions).toEqual([0x0a0a0a0a, 0x1a1a1a1a]);
    expect([hexOf(connection.initialDcid), connection.packets, connection.datagrams]).toEqual([
      ...[hexOf(ids.first), {}, 3],
    ]);
  });

  // RFC 9000 §17.2.5.2: without its integrity tag a Retry counts for nothing.
  test('a Retry that nobody of the connection has sent', () => {
    const {connection, take} = conversation();
    take(0, initial());
    const retry = joinBytes([
      octetsOf('f000000001'),
      ...[Uint8Array.of(4), ids.client, Uint8Array.of(4), ids.server, new Uint8Array(20)],
    ]);
    take(1, retry);
    expect([connection.retryToken, connection.packets, [...connection.ids[1]]]).toEqual([
      ...[undefined, {Initial: 1, Retry: 1}, []],
    ]);
    expect(connection.isAnswered).toBe(false);
  });
});

test('a reset and a refusal, the first of each stream (RFC 9000 §19.4, §19.5); the end (§19.19)', () => {
  const {connection, say} = begun();
  say(0, octetsOf('0400070a'), octetsOf('04000809'));
  say(1, octetsOf('050005'), octetsOf('050006'), octetsOf('1c0a0003627965'), octetsOf('1d0900'));
  expect(connection.streams.get(0)).toMatchObject({
    reset: {by: 0, code: 7, frame: 3},
    stopSending: {by: 1, code: 5, frame: 4},
  });
  expect(connection.closes.first).toMatchObject({
    ...{by: 1, application: false, code: 10, reason: 'bye', frame: 4},
  });
});

// RFC 9002 §2: ACK, PADDING and CONNECTION_CLOSE ask for no ACK, alone or together.
test.each<readonly [string, waits: boolean]>([
  ['0200000000', false],
  ['00000000', false],
  ['1d000000', false],
  ['020000000001', true],
  ['0000000001', true],
])('%s: asks for ACK', (payload, waits) => {
  const {connection, say} = begun();
  say(1, octetsOf(payload));
  for (let more = 0; more < 3; more++) say(1, ping);
  // Number 3 alone: what came three before it is lost, where anybody waits for it.
  say(0, octetsOf('0203000000'));
  expect(connection.acks.lost(1)).toEqual(waits ? [3] : []);
});
