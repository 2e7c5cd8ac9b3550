// When packets left and arrived, by hand: the capture was taken beside a, 10 ms from b, as their handshake tells.
import {describe, expect, test} from 'vitest';
import {CapturedFates} from '../../source/observe/captured-fates.ts';
import {FateColumns, Verdict} from '../../source/observe/fate-columns.ts';
import {GrowingFlights, Guess} from '../../source/observe/flights.ts';
import {ObservedConnection} from '../../source/observe/observed-connection.ts';
import {OctetStore} from '../../source/observe/octet-store.ts';
import {SYN, segmentOf} from './segments.ts';

type Place = ConstructorParameters<typeof GrowingFlights>[0][number];

const connected = () => {
  const ends = [
    {address: 'a', port: 50_000},
    {address: 'b', port: 80},
  ] as const;
  const fates = new FateColumns();
  return new ObservedConnection({id: 1, ends, frame: 1, atUs: 0, store: new OctetStore(1 << 16), fates});
};

/** Frames 1, 2, … as they are seen. */
const capture = () => {
  const places: Place[] = [];
  const columns = new FateColumns();
  const connection = connected();
  const flights = new GrowingFlights(places);
  const see = (atUs: number, from: string, to: string, more: Partial<Place> = {}) => {
    const frame = places.length + 1;
    const plain = {connection: undefined, side: 0, isIp: true, forMany: false, conversation: -1} as const;
    places.push({...plain, frame, atUs, from, to, ...more});
  };
  const segment = (atUs: number, side: 0 | 1, given: Parameters<typeof segmentOf>[0]) => {
    connection.take(side, segmentOf({frame: places.length + 1, atUs, ...given}), undefined);
    see(atUs, side === 0 ? 'a' : 'b', side === 0 ? 'b' : 'a', {connection, side, conversation: 1});
  };
  const handshake = () => {
    segment(0, 0, {seq: 99, flags: SYN});
    segment(20_000, 1, {seq: 299, ack: 100, flags: SYN});
    segment(20_010, 0, {seq: 100, ack: 300});
  };
  const look = (judged: readonly number[] = []) => flights.grow(new CapturedFates(columns, places), judged);
  const times = (packet: number) => {
    const {departUs, arriveUs, endUs, guesses} = flights.flights;
    const guessed = guesses.at(packet - 1) ?? 0;
    const names = Object.entries(Guess).flatMap(([name, bit]) => (guessed & bit ? [name] : []));
    return [...[departUs, arriveUs, endUs].map((column) => column.at(packet - 1)), ...names];
  };
  return {flights, columns, see, segment, handshake, look, times};
};

describe('by distances', () => {
  test('of its own connection, either way; half of there and back is one way', () => {
    const {flights, handshake, look, times} = capture();
    handshake();
    look();
    expect(flights.host).toBe('a');
    expect([1, 2, 3].map(times)).toEqual([
      [0, 10_000, 10_000, 'arrival'],
      [10_000, 20_000, 20_000, 'departure'],
      [20_010, 30_010, 30_010, 'arrival'],
    ]);
    expect([0, 1, 4, 5].map((slot) => flights.slotUs(slot))).toEqual([0, 10_000, 20_010, 30_010]);
    expect([flights.packetsOf(1), flights.packetsOf(2)]).toEqual([[1, 2, 3], []]);
  });

  test('others borrow those of a connection between the same hosts', () => {
    const {handshake, look, times, see} = capture();
    handshake();
    see(50_000, 'a', 'b');
    see(51_000, 'b', 'a', {side: 1});
    see(52_000, 'a', 'c');
    look();
    expect([4, 5, 6].map(times)).toEqual([
      [50_000, 60_000, 60_000, 'arrival'],
      [41_000, 51_000, 51_000, 'departure'],
      [52_000, 52_000, 52_000, 'arrival', 'untimed'],
    ]);
  });

  test('what the network says to itself, and what is meant for many, has no way', () => {
    const {handshake, look, times, see, columns} = capture();
    handshake();
    see(50_000, 'a', 'b', {isIp: false});
    see(51_000, 'b', 'a', {isIp: false});
    see(52_000, 'b', 'a', {forMany: true});
    columns.set(6, Verdict.delivered);
    look();
    expect([4, 5, 6].map(times)).toEqual([
      [50_000, 50_000, 50_000, 'arrival', 'untimed'],
      [51_000, 51_000, 51_000, 'departure', 'untimed'],
      [52_000, Number.NaN, Number.NaN, 'departure', 'untimed'],
    ]);
  });
});

