// Zone files. Oracles: the examples of RFC 1035 §5.3, RFC 2308 §4 and RFC 3597 §5; for errors the place where the text was spoilt.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {editZone, soaOf, zoneOf} from '../../../source/stack/dns/zone.ts';
import {parseRecords, parseZone} from '../../../source/stack/dns/zone-file.ts';
import {nameOf} from '../../../source/wire/dns/name.ts';
import {hexOf} from '../../../source/wire/octets.ts';
import {runs} from '../../helpers/seeds.ts';
import {zoneFrom} from './rfc1034-zones.ts';
import {recordTexts} from './words.ts';

const read = (text: string, origin?: string): readonly string[] => {
  const records = parseRecords(text, {origin});
  if (!records.ok) throw new Error(JSON.stringify(records.error));
  return recordTexts(records.value);
};

describe('what is read', () => {
  test('RFC 1035 §5.3: <SUBSYS>ISI-MAILBOXES is left out, MINIMUM is the default TTL', () => {
    const text = `
@   IN  SOA     VENERA      Action\\.domains (
                                 20     ; SERIAL
                                 7200   ; REFRESH
                                 600    ; RETRY
                                 3600000; EXPIRE
                                 60)    ; MINIMUM

        NS      A.ISI.EDU.
        NS      VENERA
        NS      VAXA
        MX      10      VENERA
        MX      20      VAXA

A       A       26.3.0.103

VENERA  A       10.1.0.52
        A       128.9.0.32

VAXA    A       10.2.0.27
        A       128.9.0.33
`;
    expect(read(text, 'ISI.EDU.')).toEqual([
      'ISI.EDU. 60 SOA VENERA.ISI.EDU. Action\\.domains.ISI.EDU. 20 7200 600 3600000 60',
      'ISI.EDU. 60 NS A.ISI.EDU.',
      'ISI.EDU. 60 NS VENERA.ISI.EDU.',
      'ISI.EDU. 60 NS VAXA.ISI.EDU.',
      'ISI.EDU. 60 MX 10 VENERA.ISI.EDU.',
      'ISI.EDU. 60 MX 20 VAXA.ISI.EDU.',
      'A.ISI.EDU. 60 A 26.3.0.103',
      'VENERA.ISI.EDU. 60 A 10.1.0.52',
      'VENERA.ISI.EDU. 60 A 128.9.0.32',
      'VAXA.ISI.EDU. 60 A 10.2.0.27',
      'VAXA.ISI.EDU. 60 A 128.9.0.33',
    ]);
  });

  test('TTL and class in either order, in any case, or left out', () => {
    const text =
      'a 60 IN A 192.0.2.1\nb in 60 a 192.0.2.2\nc IN A 192.0.2.3\nd A 192.0.2.4\n  AAAA 2001:DB8:0::1';
    expect(read(text, 'x.')).toEqual([
      'a.x. 60 A 192.0.2.1',
      'b.x. 60 A 192.0.2.2',
      'c.x. 60 A 192.0.2.3',
      'd.x. 60 A 192.0.2.4',
      'd.x. 60 AAAA 2001:db8::1',
    ]);
  });

  // Oracle: BIND’s manual, and how long a week, a day, an hour, a minute are.
  test.each([
    ['7s', 7],
    ['7', 7],
    ['2M', 120],
    ['3h', 10_800],
    ['1d', 86_400],
    ['1w', 604_800],
    ['1w2d3h4m5s', 788_645],
    ['1w1w', 1_209_600],
  ])('a time of %s has %i seconds', (text, seconds) => {
    expect(read(`a ${text} A 192.0.2.1`, 'x.')).toEqual([`a.x. ${seconds} A 192.0.2.1`]);
  });

  test('$TTL holds from where it stands (RFC 2308 §4), $ORIGIN likewise and relative to itself; units as BIND has them', () => {
    const text =
      '$TTL 1h30m\na A 192.0.2.1\nb 7 A 192.0.2.2\n$TTL 1D\n$ORIGIN sub\nc A 192.0.2.3\n@ A 192.0.2.4\n$ORIGIN .\nd A 192.0.2.5';
    expect(read(text, 'x.')).toEqual([
      'a.x. 5400 A 192.0.2.1',
      'b.x. 7 A 192.0.2.2',
      'c.sub.x. 86400 A 192.0.2.3',
      'sub.x. 86400 A 192.0.2.4',
      'd. 86400 A 192.0.2.5',
    ]);
  });

  test('a record may have the name of a type or a class, or one of digits alone', () => {
    expect(read('A 5 A 192.0.2.1\nIN 5 IN A 192.0.2.2\n7 5 MX 5 mx\n', 'x.')).toEqual([
      'A.x. 5 A 192.0.2.1',
      'IN.x. 5 A 192.0.2.2',
      '7.x. 5 MX 5 mx.x.',
    ]);
  });

  test('parentheses join lines, comments end them, quotes keep blanks, semicolons and parentheses', () => {
    const text =
      'a 5 TXT ( "b ; (c" ; what follows\n d\n  ) "\\"e\\"" \\102\\; ; rest ( "\n\n;\nf 5 SRV 1 2 3 .\n';
    expect(read(text, 'x.')).toEqual(['a.x. 5 TXT "b ; (c" "d" ""e"" "f;"', 'f.x. 5 SRV 1 2 3 .']);
  });

  test('RFC 3597 §5: types without a name, and known types as octets', () => {
    const text = [
      'a.example.   60 CLASS1     TYPE731         \\# 6 abcd (',
      '                                         ef 01 23 45 )',
      'b.example.   60 IN        TYPE62347       \\# 0',
      'e.example.   60 IN   A         \\# 4 C0000201',
      'f.example.   60 IN    TYPE1         192.0.2.1',
    ].join('\n');
    expect(read(text)).toEqual([
      'a.example. 60 TYPE731 \\# 6 abcdef012345',
      'b.example. 60 TYPE62347 \\# 0',
      'e.example. 60 A 192.0.2.1',
      'f.example. 60 A 192.0.2.1',
    ]);
  });

  test('line ends of any system, no final newline, nothing at all', () => {
    expect(read('a 5 A 192.0.2.1\r\n\tA 192.0.2.2 ; x\r\n', 'x.')).toEqual([
      'a.x. 5 A 192.0.2.1',
      'a.x. 5 A 192.0.2.2',
    ]);
    expect(read('')).toEqual([]);
  });

  test('of other classes only what the reader allows, and the default from outside', () => {
    const records = parseRecords('a CH A \\# 0', {origin: 'x.', ttl: 9, classes: [1, 3]});
    expect(records).toMatchObject({ok: false, error: [{code: 'generic'}]});
    const txt = parseRecords('a CH TXT b', {origin: 'x.', ttl: 9, classes: [1, 3]});
    expect(txt).toMatchObject({ok: true, value: [{class: 3, ttl: 9}]});
  });
});

