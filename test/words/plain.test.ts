// Words are plain, as far as a machine can hold it: every text that a person sees, in each language, with every alternative that it has.
// Oracle: the tables in test/fixtures (plain-phrases.yaml, long-sentences.yaml); each check first finds what was planted for it.
import {describe, expect, test} from 'vitest';
import {
  faultsOf,
  isListed,
  lengthOf,
  longOnes,
  mostIn,
  phrases,
  usedPhrases,
  wrongArticles,
} from '../helpers/plain-words.ts';
import {
  alternatives,
  inDocument,
  nesting,
  sentencesIn,
  sentencesOf,
  shownTexts,
} from '../helpers/shown-texts.ts';

describe('articles go by sound', () => {
  test.each([
    ...[
      'a RST',
      'an SYN',
      'a ACK',
      'an FIN',
      'a MSS',
      'a HTTP request',
      'an URL',
      'an UDP datagram',
      'a RTO',
      'a X.509 name',
    ],
    ...[
      'an user',
      'a hour',
      'a 8-byte field',
      'an one-way link',
      'a 11th',
      'A RST',
      'an “unique” name',
      'a `RST_STREAM`',
    ],
    ...['a A record', 'a h2 stream', 'a IPv4 address', 'a NXDOMAIN', 'a ESTABLISHED one'],
  ])('%s is found', (words) => expect(wrongArticles(words)).toHaveLength(1));

  test('right ones are not', () => {
    const right =
      'an RST, a SYN, an ACK, a FIN, an MSS, an HTTP/2 stream, a URL, a UDP datagram, an RTO, an X.509 name, an A record, ' +
      'a user, an hour, an 8-byte field, a one-way link, an 11th, a unit, an unknown name, an HTTPS request, a TLS record, ' +
      'a SACK, a NAT, an IPv4 address, an R bit, a U bit, an NXDOMAIN, an ESTABLISHED one, a European one, a ◇, ' +
      'press a or b, in A it is lost, host a answers';
    expect(wrongArticles(right)).toEqual([]);
  });
});

describe('phrases that are not used', () => {
  test.each(phrases)('found: $phrase', ({found, language, phrase}) => {
    expect(usedPhrases(found, language).map((each) => each.phrase)).toContain(phrase);
  });
});

describe('what is counted', () => {
  test('lengths', () => {
    expect(lengthOf('The server — at 1.050 s — sends `two words` to ◇.', 'en')).toBe(9);
    expect(lengthOf('服务器在 1.050 s 发出 SYN,ACK，等 ◇。', 'zh')).toBe(11);
    const long = `${'word '.repeat(29)}.`;
    const written = {file: 'a', line: 1, language: 'en', text: long, icu: false} as const;
    expect(faultsOf(written).map(({check}) => check)).toEqual(['length']);
    expect(faultsOf({...written, language: 'zh', text: '字'.repeat(51)}).map(({check}) => check)).toEqual([
      'length',
    ]);
  });

  test('sentences', () => {
    expect(sentencesOf('One; two: three. “Four?” Five (v1.2).\n\nSix\n- seven', 'en')).toEqual([
      ...['One; two: three.', '“Four?”', 'Five (v1.2).', 'Six', 'seven'],
    ]);
    expect(sentencesOf('一；二：三。「四？」五！', 'zh')).toEqual(['一；二：三。', '「四？」', '五！']);
    expect(sentencesIn({text: 'At {time({sends: server}) - 1s} {{x}}.', icu: false, language: 'en'})).toEqual(
      ['At ◇ (x).'],
    );
    expect(
      inDocument('a.md', '# A b\n\nC `d e`.\n\n| f |\n|---|\n| g |\n\n- h\n- i\n\n```\nj\n```\n').map(
        ({line, text}) => [line, text],
      ),
    ).toEqual([
      [1, 'A b'],
      [3, 'C `d␣e`.'],
      [9, 'h'],
      [10, 'i'],
    ]);
  });

  test('alternatives and what is inside what', () => {
    const message =
      '{n, plural, one {a} other {{x, select, true {b} other {c}}}} {n, plural, =1 {d} other {e}}';
    expect(alternatives(message).toSorted()).toEqual(['a d', 'b e', 'c e']);
    expect(nesting(message)).toBe(2);
    const deep = '{a, select, b {{c, select, d {{e, select, f {g} other {h}}} other {i}}} other {j}}';
    const written = {file: 'a', line: 1, language: 'en', text: deep, icu: true} as const;
    expect(faultsOf(written).map(({check}) => check)).toEqual(['choices']);
    const eight = 'abcdefgh'.split('').map((name) => `{${name}, select, true {1} false {2} other {3}}`);
    expect(alternatives(eight.join('')).length).toBeGreaterThan(400);
  });
});

const texts = shownTexts();

test('all texts are plain', () => {
  const faults = texts.flatMap(faultsOf);
  expect(faults.map(({at, check, what, sentence}) => `${at} ${check}: ${what}: ${sentence}`)).toEqual([]);
});

describe.each(['en', 'zh'] as const)('long sentences that may stay: %s', (language) => {
  test('are few, and have reasons', () => {
    expect(longOnes[language].length).toBeLessThanOrEqual(60);
    expect(longOnes[language].filter(({reason}) => reason.length < 10)).toEqual([]);
  });

  test('are there, and long', () => {
    const needless = longOnes[language].filter(
      (long) =>
        !texts
          .filter((each) => each.language === language && each.file === long.file)
          .flatMap(sentencesIn)
          .some((each) => isListed(long, long.file, each) && lengthOf(each, language) > mostIn[language]),
    );
    expect(needless).toEqual([]);
  });
});