describe('by what became of it', () => {
  test('what was lost died half way behind the place of capture; of what nobody knows there is no end', () => {
    const {handshake, look, times, see, columns} = capture();
    handshake();
    see(50_000, 'a', 'b');
    see(51_001, 'a', 'b');
    see(52_000, 'b', 'a', {side: 1});
    columns.set(4, Verdict.lost);
    columns.set(5, Verdict.unknown);
    columns.set(6, Verdict.presumedLost);
    look();
    expect(times(4).slice(0, 3)).toEqual([50_000, 60_000, 55_000]);
    expect(times(5).slice(0, 3)).toEqual([51_001, 61_001, Number.NaN]);
    // The capture was taken on the host that it was for: it was not lost on its way there.
    expect(times(6).slice(0, 3)).toEqual([42_000, 52_000, Number.NaN]);
  });

  test('an answer does not leave before what it answers has come: both when it can at the earliest', () => {
    const answered = (atUs: number) => {
      const {handshake, look, times, see, columns} = capture();
      handshake();
      see(50_000, 'a', 'b');
      see(atUs, 'b', 'a', {side: 1});
      columns.set(4, Verdict.delivered, 5);
      look();
      return [times(4)[1], times(4)[2], times(5)[0]];
    };
    expect(answered(70_000)).toEqual([60_000, 60_000, 60_000]);
    expect(answered(71_000)).toEqual([60_000, 60_000, 61_000]);
    expect(answered(65_000)).toEqual([55_000, 55_000, 55_000]);
    expect(answered(55_000)).toEqual([50_000, 50_000, 50_000]);
  });
});

describe('growing', () => {
  test('what is new is told from its earliest time on; what was there is as it was', () => {
    const {handshake, look, see} = capture();
    handshake();
    expect(look()).toEqual({packets: new Set(), sinceUs: 0});
    expect(look()).toEqual({packets: new Set(), sinceUs: Number.POSITIVE_INFINITY});
    see(80_000, 'b', 'a', {side: 1});
    expect(look()).toEqual({packets: new Set(), sinceUs: 70_000});
  });

  test('a distance that is known now moves packets of before, those that borrow, too', () => {
    const {handshake, look, see, times} = capture();
    see(0, 'a', 'b');
    see(100, 'c', 'd');
    look();
    expect(times(1)).toEqual([0, 0, 0, 'arrival', 'untimed']);
    handshake();
    const {packets, sinceUs} = look();
    expect([[...packets], sinceUs]).toEqual([[1], 0]);
    expect(times(1)).toEqual([0, 10_000, 10_000, 'arrival']);
    expect(times(2)).toEqual([100, 100, 100, 'arrival', 'untimed']);
  });

  test('what is lost by now ends elsewhere; what is answered by now may have come earlier', () => {
    const {handshake, look, see, times, columns} = capture();
    handshake();
    see(50_000, 'a', 'b');
    see(51_000, 'a', 'b');
    look();
    columns.set(4, Verdict.lost);
    expect(look([4])).toEqual({packets: new Set([4]), sinceUs: 50_000});
    expect(times(4)[2]).toBe(55_000);
    expect(look([4])).toEqual({packets: new Set(), sinceUs: Number.POSITIVE_INFINITY});
    see(65_000, 'b', 'a', {side: 1});
    columns.set(5, Verdict.delivered, 6);
    const {packets, sinceUs} = look([5]);
    expect([[...packets], sinceUs]).toEqual([[5], 51_000]);
    expect([times(5)[1], times(6)[0]]).toEqual([55_000, 55_000]);
  });

  test('an answer of before that is another one by now: all of the conversation is worked out again', () => {
    const {handshake, look, see, times, columns} = capture();
    handshake();
    see(50_000, 'a', 'b');
    see(65_000, 'b', 'a', {side: 1});
    see(72_000, 'b', 'a', {side: 1});
    columns.set(4, Verdict.delivered, 5);
    look();
    expect([times(4)[1], times(5)[0]]).toEqual([55_000, 55_000]);
    columns.set(4, Verdict.delivered, 6);
    const {packets} = look([4]);
    expect([...packets]).toEqual([4]);
    expect([times(4)[1], times(5)[0], times(6)[0]]).toEqual([60_000, 55_000, 62_000]);
  });
});