const spoilt = (text: string): unknown => {
  const records = parseRecords(text, {origin: 'x.'});
  return records.ok ? [] : records.error.map(({line, column, code}) => `${line}:${column} ${code}`);
};

describe('what is refused, and where', () => {
  test.each([
    ['a 5 A 192.0.2.1\nb 5 TXT "c\nd 5 A 192.0.2', ['2:9 quote']],
    ['a 5 A 192.0.2\nb 5 A ::', ['1:7 address', '2:7 address']],
    ['a 5 TXT (\nb', ['1:9 parenthesis']],
    ['a 5 TXT b )', ['1:11 parenthesis']],
    ['a 5 TXT ( ( b ) )', ['1:11 parenthesis', '1:17 parenthesis']],
    ['a 5 TXT b\\', ['1:10 escape']],
    ['a 5 TXT \\300', ['1:9 escape']],
    ['$INCLUDE b', ['1:1 include']],
    ['$GENERATE 1-2 a A 192.0.2.$', ['1:1 directive']],
    ['$TTL', ['1:5 missing']],
    ['$TTL 1y', ['1:6 ttl']],
    ['$ORIGIN a..b', ['1:9 name']],
    ['$TTL 5 6', ['1:8 surplus']],
    ['  5 A 192.0.2.1', ['1:3 owner']],
    ['a 2147483648 A 192.0.2.1', ['1:3 ttl']],
    ['a A 192.0.2.1', ['1:1 ttlMissing']],
    ['a 5 CH A 192.0.2.1', ['1:5 class']],
    ['a 5 IN IN A 192.0.2.1', ['1:8 type']],
    ['a 5 HINFO b c', ['1:5 type']],
    ['a 5 TYPE65536 \\# 0', ['1:5 type']],
    ['a 5 IN', ['1:7 typeMissing']],
    ['a 5 MX 10 ; mail', ['1:10 missing']],
    ['a 5 A 192.0.2.1 192.0.2.2', ['1:17 surplus']],
    ['a 5 MX 65536 b', ['1:8 number']],
    ['a 5 MX ten b', ['1:8 number']],
    ['a 5 AAAA 192.0.2.1', ['1:10 address']],
    [`a 5 TXT ${'b'.repeat(256)}`, ['1:9 stringLength']],
    [`${'b'.repeat(64)} 5 TXT b`, ['1:1 name']],
    ['a 5 TYPE731 \\# 2 abc', ['1:13 generic']],
    ['a 5 A \\# 3 c00002', ['1:7 generic']],
  ])('%j', (text, places) => {
    expect(spoilt(text)).toEqual(places);
  });

  test.each([
    ['a 5 TXT b\\', {code: 'escape', given: '\\'}],
    ['a 5 TXT \\300', {code: 'escape', given: '\\300'}],
    ['a 5 TXT ( b', {code: 'parenthesis', which: 'open'}],
    ['a 5 TXT b )', {code: 'parenthesis', which: 'close'}],
    ['$GENERATE 1-2 a A 192.0.2.$', {code: 'directive', given: '$GENERATE'}],
    ['$ORIGIN a..b', {code: 'name', given: 'a..b'}],
    ['$TTL 1y', {code: 'ttl', given: '1y'}],
    ['$TTL 5 6', {code: 'surplus', given: '6'}],
    ['a 5 CH A 192.0.2.1', {code: 'class', given: 'CH'}],
    ['a 5 HINFO b c', {code: 'type', given: 'HINFO'}],
    ['a 5 MX 65536 b', {code: 'number', given: '65536', max: 65_535}],
    ['a 5 AAAA 192.0.2.1', {code: 'address', given: '192.0.2.1', version: 6}],
    ['a 5 A ::', {code: 'address', given: '::', version: 4}],
    [`a 5 TXT ${'b'.repeat(257)}`, {code: 'stringLength', octets: 257}],
  ])('%j: with the words as they stand there', (text, problem) =>
    expect(parseRecords(text, {origin: 'x.'})).toMatchObject({ok: false, error: [problem]}),
  );

  test('a relative name without an origin', () => {
    expect(parseRecords('a 5 A 192.0.2.1')).toMatchObject({ok: false, error: [{code: 'origin', given: 'a'}]});
  });
});

