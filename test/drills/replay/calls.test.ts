// The calls of two programs, and what the path did, as the segments tell. Oracle: RFC 9293 §3.5.2, §3.6, §3.8.6 and §3.9.1, RFC 2525 §2.17,
// for connections that are written down.
import {describe, expect, test} from 'vitest';
import {acknowledgingOf} from '../../../source/drills/replay/acknowledging.ts';
import {callsOf, programOf} from '../../../source/drills/replay/calls.ts';
import {pathFaults} from '../../../source/drills/replay/faults.ts';
import type {Side} from '../../../source/drills/replay/seen.ts';
import {formatFault} from '../../../source/sim/fault-text.ts';
import type {Cause} from '../../../source/sim/scenario.ts';
import {connection, lookAt, seenFrom} from './segments.ts';

const opening = ['0 c S 0:1 win 1000', '20 s SA 0:1 ack 1 win 1000', '20 c A 1 ack 1 win 1000'];

const whenText = ({when}: Cause): string => {
  if (when.kind === 'at') return `${when.atUs / 1000}`;
  const bytes = when.bytes === undefined ? '' : ` ${when.bytes}`;
  return `${when.event}${bytes} + ${(when.afterUs ?? 0) / 1000}`;
};

const actionText = ({action}: Cause): string => {
  if (action.call === 'send') {
    const octets = action.octets === undefined ? ' unknown' : '';
    return `send ${action.bytes}${octets}${action.more ? ' more' : ''}`;
  }
  return action.call === 'receive' ? `receive ${action.bytes}` : action.call;
};

/** Seen at the client, 10 ms from the server; without the opening. */
const called = (side: Side, ...lines: readonly string[]): readonly string[] => {
  const look = lookAt(connection(...opening, ...lines), seenFrom(0, 10));
  return callsOf(programOf(look, side, side === 0 ? 'client' : 'server'), 100).map(
    (cause) => `${cause.host}: ${whenText(cause)}: ${actionText(cause)}`,
  );
};

describe('sends', () => {
  test('as long after the newest thing that the program heard of', () => {
    const lines = ['50 c PA 1:11 ack 1', '75 s PA 1:21 ack 11', '80 c PA 11:16 ack 21'];
    expect(called(0, ...lines)).toEqual([
      'client: connected + 30: send 10',
      'client: received 20 + 5: send 5',
    ]);
    expect(called(1, ...lines)).toEqual(['server: received 10 + 5: send 20']);
  });
  test('what it does not acknowledge had not come yet', () => {
    expect(called(0, '50 s PA 1:21 ack 1', '51 c PA 1:11 ack 1', '60 c A 11 ack 21')).toEqual([
      'client: connected + 29.999: send 10',
    ]);
  });
  test('before anything has come: at an instant', () => {
    const look = lookAt(connection('0 c S 0:11', '20 s SA 0:1 ack 11'), seenFrom(0, 10));
    const [send] = callsOf(programOf(look, 0, 'client'), 100);
    expect(send?.when).toEqual({kind: 'at', atUs: 0});
  });
  test('octets that the capture has are said', () => {
    const look = lookAt(connection(...opening, '50 c PA 1:4 ack 1'), seenFrom(0, 10));
    const [send] = callsOf(programOf(look, 0, 'client'), 100);
    // 01 02 03 in base64url.
    expect(send?.action).toEqual({call: 'send', bytes: 3, octets: 'AQID'});
  });
  test('more was written than ever left, where a closed window is probed', () => {
    const closed = ['50 c PA 1:11 ack 1', '70 s A 1 ack 11 win 0'];
    const send = (...lines: readonly string[]) =>
      called(0, ...closed, ...lines).find((line) => line.includes('send'));
    expect(send('400 c A 10 ack 1')).toBe('client: connected + 30: send 110 unknown');
    expect(send('400 c A 10:11 ack 1')).toBe('client: connected + 30: send 110 unknown');
    // It asked before the window was said to be closed once more.
    expect(send('400 c A 10 ack 1', '420 s A 1 ack 11 win 0')).toBe(
      'client: connected + 30: send 110 unknown',
    );
    for (const other of ['400 c A 11 ack 1', '400 c PA 10:12 ack 1', '400 s A 10 ack 11 win 0'])
      expect(send(other)).toBe('client: connected + 30: send 10');
    expect(called(0, '50 c PA 1:11 ack 1', '70 s A 1 ack 11 win 5', '400 c A 10 ack 1')).toEqual([
      'client: connected + 30: send 10',
    ]);
  });
});

