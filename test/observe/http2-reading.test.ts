// HTTP/2 of a connection by where its frames stand (RFC 9113 §3.4, §4.1), at one look and at later ones: a reading that goes on tells what
// one from the beginning does.
import {describe, expect, test} from 'vitest';
import type {Connection, Side, Told} from '../../source/observe/connections.ts';
import {framesIn, http2PlaceAt, http2ReadingOf} from '../../source/observe/http2-reading.ts';
import type {Piece} from '../../source/observe/reassembly.ts';
import {preface} from '../../source/wire/http2/frame-reader.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {data, get, headers, ok200, settings} from './http2-words.ts';

type Octets = readonly number[];
/** Octets, so many that were not captured, or the end; `frame`: the packet, where it is not the next one. */
type Said = readonly [side: Side, what: Octets | number | 'end', frame?: number];

const end = {host: 'a', port: 1};
const connectionOf = (sent: readonly Told[]): Connection => ({id: 1, ends: [end, end], sent, arrived: sent});

const toldOf = (...said: readonly Said[]): readonly Told[] => {
  const at: [number, number] = [0, 0];
  return said.map(([side, what, frame = 0], index): Told => {
    const start = at[side];
    const about = {start, frame: frame || index + 1};
    if (what === 'end') return {side, piece: {kind: 'end', ...about}, event: index};
    at[side] += typeof what === 'number' ? what : what.length;
    const piece: Piece =
      typeof what === 'number'
        ? {kind: 'hole', start, end: at[side]}
        : {kind: 'bytes', bytes: Uint8Array.from(what), ...about};
    return {side, piece, event: index};
  });
};

const shown = (connection: Connection) => {
  const reading = http2ReadingOf(connection);
  return (
    reading && {
      frames: reading.frames.map((own) => own.map(({header, start, end: to}) => [header.type, start, to])),
      streams: reading.http2.streams.map(({id}) => id),
      faults: reading.http2.faults.map(({code}) => code),
      lost: reading.http2.lost,
      ...{preface: reading.preface, client: reading.http2.client, start: reading.http2.start},
    }
  );
};
const read = (...said: readonly Said[]) => shown(connectionOf(toldOf(...said)));

const [SETTINGS, HEADERS] = [4, 1];
const opened: Octets = [...preface, ...settings()];

