// The order of a capture's events, by hand: when a packet leaves and when it ends, and the changes of state that come with that.
// A capture that grows has the order that it has if it is read at once.
import {describe, expect, test} from 'vitest';
import {type CaptureTimeline, type Change, GrowingTimeline} from '../../source/observe/capture-timeline.ts';

/** When each leaves and ends; NaN: nothing is told of its end. */
type Times = (readonly [leavesUs: number, endsUs: number])[];

const timelineOf = (times: Times) =>
  new GrowingTimeline((slot) => times[slot >> 1]?.[slot % 2 === 0 ? 0 : 1] ?? Number.NaN);

const change = (
  packet: number,
  arrives: boolean,
  from: Change['from'],
  to: Change['to'],
  end = 2,
): Change => ({
  ...{packet, arrives, from, to, end, connection: 1},
});

/** `1`: packet 1 leaves, `1'`: it ends; a change stands behind its event. */
const told = (timeline: CaptureTimeline): readonly string[] =>
  Array.from({length: timeline.length}, (_, at) => {
    const {packet, arrives, event, change: changed} = timeline.at(at + 1);
    const way = `${packet}${arrives ? "'" : ''}`;
    expect(arrives ? timeline.arriving(packet) : timeline.leaving(packet)).toBe(event);
    expect(event).toBe(changed ? at : at + 1);
    return changed ? `${way} ${changed.from}-${changed.to}` : way;
  });

const none: ReadonlySet<number> = new Set();
const all = (times: Times, changes: readonly Change[] = []) => ({
  ...{
    packets: times.length,
    moved: none,
    sinceUs: Number.NEGATIVE_INFINITY,
    changes: new Map([[1, changes]]),
  },
});

const orderOf = (times: Times, changes: readonly Change[] = []): readonly string[] => {
  const growing = timelineOf(times);
  growing.grow(all(times, changes));
  return told(growing.timeline);
};

describe('at once', () => {
  test('by time; at the same time by packet, and a packet leaves before it ends', () => {
    expect(
      orderOf([
        [10, 30],
        [20, 20],
        [0, 20],
        [20, 20],
      ]),
    ).toEqual(['3', '1', '2', "2'", "3'", '4', "4'", "1'"]);
  });

  test('what ends nowhere has no event there', () => {
    const times: Times = [
      [0, Number.NaN],
      [1, 2],
    ];
    expect(orderOf(times)).toEqual(['1', '2', "2'"]);
    const growing = timelineOf(times);
    growing.grow(all(times));
    expect([growing.timeline.arriving(1), growing.timeline.arriving(2)]).toEqual([undefined, 3]);
  });

  test('there is no event 0, nor one behind the last', () => {
    const growing = timelineOf([[0, 1]]);
    growing.grow(all([[0, 1]]));
    expect(growing.timeline.length).toBe(2);
    for (const n of [0, 3]) expect(() => growing.timeline.at(n)).toThrow(`no event ${n}: there are 2`);
  });
});

describe('changes of state', () => {
  const crossing: Times = [
    [0, 50],
    [10, 40],
  ];

  test('come behind what shows them', () => {
    const changes = [change(1, false, 'CLOSED', 'SYN-SENT'), change(1, true, 'LISTEN', 'SYN-RECEIVED', 3)];
    expect(orderOf(crossing, changes)).toEqual([
      ...['1', '1 CLOSED-SYN-SENT', '2', "2'", "1'", "1' LISTEN-SYN-RECEIVED"],
    ]);
  });

  test('of one end stay in their order: what shows before an earlier one shows with that', () => {
    const changes = [change(1, true, 'CLOSED', 'LISTEN'), change(2, true, 'LISTEN', 'SYN-RECEIVED')];
    expect(orderOf(crossing, changes)).toEqual(['1', '2', "2'", "1'", "1' CLOSED-SYN-RECEIVED"]);
    // Of two ends each has its own.
    const two = [change(1, true, 'CLOSED', 'LISTEN'), change(2, true, 'LISTEN', 'SYN-RECEIVED', 3)];
    expect(orderOf(crossing, two)).toEqual([
      ...['1', '2', "2'", "2' LISTEN-SYN-RECEIVED", "1'", "1' CLOSED-LISTEN"],
    ]);
  });

  test('and back again are none', () => {
    const changes = [change(1, true, 'CLOSED', 'LISTEN'), change(2, true, 'LISTEN', 'CLOSED')];
    expect(orderOf(crossing, changes)).toEqual(['1', '2', "2'", "1'"]);
  });

  test('at one time by packet', () => {
    const changes = [change(1, true, 'CLOSED', 'LISTEN'), change(2, true, 'LISTEN', 'SYN-RECEIVED')];
    const same: Times = [
      [0, 40],
      [10, 40],
    ];
    expect(orderOf(same, changes)).toEqual([
      ...['1', '2', "1'", "1' CLOSED-LISTEN", "2'", "2' LISTEN-SYN-RECEIVED"],
    ]);
    expect(orderOf(same, changes.toReversed())).toEqual(['1', '2', "1'", "2'"]);
  });
});

