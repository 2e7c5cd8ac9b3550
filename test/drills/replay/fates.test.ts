// What a path must have done. Oracle: what senders may do (RFC 9293 §3.8, RFC 6298), and what SACK and D-SACK say (RFC 2018 §3,
// RFC 2883 §4): connections written down whose fate somebody who reads them can tell.
import {describe, expect, test} from 'vitest';
import {type Fate, fateOf, fatesOf, reached} from '../../../source/drills/replay/fates.ts';
import {connection, seenFrom} from './segments.ts';

const told = (fate: Fate): string => {
  if (fate.kind === 'late') return `late ${fate.byUs}`;
  return fate.kind === 'copy' ? `copy of ${fate.of} after ${fate.afterUs}` : fate.kind;
};

type Case = {
  readonly lines: readonly string[];
  /** ms to the client, and to the server. */
  readonly from?: readonly [number, number];
  /** Of those that did not simply arrive. */
  readonly fates?: {readonly [packet: number]: string};
  readonly missing?: readonly string[];
};

const check = ({lines, from: [near, far] = [0, 10], fates = {}, missing = []}: Case): void => {
  const seen = connection(...lines);
  const found = fatesOf(seen, seenFrom(near, far));
  const unusual = seen.segments.flatMap((segment) => {
    const fate = fateOf(found, segment);
    expect(reached(found, segment)).toBe(fate.kind !== 'lost');
    return fate.kind === 'arrived' ? [] : [[segment.packet, told(fate)]];
  });
  expect(Object.fromEntries(unusual)).toEqual(fates);
  expect(
    found.missing.map(({side, seq, end, beforePacket}) => `${side} ${seq}:${end} before ${beforePacket}`),
  ).toEqual(missing);
};

const openedAtServer = ['10 c S 0:1', '10 s SA 0:1 ack 1', '30 c A 1 ack 1'];
const openedAtClient = ['0 c S 0:1', '20 s SA 0:1 ack 1', '20 c A 1 ack 1'];

