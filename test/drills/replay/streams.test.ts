// What each program saw and did. Oracle: the connections as written down, at clocks moved by their distance.
import {describe, expect, test} from 'vitest';
import {chunksOf, happeningsOf, landedUs, leaving, mayCause} from '../../../source/drills/replay/streams.ts';
import {arrivalsOf, octetsOf, windowOf, writesOf} from '../../../source/drills/replay/writes.ts';
import {connection, lookAt, seenFrom} from './segments.ts';

const between = seenFrom(4, 6);

test('a segment that passed between two ends: 4 ms to the client, 6 to the server; time begins as the client calls', () => {
  const [call, answer] = connection('0 c S 0:1', '12 s SA 0:1 ack 1').segments;
  if (!call || !answer) throw new Error('no segments');
  expect(leaving(between, call)).toEqual({packet: 1, atUs: 0, ack: undefined});
  expect(landedUs(between, call)).toBe(10_000);
  expect(leaving(between, answer)).toEqual({packet: 2, atUs: 10_000, ack: 1});
  expect(landedUs(between, answer)).toBe(20_000);
});

test.each([
  ['it came just then', 1, 2, 0, true],
  ['three tenths less', 1, 2, -1860, true],
  ['it left before', 1, 2, -1861, false],
  ['it passed behind', 2, 1, 100, false],
  ['it is the same', 2, 2, 100, false],
])('what may bring something about: %s', (_, came, left, atUs, may) => {
  const occasions = {came: {packet: came, atUs: 0}, left: {packet: left, atUs}};
  expect(mayCause(between, 1, occasions)).toBe(may);
});

describe('what a program hears', () => {
  const heard = (side: 0 | 1, ...lines: readonly string[]): readonly string[] =>
    happeningsOf(lookAt(connection(...lines), seenFrom(0, 10)), side).map(
      (each) => `${each.atUs / 1000} ${each.event}${each.event === 'received' ? ` ${each.bytes}` : ''}`,
    );
  const whole = [
    '0 c S 0:1',
    '20 s SA 0:1 ack 1',
    '20 c A 1 ack 1',
    '21 c PA 1:101 ack 1',
    '22 c PA 201:301 ack 1',
    '41 s A 1 ack 101',
    '42 c PA 101:201 ack 1',
    '50 c FA 301:302 ack 1',
    '70 s FA 1:2 ack 302',
  ];
  test('data in order, what stood behind a gap with what fills it, the end once all is there', () => {
    expect(heard(1, ...whole)).toEqual(['30 accepted', '31 received 100', '52 received 300', '60 eof']);
    expect(heard(0, ...whole)).toEqual(['20 connected', '70 eof']);
  });
  test('a FIN behind a gap, and octets that came before', () => {
    const lines = [
      '0 c PA 1:101 ack 1',
      '1 c PFA 201:302 ack 1',
      '2 c PA 101:151 ack 1',
      '3 c PA 51:201 ack 1',
      '4 c PA 151:201 ack 1',
      '30 s A 1 ack 302',
    ];
    expect(heard(1, ...lines)).toEqual([
      ...['10 accepted', '10 received 100', '12 received 150', '13 received 300', '13 eof'],
    ]);
  });
  test('a lost segment and a reset are not heard; data in a SYN are', () => {
    expect(heard(1, '0 c PA 1:101 ack 1', '300 c PA 1:101 ack 1', '310 c RA 101 ack 1')).toEqual([]);
    expect(heard(1, '0 c S 0:11', '20 s SA 0:1 ack 11')).toEqual(['10 received 10']);
    expect(heard(1, '0 c A 1')).toEqual([]);
  });
});

describe('what left for the first time', () => {
  const left = (...lines: readonly string[]): readonly string[] =>
    chunksOf(lookAt(connection(...lines), seenFrom(0, 10)), 0).map(
      ({start, end, fin, atUs, packet}) => `${atUs / 1000} #${packet} ${start}:${end}${fin ? ' fin' : ''}`,
    );
  test('each octet once, in the order of the stream', () => {
    expect(
      left(
        ...['0 c PA 1:101 ack 1', '0 s PA 1:50 ack 1', '1 c PA 101:201 ack 1', '50 c PA 1:301 ack 1'],
        ...['51 c PA 101:201 ack 1', '60 c PFA 301:351 ack 1', '61 c A 351 ack 1', '80 s A 50 ack 351'],
      ),
    ).toEqual(['0 #1 1:101', '1 #3 101:201', '50 #4 201:301', '60 #6 301:350 fin']);
  });
  test('what was lost before the capture left no later than what stands behind it', () => {
    expect(
      left('0 c PA 1:101 ack 1', '1 c PA 201:301 ack 5', '90 c PA 101:201 ack 9', '110 s A 1 ack 301'),
    ).toEqual(['0 #1 1:101', '1 #2 101:201', '1 #2 201:301']);
  });
  test('of what fills a hole and goes on behind it, only what is new', () => {
    expect(
      left('0 c PA 1:101 ack 1', '1 c PA 201:301 ack 1', '90 c PFA 51:402 ack 1', '110 s A 1 ack 402'),
    ).toEqual(['0 #1 1:101', '1 #2 101:201', '1 #2 201:301', '90 #3 301:401 fin']);
  });
  test('neither copies nor resets; data in a SYN begin behind it', () => {
    expect(
      left('0 c S 0:11', '20 s SA 0:1 ack 11', '21 c PA 11:21 ack 1 id 3', '22 c PA 11:21 ack 1 id 3'),
    ).toEqual(['0 #1 1:11', '21 #3 11:21']);
    expect(left('0 c PRA 1:11 ack 1')).toEqual([]);
  });
});