describe('endings', () => {
  test('a FIN is a close; where data come behind it, a shutdown', () => {
    expect(called(0, '50 c FA 1:2 ack 1', '70 s A 1 ack 2')).toEqual(['client: connected + 30: close']);
    expect(called(0, '50 c FA 1:2 ack 1', '80 s PA 1:11 ack 2')).toEqual([
      'client: connected + 30: shutdown',
    ]);
    expect(called(0, '50 c FA 1:2 ack 1', '80 s PA 1:11 ack 2', '80 c R 2')).toEqual([
      'client: connected + 30: close',
    ]);
    expect(called(0, '40 s PA 1:11 ack 1', '50 c FA 1:2 ack 11', '70 s A 11 ack 2')).toEqual([
      'client: received 10 + 10: close',
    ]);
  });
  test('a FIN that leaves with data was asked for when they were written', () => {
    expect(called(0, '50 c PFA 1:12 ack 1', '70 s A 1 ack 12')).toEqual([
      'client: connected + 30: send 10 more',
      'client: connected + 30: close',
    ]);
  });
  test('a reset is an abort; with data that nobody has read, a close (RFC 2525 §2.17)', () => {
    expect(called(0, '50 c RA 1 ack 1')).toEqual(['client: connected + 30: abort']);
    expect(called(0, '40 s PA 1:901 ack 1', '41 c A 1 ack 901 win 100', '50 c RA 1 ack 901')).toEqual([
      'client: connected + 30: close',
    ]);
  });
  test('a reset to what nobody knows any more: gone and back (RFC 9293 §3.5.2)', () => {
    expect(called(1, '50 c PA 1:11 ack 1', '70 s R 1')).toEqual([
      'server: 10.001: crash',
      'server: 59.999: reboot',
    ]);
    // With another number it is no answer.
    expect(called(1, '50 c PA 1:11 ack 1', '70 s R 7')).toEqual(['server: received 10 + 0: abort']);
  });
  test('questions in vain: that end is gone, and who asked gives up by itself', () => {
    const asked = [
      '50 c PA 1:11 ack 1',
      '70 s A 1 ack 11',
      '1070 c A 10 ack 1',
      '2070 c A 10 ack 1',
      '3070 c RA 11 ack 1',
    ];
    expect(called(1, ...asked)).toEqual(['server: 60.001: crash']);
    expect(called(0, ...asked)).toEqual(['client: connected + 30: send 10']);
    expect(called(1, ...asked.slice(0, 3))).toEqual([]);
  });
});

test('a program that reads late reads where its window moves', () => {
  const lines = [
    ...['50 c PA 1:601 ack 1', '70 s A 1 ack 601 win 400', '170 s A 1 ack 601 win 700'],
    '175 s PA 1:11 ack 601 win 1000',
  ];
  expect(called(1, ...lines)).toEqual([
    'server: accepted + 130: receive 300',
    'server: accepted + 135: receive 300',
    'server: accepted + 135: send 10',
  ]);
});

describe('what the path did, as faults', () => {
  const faults = (...lines: readonly string[]): readonly string[] => {
    const look = lookAt(connection(...lines), seenFrom(0, 10));
    return pathFaults(look.seen, look.fates, {vantage: look.vantage, timed: false}).map(
      ({fault, seen}) => `${formatFault(fault)}${seen ? '' : ' unseen'}`,
    );
  };
  // The client's numbers begin at 1000, the server's at 5000.
  test.each([
    [
      ['0 c PA 1:101 ack 1', '200 c PA 1:101 ack 1', '220 s A 1 ack 101'],
      ['drop@from=client,seq=1001,nth=1'],
    ],
    [
      ['0 c PA 1:101 ack 1', '200 c PA 1:101 ack 1', '600 c PA 1:101 ack 1', '620 s A 1 ack 101'],
      ['drop@from=client,seq=1001,nth=1', 'drop@from=client,seq=1001,nth=2'],
    ],
    [
      [
        ...['0 c S 0:1', '20 s SA 0:1 ack 1', '20 c A 1 ack 1'],
        ...['30 c PA 1:101 ack 1', '50 s A 1 ack 101', '230 c PA 1:101 ack 1', '250 s A 1 ack 101'],
      ],
      ['drop@from=server,ack=1101,nth=1'],
    ],
    [
      ['0 s PA 1:101 ack 1', '1 s PA 201:301 ack 1', '90 s PA 101:201 ack 1', '90 c A 1 ack 301'],
      ['drop@from=server,seq=5101,nth=1 unseen'],
    ],
    [
      ['50 c PA 1:101 ack 1 id 7', '52 c PA 1:101 ack 1 id 7', '70 s A 1 ack 101'],
      ['dup=2ms@from=client,seq=1001,nth=1'],
    ],
    [['0 c PA 1:101 ack 1', '70 s A 1 ack 101'], []],
  ])('%j', (lines, expected) => expect(faults(...lines)).toEqual(expected));
});