describe('sent again', () => {
  test.each<[string, Case]>([
    [
      'first unanswered: lost',
      {lines: ['0 c PA 1:101 ack 1', '200 c PA 1:101 ack 1', '220 s A 1 ack 101'], fates: {1: 'lost'}},
    ],
    [
      'again with more',
      {lines: ['0 c PA 1:101 ack 1', '200 c PA 1:201 ack 1', '220 s A 1 ack 201'], fates: {1: 'lost'}},
    ],
    ['a part again', {lines: ['0 c PA 1:201 ack 1', '200 c PA 1:101 ack 1', '220 s A 1 ack 201']}],
    [
      'less acknowledged',
      {
        lines: ['0 c PA 1:101 ack 1', '20 s A 1 ack 100', '200 c PA 1:101 ack 1', '220 s A 1 ack 101'],
        fates: {1: 'lost'},
      },
    ],
    [
      'timely acknowledgement lost',
      {
        lines: [
          ...openedAtServer,
          ...['40 c PA 1:101 ack 1', '40 s A 1 ack 101', '61.001 c PA 1:101 ack 1', '62 s A 1 ack 101'],
        ],
        from: [10, 0],
        fates: {5: 'lost'},
      },
    ],
    [
      'a crossing acknowledgement came',
      {
        lines: [
          ...openedAtServer,
          ...['40 c PA 1:101 ack 1', '40 s A 1 ack 101', '61 c PA 1:101 ack 1', '62 s A 1 ack 101'],
        ],
        from: [10, 0],
      },
    ],
    [
      'crossing, at its sender',
      {
        lines: [
          ...openedAtClient,
          ...['30 c PA 1:101 ack 1', '50 s A 1 ack 101', '51.001 c PA 1:101 ack 1', '71 s A 1 ack 101'],
        ],
        fates: {5: 'lost'},
      },
    ],
    [
      'not the SACKed one',
      {
        lines: [
          '0 c PA 1:101 ack 1',
          '1 c PA 101:201 ack 1',
          '20 s A 1 ack 1 sack 101-201',
          '200 c PA 101:201 ack 1',
          '220 s A 1 ack 201',
        ],
        fates: {1: 'late 200000'},
      },
    ],
    [
      'SACK of a part',
      {
        lines: [
          '0 c PA 1:101 ack 1',
          '20 s A 1 ack 1 sack 50-101',
          '200 c PA 1:101 ack 1',
          '220 s A 1 ack 101',
        ],
        fates: {1: 'lost'},
      },
    ],
    [
      'D-SACK below: both came',
      {lines: ['0 c PA 1:101 ack 1', '200 c PA 1:101 ack 1', '220 s A 1 ack 101 sack 1-101']},
    ],
    [
      'D-SACK inside: both came',
      {
        lines: [
          '0 c PA 101:201 ack 1',
          '200 c PA 101:201 ack 1',
          '220 s A 1 ack 1 sack 101-201,101-301',
          '230 s A 1 ack 301',
        ],
      },
    ],
    [
      'SACK above: one came',
      {
        lines: ['0 c PA 101:201 ack 1', '200 c PA 101:201 ack 1', '220 s A 1 ack 1 sack 101-201,301-401'],
        fates: {1: 'lost'},
      },
    ],
    [
      'D-SACK of neighbours',
      {
        lines: [
          '0 c PA 101:201 ack 1',
          '200 c PA 101:201 ack 1',
          '220 s A 1 ack 401 sack 1-101',
          '221 s A 1 ack 401 sack 201-301',
        ],
        fates: {1: 'lost'},
      },
    ],
    [
      'D-SACK however late: both came',
      {lines: ['0 c PA 1:101 ack 1', '200 c PA 1:101 ack 1', '10200 s A 1 ack 101 sack 1-101']},
    ],
    [
      'no answer: all lost',
      {
        lines: ['0 c S 0:1', '1000 c S 0:1', '3000 c S 0:1'],
        fates: {1: 'lost', 2: 'lost', 3: 'lost'},
      },
    ],
    ['sent once: unknown', {lines: ['0 s PA 1:101 ack 1', '0 c A 1 ack 101', '1 c PA 1:101 ack 101']}],
    [
      'both call: SYN,ACK answers (RFC 9293 §3.5)',
      {lines: ['0 c S 0:1', '5 s S 0:1', '15 c SA 0:1 ack 1', '20 s SA 0:1 ack 1']},
    ],
    [
      'same SYN without ECN (RFC 3168 §6.1.1.1)',
      {lines: ['0 c SEW 0:1', '1000 c S 0:1', '1020 s SA 0:1 ack 1'], fates: {1: 'lost'}},
    ],
    ['a reset is not numbered', {lines: ['0 c R 5:6', '100 c R 5:6']}],
    ['nor an acknowledgement', {lines: ['0 c A 5 ack 1', '100 c A 5 ack 1']}],
  ])('%s', (_, one) => check(one));
});