describe('where it begins', () => {
  // The preface is 24 octets, a frame's header 9; the blocks 3 and 1.
  test('with a preface, whoever says it', () => {
    const expected = {streams: [1], faults: [], lost: undefined, start: 'prior-knowledge'};
    const asked = [
      [SETTINGS, 24, 33],
      [HEADERS, 33, 45],
    ];
    const answered = [
      [SETTINGS, 0, 9],
      [HEADERS, 9, 19],
    ];
    expect(read([0, opened], [1, settings()], [0, headers(1, get)], [1, headers(1, ok200)])).toEqual({
      ...expected,
      frames: [asked, answered],
      preface: [0, undefined],
      client: 0,
    });
    expect(read([1, opened], [0, settings()], [1, headers(1, get)], [0, headers(1, ok200)])).toEqual({
      ...expected,
      frames: [answered, asked],
      preface: [undefined, 0],
      client: 1,
    });
  });

  test('also where the server speaks first', () => {
    expect(read([1, settings()], [0, opened])).toMatchObject({client: 0, preface: [0, undefined]});
  });

  const ask = [...encodeUtf8('GET / HTTP/1.1\r\nUpgrade: h2c\r\nHTTP2-Settings: \r\n\r\n')];
  const switched = [...encodeUtf8('HTTP/1.1 101 So\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n')];

  // RFC 7540 §3.2: behind 101 the server begins, the client says its preface.
  test('with an upgrade', () => {
    const told = read([0, ask], [1, [...switched, ...settings()]], [0, opened], [1, headers(1, ok200)]);
    const [from, back] = [ask.length, switched.length];
    expect(told).toMatchObject({
      ...{start: 'upgrade', client: 0, preface: [from, undefined]},
      frames: [
        [[SETTINGS, from + 24, from + 33]],
        [
          [SETTINGS, back, back + 9],
          [HEADERS, back + 9, back + 19],
        ],
      ],
    });
  });

  test('nowhere', () => {
    expect(read([0, [...encodeUtf8('GET / HTTP/1.1\r\n\r\n')]])).toBeUndefined();
    expect(read([0, ask], [1, [...encodeUtf8('HTTP/1.1 200 OK\r\n\r\n')]])).toBeUndefined();
    expect(read([0, 9], [0, 'end'])).toBeUndefined();
    expect(read()).toBeUndefined();
  });

  test('a place before it is none of it', () => {
    const connection = connectionOf(
      toldOf([0, ask], [1, [...switched, ...settings()]], [0, opened], [1, headers(1, ok200)]),
    );
    const at = (side: Side, start: number) => http2PlaceAt({connection, side, start, end: start + 12});
    const [from, back] = [ask.length, switched.length];
    expect([at(0, 0), at(0, from - 1), at(1, 0), at(1, back - 1)]).toEqual([
      ...[undefined, undefined, undefined, undefined],
    ]);
    const types = (side: Side, start: number) => {
      const place = at(side, start);
      return place && framesIn(place).map(({header}) => header.type);
    };
    expect([types(0, from), types(0, from + 20), types(1, back), types(1, back + 9)]).toEqual([
      ...[[], [SETTINGS], [SETTINGS, HEADERS], [HEADERS]],
    ]);
    const {connection: own, ...place} = {connection, side: 1, start: back, end: back + 5} as const;
    expect(http2PlaceAt({connection: own, ...place})).toMatchObject(place);
  });
});

describe('gaps', () => {
  test('from there on nothing more is read of that end, and that is told of the packet behind', () => {
    expect(read([0, opened], [1, settings()], [0, 20], [0, headers(1, get)], [1, settings()])).toMatchObject({
      frames: [
        [[SETTINGS, 24, 33]],
        [
          [SETTINGS, 0, 9],
          [SETTINGS, 9, 18],
        ],
      ],
      lost: {side: 0, frame: 4},
    });
  });

  test('with nothing behind it, of the packet before', () => {
    expect(read([0, opened], [1, settings()], [0, 20])).toMatchObject({lost: {side: 0, frame: 1}});
  });
});

describe('in the order of packets', () => {
  // What waited can be read with what it waited for: packet 5 was there before 7, and is read with it.
  test('whichever side they come from', () => {
    expect(
      read(
        [0, opened],
        [0, headers(1, get), 7],
        [0, headers(3, get), 5],
        [1, settings()],
        [1, headers(1, ok200)],
      ),
    ).toMatchObject({streams: [1, 3], frames: [{length: 3}, {length: 2}]});
  });
});