describe('when a receiver acknowledged', () => {
  const acknowledged = (...lines: readonly string[]) =>
    acknowledgingOf(lookAt(connection(...opening, ...lines), seenFrom(0, 10)), 1);
  test('each segment, or two of them; how long it waited from the last', () => {
    expect(
      acknowledged(
        ...['50 c PA 1:101 ack 1', '70 s A 1 ack 101', '80 c PA 101:201 ack 1', '81 c PA 201:301 ack 1'],
        ...['101 s A 1 ack 301', '150 c PA 301:401 ack 1', '210 s A 1 ack 401'],
      ),
    ).toEqual({
      points: [
        {octets: 100, waitUs: 0},
        {octets: 300, waitUs: 0},
        {octets: 400, waitUs: 40_000},
      ],
      longestUs: 50_000,
    });
  });
  test('no timer is as short as 35 ms: the path took it, or a busy machine', () => {
    const waited = (ms: number) =>
      acknowledged('50 c PA 1:101 ack 1', `${70 + ms} s A 1 ack 101`).points[0]?.waitUs;
    expect([waited(34.999), waited(35)]).toEqual([0, 35_000]);
  });
  test('it left before anything came that it does not speak for', () => {
    const {points} = acknowledged(
      ...['50 c PA 1:101 ack 1', '60 c PA 101:201 ack 1', '150 s A 1 ack 101', '151 s A 1 ack 201'],
    );
    expect(points[0]).toEqual({octets: 100, waitUs: 0});
  });
  test('no bound below 40 ms or three ways, none above 500 ms (RFC 9293 §3.8.6.3)', () => {
    expect(acknowledged('50 c PA 1:101 ack 1', '70 s A 1 ack 101').longestUs).toBe(40_000);
    expect(acknowledged('50 c PA 1:101 ack 1', '970 s A 1 ack 101').longestUs).toBe(500_000);
    const far = lookAt(connection(...opening), seenFrom(0, 20));
    expect(acknowledgingOf(far, 1)).toEqual({points: [], longestUs: 60_000});
  });
  test('what came beyond a gap is told at once, and again with each copy of it (RFC 9293 §3.8.6.3, RFC 2018 §4)', () => {
    const told = (...sacks: readonly string[]) =>
      acknowledged(
        ...['50 c PA 1:101 ack 1', '70 s A 1 ack 101', '80 c PA 201:301 ack 1', '81 c PA 201:301 ack 1'],
        ...['82 c PA 301:401 ack 1', ...sacks],
      ).points.slice(1);
    const twice = ['100 s A 1 ack 101 sack 201-301', '101 s A 1 ack 101 sack 201-301'];
    expect(told(...twice, '102 s A 1 ack 101 sack 201-401')).toEqual([
      {octets: 100, waitUs: 0, sacked: [201, 301]},
      {octets: 100, waitUs: 0, sacked: [201, 301]},
      {octets: 100, waitUs: 0, sacked: [201, 401]},
    ]);
    // An ACK that says nothing of it answers nothing.
    expect(told('100 s A 1 ack 101')).toEqual([]);
  });
  test('data carry it, a reset or a repetition is none', () => {
    expect(
      acknowledged('50 c PA 1:101 ack 1', '70 s PA 1:11 ack 101', '71 s A 11 ack 101', '72 s RA 11 ack 150')
        .points,
    ).toEqual([]);
  });
});