describe('a hole that is filled', () => {
  const filledAfter = (ms: number): readonly string[] => [
    '0 c PA 1:101 ack 1',
    '1 c PA 201:301 ack 1',
    '2 c PA 301:401 ack 1',
    `${1 + ms} c PA 101:201 ack 1`,
    '90 s A 1 ack 401',
  ];
  const numbered = (ids: readonly number[]) => (line: string, index: number) =>
    ids[index] === undefined ? line : `${line} id ${ids[index]}`;
  test.each<[string, Case]>([
    ['sooner: overtaken', {lines: filledAfter(15.999), fates: {4: 'late 16000'}}],
    ['later: sent again', {lines: filledAfter(16), missing: ['0 101:201 before 2']}],
    [
      'later, lower identification: overtaken (RFC 6864 §4.1)',
      {lines: filledAfter(16).map(numbered([7, 9, 10, 8])), fates: {4: 'late 16001'}},
    ],
    [
      'sooner, higher identification: again',
      {lines: filledAfter(15.999).map(numbered([7, 8, 9, 10])), missing: ['0 101:201 before 2']},
    ],
    ['from between', {lines: filledAfter(15.999), from: [4, 6], fates: {4: 'late 16000'}}],
    [
      'before anything passed',
      {
        lines: ['0 c PA 101:201 ack 1', '50 c PA 1:101 ack 1', '70 s A 1 ack 201'],
        missing: ['0 1:101 before 1'],
      },
    ],
    [
      'of the other side',
      {
        lines: ['0 s PA 101:201 ack 1', '50 s PA 1:101 ack 1', '70 c A 1 ack 201'],
        missing: ['1 1:101 before 1'],
      },
    ],
    [
      'no hole: passed before',
      {
        lines: ['0 c PA 1:101 ack 1', '1 c PA 101:201 ack 1', '50 c PA 51:151 ack 1', '70 s A 1 ack 201'],
      },
    ],
    [
      'some had not passed',
      {
        lines: ['0 c PA 1:101 ack 1', '1 c PA 151:251 ack 1', '50 c PA 51:151 ack 1', '70 s A 1 ack 251'],
        missing: ['0 51:151 before 2'],
      },
    ],
    [
      'upper hole filled first',
      {
        lines: [
          '0 c PA 1:101 ack 1',
          '1 c PA 201:301 ack 1',
          '2 c PA 401:501 ack 1',
          '50 c PA 301:401 ack 1',
          '51 c PA 101:201 ack 1',
          '52 c PA 151:451 ack 1',
          '90 s A 1 ack 501',
        ],
        missing: ['0 301:401 before 3', '0 101:201 before 2'],
        // Sent again as a whole: the last that carried the octets is the likeliest to have brought them.
        fates: {2: 'lost', 4: 'lost'},
      },
    ],
  ])('%s', (_, one) => check(one));
});

describe('reported missing, and then there without being sent again', () => {
  const reported = (answer: string, came = '70 s A 1 ack 201'): readonly string[] => [
    '0 c PA 1:101 ack 1',
    '1 c PA 101:201 ack 1',
    answer,
    came,
  ];
  test.each<[string, Case]>([
    ['overtaken', {lines: reported('21 s A 1 ack 1 sack 101-201'), fates: {1: 'late 50000'}}],
    [
      'came when first acknowledged',
      {
        lines: [...reported('21 s A 1 ack 1 sack 101-201'), '80 c PA 201:301 ack 1', '100 s A 1 ack 301'],
        fates: {1: 'late 50000'},
      },
    ],
    [
      'seen at the receiver',
      {lines: reported('2 s A 1 ack 1 sack 101-201'), from: [10, 0], fates: {1: 'late 70000'}},
    ],
    ['a round trip most', {lines: reported('5 s A 1 ack 1 sack 101-201', '20 s A 1 ack 201')}],
    ['no block above it', {lines: reported('21 s A 1 ack 1 sack 50-201')}],
    ['something else is missing', {lines: reported('21 s A 1 ack 0 sack 101-201')}],
    ['it never came', {lines: reported('21 s A 1 ack 1 sack 101-201', '70 s A 1 ack 100')}],
    ['a SYN is no data', {lines: ['0 c S 0:1', '21 s A 1 ack 0 sack 1-101', '70 s A 1 ack 1']}],
  ])('%s', (_, one) => check(one));
});