describe('windows', () => {
  const opened = (client: string, server: string) =>
    connection(`0 c S 0:1 win 900 ${client}`, `20 s SA 0:1 ack 1 win 800 ${server}`, '20 c A 1 ack 1 win 3');
  test.each([
    ['both scale', 'ws 7', 'ws 2', 3 << 7],
    ['at most by 14 (RFC 7323 §2.3)', 'ws 15', 'ws 2', 3 << 14],
    ['other end scales not', 'ws 7', 'mss 1460', 3],
    ['this end scales not', 'mss 1460', 'ws 2', 3],
  ])('%s', (_, client, server, last) => {
    const seen = opened(client, server);
    expect(seen.segments.map((segment) => windowOf(seen, segment))).toEqual([900, 800, last]);
  });
});

describe('what a program gave at once', () => {
  const opening = ['0 c S 0:1 ws 2', '20 s SA 0:1 ack 1 win 1000 ws 3', '20 c A 1 ack 1'];
  const written = (...lines: readonly string[]): readonly string[] =>
    writesOf(lookAt(connection(...opening, ...lines), seenFrom(0, 10)), 0, 100).map(
      ({start, end, fin}) => `${start}:${end}${fin ? ' fin' : ''}`,
    );
  test('full segments one after the other, and the rest', () => {
    expect(written('30 c A 1:101 ack 1', '30 c A 101:201 ack 1', '30 c PA 201:250 ack 1')).toEqual(['1:250']);
  });
  test('behind a short segment another begins', () => {
    expect(written('30 c PA 1:100 ack 1', '30 c PA 100:200 ack 1')).toEqual(['1:100', '100:200']);
  });
  test('a quarter of the way later it is another', () => {
    expect(written('30 c A 1:101 ack 1', '32.5 c A 101:201 ack 1')).toEqual(['1:201']);
    expect(written('30 c A 1:101 ack 1', '32.501 c A 101:201 ack 1')).toEqual(['1:101', '101:201']);
  });
  test('an acknowledgement lets it go on', () => {
    const later = (ackMs: number): readonly string[] =>
      written('30 c A 1:101 ack 1', `${ackMs} s A 1 ack 101 win 100`, '60 c A 101:201 ack 1');
    expect(later(57.501)).toEqual(['1:201']);
    expect(later(57.5)).toEqual(['1:101', '101:201']);
  });
  test('what leaves at the edge of the window was held back: 1000 from 1 on, then 13 × 8 from 901 on', () => {
    expect(written('30 c PA 1:901 ack 1', '90 c PA 901:950 ack 1')).toEqual(['1:901', '901:950']);
    expect(written('30 c PA 1:902 ack 1', '90 c PA 902:950 ack 1')).toEqual(['1:950']);
    const scaled = (win: number): readonly string[] =>
      written(
        '30 c PA 1:895 ack 1',
        `50 s A 1 ack 895 win ${win}`,
        '51 c PA 895:950 ack 1',
        '90 c PA 950:999 ack 1',
      );
    // 894 + 8 × 19 = 1047 and 1055 as edges.
    expect(scaled(19)).toEqual(['1:895', '895:999']);
    expect(scaled(20)).toEqual(['1:895', '895:950', '950:999']);
  });
  test('what comes later let nothing go, and was no window yet', () => {
    expect(written('30 c A 1:101 ack 1', '60 c A 101:201 ack 1', '61 s A 1 ack 101')).toEqual([
      '1:101',
      '101:201',
    ]);
    const later = ['30 c PA 1:902 ack 1', '50 s A 1 ack 902 win 1000', '90 c PA 902:950 ack 1'];
    expect(written(...later)).toEqual(['1:950']);
  });
  test('behind a FIN nothing goes on', () => {
    expect(written('30 c PFA 1:902 ack 1')).toEqual(['1:901 fin']);
  });
});

test('octets of a write, of whatever segments have them', () => {
  const seen = connection('0 c PA 1:11', '1 c PA 6:21', '2 s PA 1:90', '3 c PA 31:41', '4 c S 0:3');
  const octets = (start: number, end: number): readonly number[] | undefined => {
    const found = octetsOf(seen, 0, {packet: 1, atUs: 0, start, end, fin: false});
    return found && [...found];
  };
  expect(octets(9, 14)).toEqual([9, 10, 11, 12, 13]);
  expect(octets(1, 21)).toEqual(Array.from({length: 20}, (_, n) => n + 1));
  expect(octets(31, 41)).toEqual([31, 32, 33, 34, 35, 36, 37, 38, 39, 40]);
  for (const [start, end] of [
    [20, 22],
    [25, 32],
    [40, 42],
  ] as const)
    expect(octets(start, end)).toBeUndefined();
});

test('what came to an end', () => {
  const look = lookAt(
    connection('0 c PA 1:11 ack 1', '300 c PA 1:11 ack 1', '320 s A 1 ack 11'),
    seenFrom(0, 10),
  );
  expect(arrivalsOf(look, 1).map(({packet}) => packet)).toEqual([2]);
  expect(arrivalsOf(look, 0).map(({packet}) => packet)).toEqual([3]);
});
