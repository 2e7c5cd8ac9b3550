// The bytes inside records, each with the packet that brought them (RFC 9846 §5). The lock is the test's own: behind the header of a
// protected record stands its inner type, then its content as it is.
import {describe, expect, test} from 'vitest';
import type {Streams, Told} from '../../source/observe/connections.ts';
import {earlyDataTaken, programBytesOf} from '../../source/observe/tls-plaintext.ts';
import {tlsSessionOn} from '../../source/observe/tls-sessions.ts';
import type {Lock, TlsKeys} from '../../source/stack/tls/recorded/lock.ts';
import {ok} from '../../source/wire/result.ts';
import {tls13} from '../../source/wire/tls/handshake.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {hello} from './quic-made.ts';

const lock: Lock = {
  open: ({fragment}) => ({type: fragment[0] ?? 0, content: fragment.slice(1), at: 1, next: lock}),
};
const keys: TlsKeys = {log: {secrets: new Map(), unreadable: 0}, unlock: () => ok(lock)};

const record = (type: number, octets: Iterable<number>): number[] => {
  const body = [...octets];
  return [type, 3, 3, body.length >> 8, body.length & 0xff, ...body];
};
const data = (text: string) => record(23, [23, ...encodeUtf8(text)]);
const handshake = (message: Iterable<number>) => record(23, [22, ...message]);
const alert = (level: number, description: number) => record(23, [21, level, description]);
const finished = handshake([20, 0, 0, 0]);

const clientHello = (early: boolean) =>
  tls13.encode({
    type: 'client_hello',
    body: {
      ...{legacyVersion: 0x0303, random: new Uint8Array(32), legacySessionId: new Uint8Array()},
      ...{cipherSuites: [0x1301], legacyCompressionMethods: [0]},
      extensions: early ? [{name: 'early_data', value: undefined}] : [],
    },
  });

type Piece = readonly [side: 0 | 1, octets: readonly number[] | 'end'];

/** Both hellos in packets 1 and 2, then each piece in one of its own. */
const sessionOf = (pieces: readonly Piece[], early = false) => {
  const hellos: readonly Piece[] = [
    [0, record(22, clientHello(early))],
    [1, record(22, hello.server(0x1301))],
  ];
  const at = [0, 0];
  const sent = [...hellos, ...pieces].map(([side, octets], index): Told => {
    const start = at[side] ?? 0;
    const frame = index + 1;
    if (octets === 'end') return {side, piece: {kind: 'end', start, frame}, event: 10 * frame};
    at[side] = start + octets.length;
    return {side, piece: {kind: 'bytes', start, bytes: Uint8Array.from(octets), frame}, event: 10 * frame};
  });
  const streams: Streams = {sent, arrived: sent};
  const session = tlsSessionOn(streams, keys);
  if (!session) throw new Error('no session');
  return session;
};

const told = (pieces: readonly Piece[], early = false) =>
  programBytesOf(sessionOf(pieces, early))?.map(({side, piece, event}) => {
    const what = piece.kind === 'bytes' ? new TextDecoder().decode(piece.bytes) : piece.kind;
    return `${side} ${piece.start} ${what} in ${piece.kind === 'hole' ? '' : piece.frame} at ${event}`;
  });

test('what the programs said, by direction and in order; messages and alerts are none of it', () => {
  expect(
    told([
      ...[[1, finished] as const, [0, [...finished, ...data('abc')]] as const, [1, data('de')] as const],
      [0, [...alert(1, 90), ...data('f'), ...data('gh')]],
    ]),
  ).toEqual(['0 0 abc in 4 at 40', '1 0 de in 5 at 50', '0 3 f in 6 at 60', '0 4 gh in 6 at 60']);
});

test('a record that packets cut: each has its octets, all can be read with the last', () => {
  const whole = data('abcdef');
  const cut = (at: number) =>
    told([
      [0, whole.slice(0, at)],
      [0, whole.slice(at)],
    ]);
  // Five octets of header and one of type.
  expect(cut(8)).toEqual(['0 0 ab in 3 at 40', '0 2 cdef in 4 at 40']);
  expect(cut(6)).toEqual(['0 0 abcdef in 4 at 40']);
  expect(cut(11)).toEqual(['0 0 abcde in 3 at 40', '0 5 f in 4 at 40']);
});

test('an empty record carries nothing', () => {
  expect(told([[0, [...data(''), ...data('a')]]])).toEqual(['0 0 a in 3 at 30']);
});

describe('the end of a direction', () => {
  test('is close_notify; what stands behind it is no program’s', () => {
    expect(
      told([
        [0, [...data('ab'), ...alert(1, 0), ...data('cd')]],
        [0, 'end'],
      ]),
    ).toEqual([...['0 0 ab in 3 at 30', '0 2 end in 3 at 30']]);
  });

  test('or that of TCP', () => {
    expect(
      told([
        [0, data('ab')],
        [1, 'end'],
        [0, 'end'],
      ]),
    ).toEqual([...['0 0 ab in 3 at 30', '1 0 end in 4 at 40', '0 2 end in 5 at 50']]);
  });

  test('another alert ends nothing', () => {
    expect(told([[0, [...alert(1, 90), ...data('ab')]]])).toEqual(['0 0 ab in 3 at 30']);
  });
});

test('nothing of a program was opened', () => {
  expect(told([])).toBeUndefined();
  expect(told([[0, finished]])).toBeUndefined();
});

// RFC 9846 §4.3.10: the server says early_data in EncryptedExtensions where it takes them.
describe('early data', () => {
  const answer = (takes: boolean) => handshake(hello.encrypted('h3', takes));
  const early: Piece = [0, data('early')];

  test.each<readonly [string, readonly Piece[], offers: boolean, boolean | undefined]>([
    ['taken', [early, [1, answer(true)]], true, true],
    ['refused', [early, [1, answer(false)]], true, false],
    ['not offered', [[1, answer(true)]], false, undefined],
    ['an answer that was not seen', [early], true, undefined],
  ])('%s', (_, pieces, offers, taken) => {
    expect(earlyDataTaken(sessionOf(pieces, offers))).toBe(taken);
  });

  test('that were refused nobody has read: what the client says behind its Finished counts', () => {
    const rest: readonly Piece[] = [
      [0, finished],
      [0, data('late')],
      [1, data('yes')],
    ];
    expect(told([early, [1, answer(false)], ...rest], true)).toEqual([
      '0 0 late in 6 at 60',
      '1 0 yes in 7 at 70',
    ]);
    expect(told([early, [1, answer(true)], ...rest], true)).toEqual([
      ...['0 0 early in 3 at 30', '0 5 late in 6 at 60', '1 0 yes in 7 at 70'],
    ]);
  });

  test('of the server nothing is left out', () => {
    expect(told([early, [1, [...answer(false), ...data('half')]], [0, finished]], true)).toEqual([
      '1 0 half in 4 at 40',
    ]);
  });
});