describe('any text', () => {
  const words = [
    'a',
    '@',
    'b.x.',
    '5',
    '1h',
    'IN',
    'CH',
    'A',
    'MX',
    'TXT',
    'SOA',
    'TYPE9',
    '\\#',
    '2',
    'ab',
    '192.0.2.1',
  ];
  const marks = ['"', '(', ')', ';', '\\', '\\300', '\n', '\n', '\t', '$TTL', '$ORIGIN', '$', 'é'];
  const piece = fc.oneof(fc.constantFrom(...words, ...marks), fc.string({maxLength: 3}));

  test('gives records, or faults that stand in it', () => {
    fc.assert(
      fc.property(fc.array(piece, {maxLength: 25}), fc.constantFrom('', ' '), (pieces, between) => {
        const text = pieces.join(between);
        const lines = text.split('\n').map(({length}) => length);
        const records = parseRecords(text, {origin: 'x.'});
        for (const {line, column} of records.ok ? [] : records.error) {
          expect(column).toBeGreaterThan(0);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? -1) + 1);
        }
      }),
      {seed: 1035, numRuns: runs(3000)},
    );
  });

  test('that is written from records gives the records', () => {
    const label = fc.constantFrom('a', 'B-2', '*', '_tcp', 'a\\.b', '\\007', '\\(', '\\"\\;');
    const name = fc.array(label, {maxLength: 4}).map((labels) => nameOf(labels));
    const octets = fc.uint8Array({maxLength: 20}).map((bytes) => hexOf(bytes));
    const u16 = fc.nat(0xffff);
    const written = fc.oneof(
      name.map((host) => ['NS', `${host}`]),
      fc.tuple(u16, name).map(([preference, host]) => ['MX', `${preference} ${host}`]),
      fc.tuple(u16, u16, u16, name).map((fields) => ['SRV', fields.join(' ')]),
      octets.map((hex) => ['TYPE65280', `\\# ${hex.length / 2} ${hex}`.trim()]),
    );
    const ttl = fc.nat(0x7fffffff);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, ttl, written), {maxLength: 6}), (rows) => {
        const texts = rows.map(([owner, seconds, [type, rdata]]) => `${owner} ${seconds} ${type} ${rdata}`);
        const plain = texts.map((text) => text.replaceAll(/\\([(";])/g, '$1'));
        expect(read(texts.join('\n'))).toEqual(plain);
      }),
      {seed: 1035, numRuns: runs(500)},
    );
  });
});

