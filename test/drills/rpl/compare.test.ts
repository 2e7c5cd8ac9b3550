// Which messages an entry agrees with, word by word of its MATCH, and what keeps others from it (Unbound's doc/README.tests, Deckard's
// guide: it looks at no TTL and no order).
import {describe, expect, test} from 'vitest';
import {differences, matches, type Transport} from '../../../source/drills/rpl/compare.ts';
import type {Dialect, Entry, MatchWord} from '../../../source/drills/rpl/replay.ts';
import {decodeDnsPart} from '../../../source/wire/dns/decode.ts';
import {octetsOf} from '../../../source/wire/octets.ts';

const count = (n: number) => n.toString(16).padStart(4, '0');
const question = (letter = '61', type = 1) => `01 ${letter} 01 62 00 ${count(type)} 0001`;
const a = (last: number, ttl = 60) =>
  `c00c 0001 0001 ${ttl.toString(16).padStart(8, '0')} 0004 c00002${last.toString(16).padStart(2, '0')}`;
const opt = '00 0029 04d0 00000000 0000';

type Parts = {
  readonly id?: string;
  readonly flags?: string;
  readonly questions?: readonly string[];
  readonly sections?: readonly (readonly string[])[];
};

const message = ({id = '0007', flags = '8180', questions = [question()], sections = []}: Parts = {}) => {
  const all = [questions, sections[0] ?? [], sections[1] ?? [], sections[2] ?? []];
  const hex = `${id} ${flags} ${all.map(({length}) => count(length)).join(' ')} ${all.flat().join(' ')}`;
  const decoded = decodeDnsPart(octetsOf(hex.replaceAll(' ', '')));
  if (!decoded) throw new Error('no message');
  return decoded;
};

const entry = (words: readonly MatchWord[], parts: Parts = {}): Entry => ({
  ...{position: {line: 1, column: 1}, match: new Set(words), adjust: new Set(), octets: undefined},
  message: message(parts),
});

const agrees = (words: readonly MatchWord[], expected: Parts, actual: Parts, dialect: Dialect = 'unbound') =>
  matches(entry(words, expected), {message: message(actual), transport: 'UDP'}, dialect);

const notify: Parts = {flags: 'a180'};
const failed: Parts = {flags: '8183'};
const other: Parts = {questions: [question('63')]};
const mail: Parts = {questions: [question('61', 15)]};
const below: Parts = {questions: ['01 78 01 61 01 62 00 0001 0001']};
const capital: Parts = {questions: [question('41')]};

describe('word by word', () => {
  test.each<readonly [MatchWord, differs: Parts, alike: Parts]>([
    ['opcode', notify, failed],
    ['rcode', failed, notify],
    ['qname', other, capital],
    ['qname', below, mail],
    ['qtype', mail, other],
    ['question', mail, capital],
    ['question', {questions: []}, failed],
    ['subdomain', other, below],
    ['subdomain', {questions: ['01 62 00 0001 0001']}, {}],
    ['answer', {sections: [[a(1)]]}, {sections: [[], [a(1)]]}],
  ])('%s', (word, differs, alike) => {
    for (const dialect of ['unbound', 'deckard'] as const) {
      expect(agrees([word], {}, differs, dialect)).toBe(false);
      expect(agrees([word], {}, alike, dialect)).toBe(true);
    }
  });

  test('without a question there is no name to agree on', () => {
    const none: Parts = {questions: []};
    expect([
      agrees(['qname'], none, none),
      agrees(['subdomain'], none, none),
      agrees(['question'], none, none),
    ]).toEqual([...[false, false, true]]);
  });

  test('several words: all of them; none: anything', () => {
    expect(agrees(['opcode', 'rcode'], {}, failed)).toBe(false);
    expect(agrees(['opcode', 'qname'], {}, failed)).toBe(true);
    expect(agrees([], {}, {...notify, ...other})).toBe(true);
  });

  test('what carries it', () => {
    const carried = (words: readonly MatchWord[]) =>
      (['UDP', 'TCP'] as const).map((transport) =>
        matches(entry(words), {message: message(), transport}, 'unbound'),
      );
    expect([carried([]), carried(['UDP']), carried(['TCP']), carried(['TCP', 'UDP'])]).toEqual([
      ...[
        [true, true],
        [true, false],
      ],
      ...[
        [false, true],
        [true, true],
      ],
    ]);
  });
});

