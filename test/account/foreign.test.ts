// Text from outside comes out of each writer as `written.ts` makes it, and changes nothing beside it.
import {describe, expect, test} from 'vitest';
import {foreign} from '../../source/account/foreign.ts';
import {carriedText, type Hand, partsText, plainHand} from '../../source/account/notation.ts';
import type {CarriedPart, Part} from '../../source/account/part.ts';
import {labelWords} from '../../source/tell/spoken/moments.ts';
import {labelOf} from '../../source/view/ladder/label.ts';
import {encodeUtf8} from '../../source/wire/utf8.ts';
import {earHands, eyeHands} from '../../source/words/hands.ts';
import {terminal} from '../../source/words/written.ts';
import {hostileTexts} from '../helpers/hostile.ts';
import {clientHello, saidCapture} from '../helpers/said-capture.ts';

/** What our own words and signs are made of, and what once was looked for in the finished text. */
const lookalikes = [
  ...['/wiki/TCP_(protocol)', '[x] {y} (z)', '{', ']', 'a) b [c', '(SNI x)', '(encrypted)', 'seq=5 len=7'],
  ...[
    'part of a record',
    'Handshake (encrypted)',
    'Alert',
    'Application Data',
    'Application Data 3 B, Alert',
  ],
  ...[
    'ChangeCipherSpec',
    'CCS {',
    ', ChangeCipherSpec {',
    'TLS 1.3 ClientHello',
    '… GET /',
    ' + glue',
    '+ glue',
  ],
  ...['SYN,ACK seq=1', '5 ms', '1 s → 2 s', '§3.4', 'no flags', '$1 $& $`', 'AA=1', 'ARP who has x?'],
];
const texts = [...lookalikes, ...hostileTexts];

/** Every place in which a part carries text from outside. */
const carriers: readonly ((text: string) => CarriedPart)[] = [
  (text) => ({kind: 'http', goesOn: false, method: foreign('GET'), target: foreign(text)}),
  (text) => ({kind: 'http', goesOn: true, method: foreign(text), target: foreign('/')}),
  (text) => ({kind: 'http', goesOn: false, status: 200, reason: foreign(`x${text}x`)}),
  (text) => ({kind: 'dns', says: 'asks', question: {name: foreign(text), type: 1}}),
  (text) => ({kind: 'dns', says: 'nothing', why: 'NXDOMAIN', question: {name: foreign(text), type: 1}}),
  (text) => ({
    ...{kind: 'dns', says: 'referral', more: 2, glue: true},
    first: {name: foreign('x'), type: 2, data: foreign(`x${text}x`)},
  }),
  (text) => ({
    ...{kind: 'records', protocol: true, opened: []},
    records: [
      {kind: 'tls', says: 'hello', name: 'ClientHello', version: 0x0304, site: foreign(text), begins: false},
      {kind: 'tls', says: 'change', begins: false},
    ],
  }),
  (text) => ({
    ...{kind: 'records', protocol: false, records: []},
    opened: (['early', 'handshake', 'application'] as const).map((keys) => ({
      ...({kind: 'opened', keys} as const),
      parts: [{kind: 'http', goesOn: false, method: foreign('GET'), target: foreign(text)}],
    })),
  }),
];

/** A word that nothing of ours is like, and that no writer changes. */
const stand = 'QQQQ';

const hands: readonly (readonly [string, Hand, (text: string) => string])[] = [
  ['JSON', plainHand, (text) => text.replace(/[^\x20-\x7e]/g, '?')],
  ...(['en', 'zh'] as const).flatMap((language) => [
    [`eye ${language}`, {...eyeHands[language], start: (words: string) => words}, terminal.text] as const,
    [`ear ${language}`, {...earHands[language], start: (words: string) => words}, terminal.text] as const,
  ]),
];

describe.each(hands)('%s', (_, hand, written) => {
  test('a text comes out as it is written, in a line that is otherwise the same', () => {
    for (const text of texts)
      for (const carrier of carriers) {
        const [before, ...after] = carriedText(carrier(stand), hand).split(stand);
        expect(carriedText(carrier(text), hand).trim()).toBe([before, ...after].join(written(text)).trim());
      }
  });

  test('so it does behind the numbers of a segment', () => {
    const parts = (text: string): readonly Part[] => [
      {kind: 'flags', flags: ['PSH', 'ACK']},
      {kind: 'number', field: 'seq', value: 1},
      {kind: 'tls', says: 'hello', name: 'ClientHello', version: 0x0304, site: foreign(text), begins: false},
    ];
    for (const text of texts)
      expect(partsText(parts(text), hand)).toBe(`PSH,ACK seq=1, TLS 1.3 ClientHello (SNI ${written(text)})`);
  });
});

const told = (bytes: Uint8Array, port: number, language: 'en' | 'zh') => {
  const trace = saidCapture(port, [{by: 'client', bytes}]);
  const label = labelOf(trace, trace.packet(3), {relative: true, questions: [], language});
  return {
    shown: label.map(({name, value}) => `${name}${value}`).join(' '),
    heard: labelWords(label, language),
  };
};

test.each(lookalikes.filter((text) => !/ |…|§|→/.test(text)))(
  'a request for %s is heard and shown as it was sent',
  (text) => {
    const bytes = encodeUtf8(`GET ${text} HTTP/1.1\r\nHost: a\r\n\r\n`);
    for (const language of ['en', 'zh'] as const) {
      const {shown, heard} = told(bytes, 80, language);
      expect(shown.startsWith(`GET ${text} `)).toBe(true);
      expect(heard.startsWith(`GET ${text}${language === 'zh' ? '，' : ', '}`)).toBe(true);
    }
  },
);

test.each(lookalikes)('a site called %s is named so, in both languages', (site) => {
  for (const language of ['en', 'zh'] as const)
    expect(told(clientHello(site), 443, language).heard).toContain(`TLS 1.3 ClientHello (SNI ${site})`);
});

test('the compiler refuses a text from outside wherever characters are put together', () => {
  const text = foreign('x');
  // @ts-expect-error a symbol in a template
  const inTemplate = () => `${text}`;
  // @ts-expect-error a symbol in a sum
  const inSum = (before: string) => before + text;
  // @ts-expect-error no string
  const asString = (): string => text;
  // @ts-expect-error none for what writes strings either
  const inWriter = () => terminal.text(text);
  expect([inTemplate, inSum, asString, inWriter]).toHaveLength(4);
});