describe('at later looks', () => {
  const begun: readonly Said[] = [
    [0, opened],
    [1, settings()],
    [0, headers(1, get)],
    [1, headers(1, ok200)],
  ];
  const first = toldOf(...begun);

  /** As if nobody had looked before. */
  const anew = (told: readonly Told[]) => shown(connectionOf(told.map((each) => ({...each}))));
  /** A look at `before`, then one at `after`. */
  const expectAlike = (before: readonly Told[], after: readonly Told[]) => {
    shown(connectionOf(before));
    const told = shown(connectionOf(after));
    expect(told).toEqual(anew(after));
    return told;
  };
  const later = (...said: readonly Said[]): readonly Told[] => [
    ...first,
    ...toldOf(...begun, ...said).slice(first.length),
  ];

  test('what has come since is read on', () => {
    expect(expectAlike(first, later([1, data(1, 5)], [0, headers(3, get)]))).toMatchObject({
      streams: [1, 3],
      frames: [{length: 3}, {length: 3}],
    });
    const one = later([1, data(1, 5).slice(0, 7)]);
    expectAlike(one, [
      ...one,
      ...toldOf(...begun, [1, data(1, 5).slice(0, 7)], [1, data(1, 5).slice(7)]).slice(-1),
    ]);
  });

  // Else each look at a capture in the making would cost as much as all before it.
  test('what was read before is not read again', () => {
    const {http2} = http2ReadingOf(connectionOf(first)) ?? expect.fail();
    expect(http2ReadingOf(connectionOf(later([1, data(1, 5)])))?.http2).toBe(http2);
  });

  /** The same first piece, so that the reading may go on; what comes last is another object. */
  const otherwise = (...said: readonly Said[]): readonly Told[] => [
    ...first.slice(0, 3),
    ...toldOf(...begun.slice(0, 3), ...said).slice(3),
  ];

  test.each<readonly [string, before: readonly Said[], after: readonly Said[]]>([
    ['the same once more', [[1, headers(1, ok200)]], [[1, headers(1, ok200)]]],
    ['of another packet', [[1, headers(1, ok200)]], [[1, headers(1, ok200), 9]]],
    ['longer', [[1, headers(1, ok200)]], [[1, [...headers(1, ok200), ...data(1, 3)]]]],
    ['shorter', [[1, [...headers(1, ok200), ...data(1, 3)]]], [[1, headers(1, ok200)]]],
    ['the other side’s', [[1, headers(1, ok200)]], [[0, headers(3, get)]]],
    [
      'gone',
      [
        [1, headers(1, ok200)],
        [0, headers(3, get)],
      ],
      [[1, headers(1, ok200)]],
    ],
    ['a gap', [[1, headers(1, ok200)]], [[1, 10]]],
    ['a gap that was filled', [[1, 10]], [[1, headers(1, ok200)]]],
    [
      'another gap',
      [
        [1, 10],
        [1, data(1, 3)],
      ],
      [
        [1, 11],
        [1, data(1, 3)],
      ],
    ],
    [
      'the same gap',
      [
        [1, 10],
        [1, data(1, 3)],
      ],
      [
        [1, 10],
        [1, data(1, 3)],
        [0, data(1, 1)],
      ],
    ],
    [
      'an end',
      [[1, 'end']],
      [
        [1, 'end'],
        [0, headers(3, get)],
      ],
    ],
    ['no end, but headers', [[1, 'end']], [[1, headers(1, ok200)]]],
    ['an end, packet changed', [[1, 'end']], [[1, 'end', 8]]],
  ])('what came last is %s', (_, before, after) => {
    expectAlike(otherwise(...before), otherwise(...after));
  });

  test('all that one side has said is another thing', () => {
    const before = toldOf([0, opened], [1, settings()]);
    const after = [
      ...before.slice(0, 1),
      ...toldOf([0, opened], [1, [...settings(), ...settings()]]).slice(1),
    ];
    expectAlike(before, after);
  });

  // RFC 9113 §5.1: nobody answers on a stream that was not opened.
  test('what was opened in a packet before is not opened behind what was read', () => {
    const answer: Said = [1, [...settings(), ...headers(1, ok200)], 5];
    const before = toldOf([0, opened], answer);
    expect(shown(connectionOf(before))?.faults).not.toEqual([]);
    const after = [...before, ...toldOf([0, opened], answer, [0, headers(1, get), 3]).slice(2)];
    expect(shown(connectionOf(after))?.faults).toEqual([]);
  });

  test('a piece that came earlier than what was read is not read behind it', () => {
    const before = toldOf([0, opened], [1, settings(), 5]);
    const after = [...before, ...toldOf([0, opened], [1, settings()], [0, headers(1, get), 3]).slice(2)];
    expectAlike(before, after);
    const level = [...before, ...toldOf([0, opened], [1, settings()], [0, headers(1, get), 5]).slice(2)];
    expectAlike(before, level);
  });
});
