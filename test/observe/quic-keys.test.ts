// Which keys open a packet: those of the key phase that its bit names (RFC 9001 §6), and how often the bit changes along the numbers.
import {describe, expect, test} from 'vitest';
import {nodeCrypto} from '../../source/io/crypto.ts';
import {ConnectionKeys, openWith, phaseChanges} from '../../source/observe/quic-keys.ts';
import {type PacketKeys, updatedKeys} from '../../source/wire/quic/packet-protection.ts';
import {keysOf, long, madeLog, short, versionOf} from './quic-made.ts';

const version = versionOf(1);
const suite = 0x1301;
const random = new Uint8Array(32).fill(9);
const dcid = Uint8Array.of(5, 5, 5, 5);
const payload = Uint8Array.of(1, 2, 3, 4, 5);
const made = keysOf(version, suite);
const [client] = made.application;
if (!client) throw new Error('no keys');

/** Of phase 0, 1, 2 … */
const second = updatedKeys(client);
const third = updatedKeys(second);
const phases = [client, second, third, updatedKeys(third)];

const place = (bytes: Uint8Array) => ({start: 0, end: bytes.length, numberAt: 1 + dcid.length});

/** Packets by the phase of their keys, each with the bit that goes with it; of which are opened, in turn. */
const opened = (...sent: readonly number[]): readonly boolean[] => {
  const keys = new ConnectionKeys({crypto: nodeCrypto, log: madeLog()});
  return sent.map((phase, number) => {
    const own = phases[phase];
    if (!own) throw new Error('no keys');
    const datagram = short(dcid, {number, payload, keys: own, phase: phase % 2});
    const agreed = {random, suite};
    const read = keys.openShort(
      0,
      {version, agreed},
      {datagram, place: place(datagram), largest: number - 1},
    );
    if (read) expect([read.number, read.at, [...read.payload]]).toEqual([number, 7, [...payload]]);
    return read !== undefined;
  });
};

describe('key phases', () => {
  test.each<readonly [phases: readonly number[], opened: readonly boolean[]]>([
    [
      [0, 0],
      [true, true],
    ],
    [
      [0, 1, 2, 3],
      [true, true, true, true],
    ],
    // Late under the keys before; not under older ones.
    [
      [0, 1, 0, 1],
      [true, true, true, true],
    ],
    [
      [1, 2, 1, 0],
      [true, true, true, false],
    ],
    [
      [0, 1, 2, 0],
      [true, true, true, false],
    ],
    // Behind a gap those after the next, not those after them.
    [
      [0, 2, 3],
      [true, true, true],
    ],
    [
      [0, 3, 0],
      [true, false, true],
    ],
    // The current phase is never an older one.
    [
      [2, 1, 3],
      [true, true, true],
    ],
  ])('%j', (sent, expected) => {
    expect(opened(...sent)).toEqual(expected);
  });

  test('without a suite there are no keys', () => {
    const keys = new ConnectionKeys({crypto: nodeCrypto, log: madeLog()});
    const datagram = short(dcid, {number: 0, payload, keys: client});
    const asked = {datagram, place: place(datagram), largest: -1};
    expect(keys.openShort(0, {version, agreed: {random, suite: undefined}}, asked)).toBeUndefined();
    expect(keys.openShort(1, {version, agreed: {random, suite}}, asked)).toBeUndefined();
    expect(keys.openShort(0, {version, agreed: {random, suite}}, asked)?.number).toBe(0);
  });
});

test.each<readonly [readonly (readonly [number, boolean])[], number]>([
  [[], 0],
  [[[0, true]], 0],
  [
    [
      [0, false],
      [1, true],
      [2, true],
      [3, false],
    ],
    2,
  ],
  // Along the numbers, however they came.
  [
    [
      [0, false],
      [2, true],
      [1, false],
      [3, true],
    ],
    1,
  ],
  [
    [
      [9, true],
      [10, false],
      [8, false],
    ],
    2,
  ],
])('phase changes: %j', (phasesSeen, changes) => {
  expect(phaseChanges(phasesSeen.map(([number, bit]) => ({number, bit})))).toBe(changes);
});

test('an encrypted packet number is taken as the one nearest to the largest before it (RFC 9000 §17.1)', () => {
  const datagram = short(dcid, {number: 0x1_0002 & 0xffff, payload, keys: client});
  expect(openWith(client, datagram, place(datagram), 1)?.number).toBe(2);
  // The nonce is of the whole number: with 0x10002 it cannot be opened.
  expect(openWith(client, datagram, place(datagram), 0xffff)).toBeUndefined();
});

describe('long headers', () => {
  const agreed = {random, suite};
  const handshake = {kind: 'Handshake', version} as const;
  const keyOf = (all: readonly PacketKeys[]) => all.map(({key}) => [...key]);

  test('each side has its own Handshake keys; those of 0-RTT are the client’s', () => {
    const keys = new ConnectionKeys({crypto: nodeCrypto, log: madeLog()});
    expect(keyOf(keys.long(0, handshake, agreed))).toEqual(keyOf(made.handshake.slice(0, 1)));
    expect(keyOf(keys.long(1, handshake, agreed))).toEqual(keyOf(made.handshake.slice(1)));
    // RFC 9001 §4.6: which suite is not known before the server speaks. A secret of 32 octets fits those with SHA-256.
    const early = keys.long(0, {kind: '0-RTT', version}, agreed);
    expect(keyOf(early)).toContainEqual([...made.early.key]);
    expect(early.length).toBeGreaterThan(1);
    expect(new Set(early.map(({suite: {hash}}) => hash))).toEqual(new Set(['sha256']));
  });

  test('before the suite is known all that fit are tried, and then the one', () => {
    const keys = new ConnectionKeys({crypto: nodeCrypto, log: madeLog()});
    expect(keys.long(0, handshake, {random, suite: undefined}).length).toBeGreaterThan(1);
    expect(keys.long(0, handshake, agreed)).toHaveLength(1);
  });

  test('what was made of hellos that count no more is forgotten', () => {
    const log = madeLog();
    const keys = new ConnectionKeys({crypto: nodeCrypto, log});
    const other = {random: new Uint8Array(32).fill(10), suite};
    const early = {kind: '0-RTT', version} as const;
    expect(
      [keys.long(0, handshake, agreed), keys.long(0, early, agreed)].map(({length}) => length > 0),
    ).toEqual([true, true]);
    keys.forget();
    expect([...keys.long(0, handshake, other), ...keys.long(0, early, other)]).toEqual([]);
  });

  test('an Initial is opened by the id of the client’s first one', () => {
    const keys = new ConnectionKeys({crypto: nodeCrypto, log: {secrets: new Map(), unreadable: 0}});
    const own = keys.initial(version, dcid);
    expect(own).toBe(keys.initial(version, Uint8Array.from(dcid)));
    expect(own).not.toBe(keys.initial(versionOf(0x6b33_43cf), dcid));
    const scid = Uint8Array.of(1);
    const bytes = long({version, kind: 'Initial', dcid, scid, payload, keys: made.initial(dcid).server});
    // 1, version 4, 1 + 4, 1 + 1, token 1, length 1.
    const at = {start: 0, end: bytes.length, numberAt: 14};
    expect(openWith(own.server, bytes, at, -1)).toMatchObject({number: 0, at: 16, first: 0xc1});
    expect(openWith(own.client, bytes, at, -1)).toBeUndefined();
  });
});