describe('growing', () => {
  const look = (
    growing: GrowingTimeline,
    packets: number,
    more: Partial<Parameters<GrowingTimeline['grow']>[0]> = {},
  ) => growing.grow({packets, moved: none, sinceUs: Number.POSITIVE_INFINITY, changes: new Map(), ...more});

  test('new packets come behind what was before them; so many events are as they were', () => {
    const times: Times = [
      [0, 50],
      [10, 20],
    ];
    const growing = timelineOf(times);
    expect(look(growing, 2)).toBe(0);
    const before = growing.timeline;
    times.push([30, 60]);
    expect(look(growing, 3, {sinceUs: 30})).toBe(3);
    expect(told(growing.timeline)).toEqual(['1', '2', "2'", '3', "1'", "3'"]);
    expect(told(before)).toEqual(['1', '2', "2'", "1'"]);
    times.push([60, 61]);
    // At the same time as what has been: that may change its place.
    expect(look(growing, 4, {sinceUs: 60})).toBe(5);
    expect(told(growing.timeline)).toEqual(['1', '2', "2'", '3', "1'", "3'", '4', "4'"]);
  });

  test('packets of before that happen at another time', () => {
    const times: Times = [
      [0, 50],
      [10, 20],
    ];
    const growing = timelineOf(times);
    look(growing, 2);
    times[0] = [15, Number.NaN];
    expect(look(growing, 2, {moved: new Set([1]), sinceUs: 0})).toBe(0);
    expect(told(growing.timeline)).toEqual(['2', '1', "2'"]);
    expect(growing.timeline.arriving(1)).toBeUndefined();
  });

  test('changes that are otherwise by now count from the earliest on', () => {
    const times: Times = [
      [0, 1],
      [10, 11],
      [20, 21],
    ];
    const growing = timelineOf(times);
    const first = change(1, false, 'CLOSED', 'SYN-SENT');
    const second = change(2, false, 'SYN-SENT', 'ESTABLISHED');
    look(growing, 3, {changes: new Map([[1, [first, second]]])});
    const third = change(3, false, 'ESTABLISHED', 'FIN-WAIT-1');
    expect(look(growing, 3, {changes: new Map([[1, [first, second, third]]])})).toBe(6);
    expect(told(growing.timeline).slice(6)).toEqual(['3', '3 ESTABLISHED-FIN-WAIT-1', "3'"]);
    const other = {...second, to: 'CLOSED'} as const;
    expect(look(growing, 3, {changes: new Map([[1, [first, other]]])})).toBe(3);
    expect(told(growing.timeline)).toEqual([
      '1',
      '1 CLOSED-SYN-SENT',
      "1'",
      '2',
      '2 SYN-SENT-CLOSED',
      "2'",
      '3',
      "3'",
    ]);
    expect(look(growing, 3, {changes: new Map([[1, [first, {...other, from: 'LISTEN'}]]])})).toBe(3);
    expect(look(growing, 3, {changes: new Map([[1, []]])})).toBe(0);
    expect(told(growing.timeline)).toEqual(['1', "1'", '2', "2'", '3', "3'"]);
    expect(look(growing, 3, {changes: new Map([[1, []]])})).toBe(6);
  });

  test('packet by packet it becomes what it is at once', () => {
    // Leaving and ending by a rule that mixes them well: 7 and 11 have nothing in common with 16.
    const times: Times = Array.from({length: 16}, (_, at) => [(7 * at) % 16, ((11 * at) % 16) + 8]);
    const own = (upTo: number) =>
      [
        change(1, false, 'CLOSED', 'SYN-SENT'),
        change(5, true, 'SYN-SENT', 'ESTABLISHED'),
        change(9, false, 'ESTABLISHED', 'FIN-WAIT-1'),
        change(13, true, 'FIN-WAIT-1', 'FIN-WAIT-2'),
      ].filter(({packet}) => packet <= upTo);
    const growing = timelineOf(times);
    for (let packets = 1; packets <= 16; packets += 1) {
      const sinceUs = Math.min(...(times[packets - 1] ?? []));
      look(growing, packets, {sinceUs, changes: new Map([[1, own(packets)]])});
      expect(told(growing.timeline)).toEqual(orderOf(times.slice(0, packets), own(packets)));
    }
  });
});