describe('all', () => {
  test('of Unbound is the whole message', () => {
    const is = (actual: Parts) => agrees(['all'], {sections: [[a(1), a(2)]]}, actual);
    expect(is({sections: [[a(1), a(2)]]})).toBe(true);
    expect([
      is({sections: [[a(2), a(1)]]}),
      is({sections: [[a(1)]]}),
      is({sections: [[a(1), a(2)], [a(3)]]}),
    ]).toEqual([...[false, false, false]]);
    const same = {sections: [[a(1), a(2)]]};
    for (const more of [notify, failed, mail, {flags: '8580'}, {id: '0008'}])
      expect(is({...same, ...more})).toBe(false);
    expect(is({sections: [[a(1), a(2)], [], [a(3)]]})).toBe(false);
    expect(is({sections: [[a(1), a(2)], [], [opt]]})).toBe(false);
    // TTLs where it says so.
    const later = {sections: [[a(1, 59), a(2)]]};
    expect([is(later), agrees(['all', 'ttl'], same, later)]).toEqual([true, false]);
  });

  test('of Deckard is what its guide lists, in any order', () => {
    const is = (actual: Parts) => agrees(['all', 'ttl'], {sections: [[a(1), a(2)]]}, actual, 'deckard');
    const same = {sections: [[a(2, 5), a(1)]]};
    expect([is(same), is({...same, id: '0008'}), is({sections: [[a(1), a(2)], [], [opt]]})]).toEqual([
      true,
      true,
      true,
    ]);
    for (const more of [notify, failed, mail, other, {flags: '8580'}])
      expect(is({...same, ...more})).toBe(false);
    expect([is({sections: [[a(1), a(1)]]}), is({sections: [[a(1), a(2)], [], [a(3)]]})]).toEqual([
      false,
      false,
    ]);
  });
});

describe('what differs', () => {
  const told = (words: readonly MatchWord[], expected: Parts, actual: Parts, transport: Transport = 'UDP') =>
    differences(entry(words, expected), {message: message(actual), transport}, 'unbound').map(
      ({what, expected: wanted, actual: came}) => [what.en, wanted, came],
    );

  test('nothing, or each part with what only one of the two has', () => {
    expect(told(['all'], {}, {})).toEqual([]);
    const [rcode, answer] = told(
      ['rcode', 'answer'],
      {sections: [[a(1), a(2), a(2)]]},
      {...failed, sections: [[a(2), a(3)]]},
    ).toSorted();
    const all = [rcode, answer].map((each) => each?.slice(1));
    expect(all).toContainEqual([['rcode NOERROR'], ['rcode NXDOMAIN']]);
    expect(all).toContainEqual([
      ['ANSWER a.b. IN A 192.0.2.1', 'ANSWER a.b. IN A 192.0.2.2'],
      ['ANSWER a.b. IN A 192.0.2.3'],
    ]);
  });

  test('another order is told with all of it', () => {
    const [found] = told(['answer'], {sections: [[a(1), a(2)]]}, {sections: [[a(2), a(1)]]});
    expect(found?.slice(1)).toEqual([
      ['ANSWER a.b. IN A 192.0.2.1', 'ANSWER a.b. IN A 192.0.2.2'],
      ['ANSWER a.b. IN A 192.0.2.2', 'ANSWER a.b. IN A 192.0.2.1'],
    ]);
  });

  test('a part that two words name once; what carries it first', () => {
    expect(told(['all', 'rcode'], {}, failed)).toHaveLength(1);
    const [first, second] = told(['TCP', 'rcode'], {}, failed);
    expect([first?.slice(1), second?.slice(1)]).toEqual([
      [['TCP'], ['UDP']],
      [['rcode NOERROR'], ['rcode NXDOMAIN']],
    ]);
    expect(told(['UDP'], {}, {}, 'TCP').map((each) => each.slice(1))).toEqual([[['UDP'], ['TCP']]]);
  });

  test('flags and questions by their words', () => {
    const lines = (words: readonly MatchWord[], actual: Parts) =>
      told(words, {}, actual).map((each) => each.slice(1));
    expect(lines(['all'], {flags: '8500'})).toEqual([[['flags QR RD RA'], ['flags QR AA RD']]]);
    expect(lines(['qname'], other)).toEqual([[['QUESTION a.b. IN A'], ['QUESTION c.b. IN A']]]);
    expect(lines(['qname'], {questions: []})).toEqual([[['QUESTION a.b. IN A'], ['QUESTION none']]]);
    expect(lines(['all'], {id: '0008'})).toEqual([[['ID 7'], ['ID 8']]]);
  });
});
