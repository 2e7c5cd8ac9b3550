// Records cut out of both directions (RFC 9846 §5.1), written out by hand: type, version, length, fragment.
import {describe, expect, test} from 'vitest';
import type {Told} from '../../source/observe/connections.ts';
import {RecordCutter} from '../../source/observe/tls-records.ts';
import {octetsOf} from '../../source/wire/octets.ts';

const clientHello = '160301 0004 01000000';
const serverHello = '160303 0004 02000000';
const data = '170303 0001 aa';

/** Pieces of one stream after another, each in a packet and an event of its own. */
const cut = (...said: readonly (readonly [side: 0 | 1, hex: string])[]) => {
  const cutter = new RecordCutter();
  const at = [0, 0];
  const took = said.map(([side, hex], index) => {
    const bytes = octetsOf(hex.replaceAll(' ', ''));
    const start = at[side] ?? 0;
    at[side] = start + bytes.length;
    return cutter.take({
      side,
      piece: {kind: 'bytes', start, bytes, frame: index + 1},
      event: 10 * (index + 1),
    }).length;
  });
  return {cutter, took, stops: cutter.stopped.map((stop) => stop && `${stop.why} ${stop.at}`)};
};

const placesOf = ({records}: RecordCutter) =>
  records.map(({side, start, frame, event}) => [side, start, frame, event]);

test('each with where it begins and the packet that completes it', () => {
  const {cutter, took, stops} = cut(
    [0, clientHello],
    [1, `${serverHello} 1703`],
    [0, `${data} ${data}`],
    [1, '03 0001 bb'],
  );
  expect(took).toEqual([1, 1, 2, 1]);
  expect(placesOf(cutter)).toEqual([
    [0, 0, 1, 10],
    [1, 0, 2, 20],
    [0, 9, 3, 30],
    [0, 15, 3, 30],
    [1, 9, 4, 40],
  ]);
  expect(stops).toEqual([undefined, undefined]);
});

// RFC 9846 §4, §6: hello types 1 and 2; alerts of levels 1 and 2, two octets; record versions have a 3 in front.
test.each<readonly [string, hex: string, begins: boolean]>([
  ['a ClientHello', clientHello, true],
  ['a ServerHello', serverHello, true],
  ['of SSL 2', '160200 0004 01000000', false],
  ['another message', '160303 0004 0b000000', false],
  ['a hello elsewhere', '170303 0004 01000000', false],
  ['a warning', '150303 0002 0100', true],
  ['a fatal alert', '150301 0002 0228', true],
  ['an alert of level 3', '150303 0002 0300', false],
  ['an alert of SSL 2', '150200 0002 0228', false],
  ['an encrypted alert', `150303 0003 022800`, false],
  ['a one-octet alert', '150303 0001 02', false],
  ['application data', '170303 0002 0228', false],
  ['ChangeCipherSpec like a hello', '140303 0001 01', false],
])('%s first', (_, hex, begins) => {
  const {cutter, stops} = cut([0, hex], [0, data], [1, hex]);
  expect(placesOf(cutter).map(([side]) => side)).toEqual(begins ? [0, 0, 1] : []);
  expect(stops).toEqual(begins ? [undefined, undefined] : ['no-record 0', 'no-record 0']);
});

test('what is no record ends it, for that direction, with what came whole before', () => {
  const {cutter, took, stops} = cut([0, `${clientHello} ${data} ff`], [0, data], [1, serverHello]);
  expect(took).toEqual([2, 0, 1]);
  expect(stops).toEqual(['no-record 15', undefined]);
  expect(cutter.records).toHaveLength(3);
});

describe('beside bytes', () => {
  const tell = (piece: Told['piece']) => {
    const {cutter} = cut([0, clientHello]);
    const took = cutter.take({side: 0, piece, event: 20});
    return {took, stopped: cutter.stopped};
  };

  test('a hole stops it where the hole begins', () => {
    expect(tell({kind: 'hole', start: 9, end: 20})).toEqual({
      took: [],
      stopped: [{why: 'hole', at: 9}, undefined],
    });
  });

  test('an end stops nothing', () => {
    const {took, stopped} = tell({kind: 'end', start: 9, frame: 2});
    expect([took, stopped]).toEqual([[], [undefined, undefined]]);
  });
});

test('taken back, both directions are what they were, half a record included', () => {
  const {cutter} = cut([0, `${clientHello} 1703`], [1, serverHello]);
  const back = cutter.asItIs();
  const goOn = (side: 0 | 1, hex: string) => {
    const bytes = octetsOf(hex);
    cutter.take({side, piece: {kind: 'bytes', start: 0, bytes, frame: 9}, event: 90});
  };
  for (const side of [0, 1] as const)
    goOn(side, side === 0 ? '030001eeffffff' : `${data.replaceAll(' ', '')}ff`);
  expect(cutter.stopped.every((stop) => stop)).toBe(true);
  expect(cutter.records).toHaveLength(4);
  back();
  expect([cutter.stopped, cutter.records.length]).toEqual([[undefined, undefined], 2]);
  goOn(0, '030001cc');
  goOn(1, '1703030001dd');
  expect(cutter.records.slice(2).map(({start, record}) => [start, ...record.fragment])).toEqual([
    [9, 0xcc],
    [9, 0xdd],
  ]);
});
