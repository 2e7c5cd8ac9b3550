// Whose a datagram is, by the connection ids in it and by its ends (RFC 9000 §5.2): several connections between the same ends, ids of all
// lengths, and captures that begin later. Packets that were sealed here.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {QuicConnections} from '../../source/observe/quic-connections.ts';
import {octetsOf} from '../../source/wire/octets.ts';
import {joinBytes} from '../../source/wire/tls/presentation.ts';
import {frames, hello, keysOf, long, madeLog, short, versionOf} from './quic-made.ts';
import {appKeys} from './quic-recorded.ts';

const version = versionOf(1);
const {initial: initialOf} = keysOf(version, 0x1301);
const [client, server] = ['10.0.0.1:5000', '10.0.0.2:4433'];
const ping = octetsOf('01000000');
const none = new Uint8Array(0);

type Ids = {readonly first: Uint8Array; readonly client: Uint8Array; readonly server: Uint8Array};

const idsOf = (letter: string, size = 4): Ids => ({
  first: octetsOf(`${letter}0`.repeat(8)),
  client: octetsOf(`${letter}c`.repeat(size)),
  server: octetsOf(`${letter}5`.repeat(size)),
});

const asked = ({first, client: scid}: Ids) =>
  long({
    ...{version, kind: 'Initial', dcid: first, scid, keys: initialOf(first).client},
    payload: joinBytes([frames.crypto(hello.client()), new Uint8Array(1000)]),
  });
const answered = ({first, client: dcid, server: scid}: Ids) =>
  long({
    ...{version, kind: 'Initial', dcid, scid, keys: initialOf(first).server},
    payload: frames.crypto(hello.server(0x1301)),
  });
const said = (side: 0 | 1, dcid: Uint8Array, number = 0) =>
  short(dcid, {number, keys: appKeys[side], payload: ping});

/** Tells which connection a datagram is put to, and which side has sent it. */
const placing = () => {
  const connections = new QuicConnections({crypto: nodeCrypto, log: madeLog()});
  let frame = 0;
  const put = (from: string, to: string, bytes: Uint8Array) => {
    frame += 1;
    const placed = connections.take({frame, atUs: 0, from, to, bytes});
    return placed && [placed.connection.id, placed.side];
  };
  return {
    connections,
    put,
    up: (bytes: Uint8Array) => put(client, server, bytes),
    down: (bytes: Uint8Array) => put(server, client, bytes),
  };
};

describe('several between the same ends', () => {
  const [one, two] = [idsOf('1'), idsOf('2')];

  test('a packet is of the connection that its id names, whichever began last', () => {
    const {up, down} = placing();
    expect([up(asked(one)), down(answered(one)), up(asked(two)), down(answered(two))]).toEqual([
      ...[
        [1, 0],
        [1, 1],
        [2, 0],
        [2, 1],
      ],
    ]);
    expect([up(said(0, one.server)), up(said(0, two.server)), up(said(0, one.server, 1))]).toEqual([
      ...[
        [1, 0],
        [2, 0],
        [1, 0],
      ],
    ]);
    expect([down(said(1, one.client)), down(said(1, two.client)), down(said(1, one.client, 1))]).toEqual([
      ...[
        [1, 1],
        [2, 1],
        [1, 1],
      ],
    ]);
    expect([down(answered(one)), down(answered(two))]).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  // Its id was made up by the client, and is nobody's: who wants to be answered tells.
  test('an Initial that comes again is of the connection whose client sends it', () => {
    const {up, down} = placing();
    const order = [up(asked(one)), down(answered(one)), up(asked(two)), up(asked(one)), up(asked(two))];
    expect(order).toEqual([
      [1, 0],
      [1, 1],
      [2, 0],
      [1, 0],
      [2, 0],
    ]);
  });

  test('without ids it is of the newest', () => {
    const {up, down} = placing();
    const [bare, other] = [
      {...one, client: none},
      {...two, client: none},
    ];
    expect([up(asked(bare)), down(answered(bare)), up(asked(other)), down(answered(other))]).toEqual([
      ...[
        [1, 0],
        [1, 1],
        [2, 0],
        [2, 1],
      ],
    ]);
    expect(down(said(1, none))).toEqual([2, 1]);
    expect(up(said(0, one.server))).toEqual([1, 0]);
  });

  test('of a client with ids, where the newest has none', () => {
    const {up, down} = placing();
    const bare = {...two, client: none};
    for (const own of [one, bare]) {
      up(asked(own));
      down(answered(own));
    }
    expect([down(answered(one)), down(answered(bare)), down(said(1, none))]).toEqual([
      [1, 1],
      [2, 1],
      [2, 1],
    ]);
  });

  test('an id that nobody has chosen is of the newest, too', () => {
    const {up, down} = placing();
    for (const own of [one, two]) {
      up(asked(own));
      down(answered(own));
    }
    expect([up(said(0, octetsOf('99999999'))), down(said(1, octetsOf('99999999')))]).toEqual([
      ...[
        [2, 0],
        [2, 1],
      ],
    ]);
  });
});

describe('from elsewhere', () => {
  // RFC 9000 §17.2: 20 octets at most. Shorter ids than four stand anywhere by chance.
  test.each([
    [3, undefined],
    [4, [1, 0]],
    [19, [1, 0]],
    [20, [1, 0]],
  ])('an id of %i octets', (size, expected) => {
    const {up, down, put} = placing();
    const own = idsOf('1', size);
    expect([up(asked(own)), down(answered(own))]).toEqual([
      [1, 0],
      [1, 1],
    ]);
    expect(put('10.9.9.9:1', server, said(0, own.server))).toEqual(expected);
  });

  test('by the ids of long headers', () => {
    const {up, down, put, connections} = placing();
    const own = idsOf('1');
    expect([up(asked(own)), down(answered(own))]).toEqual([
      [1, 0],
      [1, 1],
    ]);
    expect(put(server, '10.9.9.9:1', answered(own))).toEqual([1, 1]);
    expect(connections.all[0]?.moves).toEqual([{by: 0, from: client, to: '10.9.9.9:1', frame: 3}]);
    expect(put('10.9.9.9:1', server, said(0, octetsOf('99999999')))).toEqual([1, 0]);
  });
});

describe('who is the client', () => {
  const own = idsOf('1');
  test.each<readonly [from: string, to: string, bytes: Uint8Array, placed: readonly number[] | undefined]>([
    ['a:5000', 'b:443', asked(own), [1, 0]],
    ['b:443', 'a:5000', asked(own), [1, 1]],
    ['b:443', 'a:443', asked(own), [1, 0]],
    ['a:5000', 'b:4433', asked(own), [1, 0]],
    // Without a long header on QUIC's port alone.
    ['2001:db8::1:5000', '2001:db8::443:443', said(0, own.server), [1, 0]],
    ['2001:db8::443:443', '2001:db8::1:5000', said(0, own.server), [1, 1]],
    ['2001:db8::443:4430', '2001:db8::1:5000', said(0, own.server), undefined],
    ['a:5000', 'b:443', none, undefined],
  ])('from %s to %s', (from, to, bytes, expected) => {
    const {put, connections} = placing();
    expect(put(from, to, bytes)).toEqual(expected);
    const [connection] = connections.all;
    if (expected) expect(connection?.ends).toEqual(expected[1] === 0 ? [from, to] : [to, from]);
  });
});