const apex = '@ 60 SOA ns h 1 2 3 4 5\n  NS ns\n';

const faults = (text: string): unknown => {
  const zone = parseZone(text, 'x.');
  return zone.ok ? [] : zone.error.map(({line, column, ...fault}) => [line, fault.code]);
};

describe('what is no zone', () => {
  test.each([
    ['a 5 A 192.0.2.1', [[1, 'soaMissing']]],
    ['@ 60 SOA ns h 1 2 3 4 5', [[1, 'nsMissing']]],
    [`${apex}a SOA ns h 1 2 3 4 5`, [[3, 'soaTwice']]],
    [`${apex}a.y. A 192.0.2.1`, [[3, 'outside']]],
    [`${apex}a CNAME b\na A 192.0.2.1`, [[4, 'alias']]],
    [`${apex}a CNAME b\na CNAME c`, [[4, 'alias']]],
    [`${apex}a NS ns.a\nns.a A 192.0.2.1\nb.a MX 5 c`, [[5, 'belowCut']]],
    [`${apex}a NS ns.a\na MX 5 c`, [[4, 'belowCut']]],
    [`${apex}*.a NS ns`, [[3, 'wildcardNs']]],
    [`${apex}a 5 A 192.0.2.1\na 6 A 192.0.2.2`, [[4, 'ttlDiffers']]],
    [`${apex}a NS ns.a\nns.a A 192.0.2.1\n* TXT b`, []],
  ])('%j', (text, found) => {
    expect(faults(text)).toEqual(found);
  });
});

describe('an edited zone', () => {
  const zone = zoneFrom(`${apex}y 300 A 203.0.113.80\ny TXT "stays"\n`, 'x.');
  const edit = (text: string) => {
    const records = parseRecords(text, {origin: 'x.'});
    return records.ok ? editZone(zone, records.value) : undefined;
  };

  test('has the new set in the place of the old, and the next serial; the old zone is as it was', () => {
    const edited = edit('y 300 A 203.0.113.81\ny 300 A 203.0.113.82');
    expect(edited && recordTexts(edited.records)).toEqual([
      'x. 60 SOA ns.x. h.x. 2 2 3 4 5',
      'x. 60 NS ns.x.',
      'y.x. 300 A 203.0.113.81',
      'y.x. 300 A 203.0.113.82',
      'y.x. 300 TXT "stays"',
    ]);
    expect(soaOf(zone).data.serial).toBe(1);
  });

  test('serials go round', () => {
    const last = {...zone.records[0], data: {...soaOf(zone).data, serial: 0xffffffff}};
    const [, ...others] = zone.records;
    const [soa] = zone.records;
    if (!soa) throw new Error('no SOA');
    const old = zoneOf({origin: 'x.', records: [{...soa, ...last}, ...others]});
    const edited = editZone(old, others.slice(1, 2));
    expect(edited && soaOf(edited).data.serial).toBe(0);
  });

  test.each(['y 300 CNAME b', 'a.y. 300 A 192.0.2.1', ''])(
    'is refused where it would be no zone: %j',
    (text) => {
      expect(edit(text)).toBe(undefined);
    },
  );
});