describe('copies', () => {
  const twice = (second: string): readonly string[] => [
    '50 c PA 1:101 ack 1 id 7',
    second,
    '1999 s A 1 ack 101',
  ];
  test.each<[string, Case]>([
    [
      'same identification, soon',
      {lines: twice('1049.999 c PA 1:101 ack 1 id 7'), fates: {2: 'copy of 1 after 999999'}},
    ],
    ['same identification, later (RFC 6864 §4.1)', {lines: twice('1050 c PA 1:101 ack 1 id 7')}],
    ['other identification: again', {lines: twice('55 c PA 1:101 ack 1 id 8'), fates: {1: 'lost'}}],
    ['with another acknowledgement, too', {lines: twice('55 c PA 1:101 ack 2 id 7'), fates: {1: 'lost'}}],
    ['with other flags, too', {lines: twice('55 c A 1:101 ack 1 id 7'), fates: {1: 'lost'}}],
    ['with other options, too', {lines: twice('55 c PA 1:101 ack 1 id 7 ts'), fates: {1: 'lost'}}],
    ['with more data, too', {lines: twice('55 c PA 1:102 ack 1 id 7'), fates: {1: 'lost'}}],
    [
      'third copies the first',
      {
        lines: ['0 c A 1 ack 1 id 7', '1 c A 1 ack 1 id 7', '3 c A 1 ack 1 id 7'],
        fates: {2: 'copy of 1 after 1000', 3: 'copy of 1 after 3000'},
      },
    ],
    [
      'no identification, soon',
      {
        lines: ['50 c PA 1:101 ack 1', '59.999 c PA 1:101 ack 1', '70 s A 1 ack 101'],
        fates: {2: 'copy of 1 after 9999'},
      },
    ],
    ['no identification, later', {lines: ['50 c PA 1:101 ack 1', '60 c PA 1:101 ack 1', '70 s A 1 ack 101']}],
    [
      'lower acknowledgement is late (RFC 9293 §3.4)',
      {lines: ['0 c A 1 ack 201', '3 c A 1 ack 301', '5 c A 1 ack 101'], fates: {3: 'late 5001'}},
    ],
    [
      'a FIN passing late',
      {
        lines: ['0 c A 6 ack 1', '200 c FA 5:6 ack 1', '220 s A 1 ack 6'],
        missing: ['0 5:6 before 1'],
      },
    ],
    [
      'repetition passing sooner',
      {
        lines: [
          '20 c PA 101:201 ack 1 id 12',
          '21 s A 1 ack 1 sack 101-201',
          '40 c PA 1:101 ack 1 id 13',
          '41 s A 1 ack 201',
          '45 c PA 1:101 ack 1 id 11',
          '46 s A 1 ack 201 sack 1-101',
        ],
        from: [10, 0],
        fates: {5: 'late 5000'},
      },
    ],
    ['acknowledgement said twice', {lines: ['0 c A 1 ack 1', '1 c A 1 ack 1']}],
    [
      'a short path',
      {
        lines: ['0 c A 1 ack 1 id 7', '99.999 c A 1 ack 1 id 7', '100 c A 1 ack 1 id 7'],
        from: [0, 0.01],
        fates: {2: 'copy of 1 after 99999'},
      },
    ],
  ])('%s', (_, one) => check(one));
});

describe('twice behind the capture point', () => {
  const doubled = (lines: readonly string[], [near, far] = [0, 10]) =>
    Object.fromEntries(fatesOf(connection(...lines), seenFrom(near, far)).doubled);
  const data = '50 c PA 1:101 ack 1';
  const twice = '75 s A 1 ack 101 sack 1-101';
  test.each<[string, readonly string[], {readonly [packet: number]: number}]>([
    ['D-SACK, sent once (RFC 3708)', [...openedAtClient, data, '70 s A 1 ack 101', twice], {4: 5000}],
    ['D-SACK, sent again', [...openedAtClient, data, '60 c PA 1:101 ack 1', '70 s A 1 ack 101', twice], {}],
    ['a SYN, too soon', ['0 c S 0:1', '20 s SA 0:1 ack 1 id 3', '24 s SA 0:1 ack 1 id 4'], {1: 4000}],
    ['a second SYN sent', ['0 c S 0:1', '2 c S 0:1', '20 s SA 0:1 ack 1', '24 s SA 0:1 ack 1'], {}],
    ['a FIN', [...openedAtClient, '50 c FA 1:2 ack 1', '70 s A 1 ack 2', '72 s A 1 ack 2'], {4: 2000}],
    [
      'a FIN that another FIN answered first',
      [...openedAtClient, '50 c FA 1:2 ack 1', '70 s FA 1:2 ack 2', '72 s A 2 ack 2'],
      {4: 2000},
    ],
  ])('%s', (_, lines, expected) => expect(doubled(lines)).toEqual(expected));
  test('who answers at the capture point answers what the capture has', () =>
    expect(doubled(['0 c S 0:1', '0 s SA 0:1 ack 1', '4 s SA 0:1 ack 1'], [10, 0])).toEqual({}));
});
