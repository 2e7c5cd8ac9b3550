// Which datagrams are kept as QUIC: those of a conversation that began as one, and those for an end that was spoken to in QUIC, since
// clients move (RFC 9000 §9).
import {expect, test} from 'vitest';
import {QuicDatagrams} from '../../source/observe/quic-datagrams.ts';
import {octetsOf} from '../../source/wire/octets.ts';

const at = (host: number, port: number) => ({address: `192.0.2.${host}`, port});
type Ends = readonly [ReturnType<typeof at>, ReturnType<typeof at>];

/** A long header of version 1 with room for an Initial. */
const initial = new Uint8Array(1200);
initial.set(octetsOf('c000000001'));
/** A short header, of which nothing is told but on QUIC's port. */
const short = Uint8Array.from({length: 30}, () => 0x40);
const text = Uint8Array.from({length: 30}, () => 0x20);

type Said = readonly [ends: Ends, side: 0 | 1, bytes: Uint8Array];

const kept = (...said: readonly Said[]) => {
  const datagrams = new QuicDatagrams();
  const taken = said.map(([ends, side, bytes], index) =>
    datagrams.take({frame: index + 1, atUs: 10 * index, ends, side, bytes}),
  );
  expect(taken).toEqual(said.map(() => true));
  expect(datagrams.length).toBe([...datagrams].length);
  return [...datagrams];
};
const frames = (...said: readonly Said[]) => kept(...said).map(({frame}) => frame);

const ends: Ends = [at(1, 5000), at(2, 4433)];

test('each as it came', () => {
  expect(kept([ends, 0, initial], [ends, 1, short])).toEqual([
    {frame: 1, atUs: 0, ends, side: 0, bytes: initial},
    {frame: 2, atUs: 10, ends, side: 1, bytes: short},
  ]);
});

test('both ways, from the first one that is QUIC on', () => {
  expect(frames([ends, 1, short], [ends, 0, text], [ends, 0, initial], [ends, 1, short])).toEqual([3, 4]);
});

test('without a long header on QUIC’s port alone, at either end', () => {
  expect(frames([[at(1, 443), at(2, 4433)], 0, short])).toEqual([1]);
  expect(frames([[at(1, 5000), at(2, 443)], 0, short])).toEqual([1]);
  expect(frames([[at(1, 5000), at(2, 443)], 0, text])).toEqual([]);
});

test.each<readonly [name: string, first: 0 | 1, ends: Ends, side: 0 | 1, isKept: boolean]>([
  ['from another port', 0, [at(1, 5001), at(2, 4433)], 0, true],
  ['from another host', 0, [at(2, 4433), at(9, 7000)], 1, true],
  ['from another server', 0, [at(2, 4433), at(9, 7000)], 0, false],
  ['to another port', 0, [at(1, 5000), at(2, 4434)], 0, false],
  ['to another host', 0, [at(1, 5000), at(3, 4433)], 0, false],
  ['begun by the second', 1, [at(1, 5000), at(9, 7000)], 1, true],
  ['to who spoke first', 1, [at(9, 7000), at(2, 4433)], 0, false],
])('to a known end: %s', (_, first, others, side, isKept) => {
  expect(frames([ends, first, initial], [others, side, short])).toEqual(isKept ? [1, 2] : [1]);
});

test('without room none is taken', () => {
  const datagrams = new QuicDatagrams();
  // None is longer than the 64 Ki octets of a datagram: 2 MiB fit nowhere.
  const bytes = new Uint8Array(1 << 21);
  bytes.set(initial);
  const one = {frame: 1, atUs: 0, ends, side: 0} as const;
  expect(datagrams.take({...one, bytes})).toBe(false);
  expect(datagrams.length).toBe(0);
  expect(datagrams.take({...one, bytes: initial})).toBe(true);
});
