// The bytes inside records, each with the packet that brought them (RFC 9846 §5).
import {describe, expect, test} from 'vitest';
import {connectionsIn, type Streams, type Told} from '../../source/observe/connections.ts';
import {payloadOffset, programPlace, programStreamsIn} from '../../source/observe/program-streams.ts';
import {earlyDataTaken, programBytesOf} from '../../source/observe/tls-plaintext.ts';
import {tlsSessionOn} from '../../source/observe/tls-sessions.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {GrowingCapture, interleaved} from '../helpers/growing.ts';
import {hello} from './quic-made.ts';
import {keyFileOf, keysOf} from './tls-captured.ts';
import {recordedFrames} from './tls-recorded.ts';
import {alert, clientHello, finished, handshake, program, record, unlockedKeys} from './tls-unlocked.ts';

const data = (text: string) => program(encodeUtf8(text));

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
  const session = tlsSessionOn(streams, unlockedKeys);
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

  test('in the order of events, whatever comes behind', () => {
    expect(
      told([
        [0, data('ab')],
        [1, 'end'],
        [0, data('cd')],
        [0, 'end'],
      ]),
    ).toEqual([...['0 0 ab in 3 at 30', '1 0 end in 4 at 40', '0 2 cd in 5 at 50', '0 4 end in 6 at 60']]);
  });

  test('before what the other says', () => {
    expect(
      told([
        [1, 'end'],
        [0, data('ab')],
      ]),
    ).toEqual(['1 0 end in 3 at 30', '0 0 ab in 4 at 40']);
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
    ['an unseen answer', [early], true, undefined],
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

// Behind the hellos each record has five octets of header and one of type before its content.
describe('in a capture', () => {
  const hellos = [
    {side: 0, bytes: Uint8Array.from(record(22, clientHello()))},
    {side: 1, bytes: Uint8Array.from(record(22, hello.server(0x1301)))},
  ] as const;
  const say = (side: 0 | 1, ...octets: readonly (readonly number[])[]) => ({
    side,
    bytes: Uint8Array.from(octets.flat()),
  });

  test('where an octet of a program stands in TCP’s stream, and back', () => {
    const said = [...hellos, say(0, data('abc'), data('de')), say(1, finished)];
    const frames = recordedFrames(said);
    const trace = new GrowingCapture(frames).upTo(frames.length).withKeys(unlockedKeys);
    const base = hellos[0].bytes.length;
    const carried = connectionsIn(trace).carriedBy(3);
    if (!carried) throw new Error('nothing carried');
    const plain = (from: number, to: number) => {
      const {start, end} = programPlace(trace, {...carried, start: base + from, end: base + to});
      return [start, end];
    };
    expect([plain(0, 6), plain(6, 9), plain(7, 8), plain(9, 15), plain(8, 16), plain(15, 17)]).toEqual([
      ...[
        [0, 0],
        [0, 3],
        [1, 2],
        [3, 3],
      ],
      ...[
        [2, 4],
        [3, 5],
      ],
    ]);
    expect(plain(-base, 99)).toEqual([0, 5]);
    expect([0, 2, 3, 4].map((octet) => payloadOffset(trace, 3, octet))).toEqual([6, 8, 15, 16]);
    // Of what the server says nothing is a program's.
    expect(payloadOffset(trace, 4, 0)).toBe(-hellos[1].bytes.length);
    expect(programPlace(trace, {...carried, side: 1, start: 200, end: 300})).toMatchObject({
      start: 0,
      end: 0,
    });
  });

  test('each look tells what reading all at once tells', () => {
    const said = [
      ...[
        ...hellos,
        say(1, finished),
        say(0, finished, data('abcdefghijkl')),
        say(1, data('mn'), data('opq')),
      ],
      ...[
        say(0, data('r'), data('stuvwxyz')),
        say(1, data('12'), alert(1, 0)),
        say(0, data('345'), data('6')),
      ],
    ];
    const frames = recordedFrames(said, {size: 40});
    const at = (capture: GrowingCapture, count: number) => {
      const trace = capture.upTo(count).withKeys(unlockedKeys);
      return programStreamsIn(trace).all.map(({sent, arrived}) => ({sent, arrived}));
    };
    const grown = new GrowingCapture(frames);
    for (let count = 1; count <= frames.length; count++)
      expect(at(grown, count), `${count}`).toEqual(at(new GrowingCapture(frames), count));
    const octets = (side: 0 | 1) =>
      at(grown, frames.length)[0]?.sent.flatMap(({side: own, piece}) =>
        own === side && piece.kind === 'bytes' ? [new TextDecoder().decode(piece.bytes)] : [],
      );
    expect([octets(0)?.join(''), octets(1)?.join('')]).toEqual(['abcdefghijklrstuvwxyz3456', 'mnopq12']);
  });

  // Of a recorded one ACKs tell later when a packet has come.
  test('each look at a recorded capture, too', () => {
    const name = '16e-tls13-full.pcapng';
    const frames = interleaved([[name, 0]]);
    const known = keysOf(keyFileOf(name) ?? new Uint8Array());
    const at = (capture: GrowingCapture, count: number) => {
      const trace = capture.upTo(count).withKeys(known);
      return programStreamsIn(trace).all.map(({sent, arrived}) => ({sent, arrived}));
    };
    const grown = new GrowingCapture(frames);
    for (let count = frames.length % 3; count <= frames.length; count += 3)
      expect(at(grown, count), `${count}`).toEqual(at(new GrowingCapture(frames), count));
  });
});
