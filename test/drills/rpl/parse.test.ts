// The format (Unbound's testcode/replay.h and testpkts.h): what is read, and the place of what cannot be read.
import {readdirSync, readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseReplay} from '../../../source/drills/rpl/parse.ts';
import {codePoint} from '../../helpers/any-text.ts';
import {root} from '../../helpers/root.ts';
import {runs} from '../../helpers/seeds.ts';
import {toldLine} from '../../lesson/told-problem.ts';
import {deckardConfig, entryLines, entryOf, parsed, scenario, unboundConfig} from './bench.ts';

const check = `STEP 1 CHECK_ANSWER\n${entryLines()}`;

describe('configuration', () => {
  const configOf = (config: string) => parsed(scenario(check, `${config}\nCONFIG_END\n`));

  test('a stub-zone: of the root is Unbound’s; a bare stub-addr: is Deckard’s', () => {
    expect(parsed(scenario(check)).dialect).toBe('unbound');
    expect(parsed(scenario(check, deckardConfig)).dialect).toBe('deckard');
  });

  test('defaults are those of unbound.conf(5)', () => {
    expect(configOf('stub-addr: 198.41.0.4').config).toEqual({
      roots: ['198.41.0.4'],
      minimise: true,
      minimalResponses: true,
      scrubPromiscuous: true,
      doIp6: true,
    });
  });

  test('every option of the table, quoted or not, several on a line, with both kinds of comment', () => {
    const source = `; first
    server: minimal-responses: no iter-scrub-promiscuous: "no" # third
      qname-minimisation: "no"
      do-ip6: no ; fourth
      rrset-roundrobin: no
      harden-referral-path: no
      discard-timeout: 86400
      module-config: "iterator"
      target-fetch-policy: "0 0  0 0 0"
    stub-zone:
      name: "."
      stub-addr: 198.41.0.4
      stub-addr: 2001:0db8::1`;
    expect(configOf(source)).toMatchObject({
      dialect: 'unbound',
      config: {
        roots: ['198.41.0.4', '2001:db8::1'],
        minimise: false,
        minimalResponses: false,
        scrubPromiscuous: false,
        doIp6: false,
      },
    });
  });
});

describe('entries', () => {
  test('defaults: QUERY, NOERROR, no flag, class IN, TTL 3600', () => {
    const {message, match, adjust, octets} = entryOf('SECTION ANSWER', 'www.example.com A 192.0.2.1');
    expect([match.size, adjust.size, octets]).toEqual([0, 0, undefined]);
    expect(message).toMatchObject({opcode: 0, rcode: 0, id: 0});
    expect(Object.values(message.flags)).not.toContain(true);
    expect(message.answers).toEqual([
      {name: 'www.example.com.', type: 1, class: 1, ttl: 3600, data: {kind: 'A', address: '192.0.2.1'}},
    ]);
  });

  test('words, sections, TTL and class in either order, comments', () => {
    const {message, match, adjust} = entryOf(
      'MATCH opcode qtype ; qname',
      '  MATCH ttl all # and no more',
      'ADJUST copy_id copy_query',
      'REPLY QR AA TC RD RA AD CD',
      'REPLY NOTIFY SERVFAIL',
      'SECTION QUESTION',
      'WWW.example.com.\tIN\tAAAA',
      'example.com MX',
      'SECTION ANSWER',
      'a.example. 60 IN A 192.0.2.1 ; one',
      'a.example. IN 61 A 192.0.2.2',
      '; SECTION AUTHORITY',
      'SECTION AUTHORITY',
      'example. CH NS ns',
      'SECTION ADDITIONAL',
      'ns. TXT "a;b" c',
    );
    expect([...match]).toEqual(['opcode', 'qtype', 'ttl', 'all']);
    expect([...adjust]).toEqual(['copy_id', 'copy_query']);
    expect([message.opcode, message.rcode]).toEqual([4, 2]);
    expect(Object.values(message.flags)).not.toContain(false);
    expect(message.questions).toEqual([
      {name: 'WWW.example.com.', type: 28, class: 1},
      {name: 'example.com.', type: 15, class: 1},
    ]);
    expect(message.answers.map(({ttl}) => ttl)).toEqual([60, 61]);
    expect(message.authorities).toMatchObject([{class: 3, type: 2, data: {kind: 'NS', name: 'ns.'}}]);
    // RFC 1035 §5.1: in quotes a semicolon begins no comment.
    expect(message.additionals).toMatchObject([{data: {kind: 'TXT', strings: ['613b62', '63']}}]);
  });

  test('a comment right behind a keyword is no word of it', () => {
    expect(entryOf('REPLY # nothing').message).toEqual(entryOf('REPLY').message);
  });

  test('DO asks for an OPT record with that flag (RFC 3225 §3)', () => {
    const {message} = entryOf('REPLY DO');
    expect(message.additionals).toMatchObject([{type: 41, name: '.', ttl: 0x8000}]);
  });

  test('$ORIGIN and $TTL hold from there to the end of the script', () => {
    const {steps} = parsed(
      scenario(`$ORIGIN example.com.
        STEP 1 CHECK_ANSWER
        ${entryLines('SECTION ANSWER', 'www A 192.0.2.1', '$TTL 60', 'www A 192.0.2.2')}
        STEP 2 CHECK_ANSWER
        ${entryLines('SECTION QUESTION', 'ftp A', 'SECTION ANSWER', '@ NS ns')}`),
    );
    expect(steps).toMatchObject([
      {entry: {message: {answers: [{name: 'www.example.com.', ttl: 3600}, {ttl: 60}]}}},
      {
        entry: {
          message: {
            questions: [{name: 'ftp.example.com.'}],
            answers: [{name: 'example.com.', ttl: 60, data: {name: 'ns.example.com.'}}],
          },
        },
      },
    ]);
  });

  test('octets in hexadecimal', () => {
    const {octets} = entryOf('HEX_ANSWER_BEGIN', '00 0a ; the ID', 'FFfe', 'HEX_ANSWER_END');
    expect(octets).toEqual(Uint8Array.of(0, 10, 255, 254));
  });
});

test('ranges and steps, mixed, each with what it takes', () => {
  const source = scenario(`RANGE_BEGIN 0 100 #with a sign
    ADDRESS 192.0.2.1 ; first
    ADDRESS 2001:db8:0::1
    ${entryLines('MATCH qname')}
  RANGE_END
  STEP 0 QUERY ADDRESS 192.0.2.99
  ; the query
  ${entryLines('MATCH TCP')}
  STEP 1 CHECK_OUT_QUERY ADDRESS 192.0.2.1
  ${entryLines('MATCH UDP')}
  STEP 2 REPLY
  ${entryLines()}
  STEP 10 TIME_PASSES ELAPSE 1.25
  STEP 11 TRAFFIC
  RANGE_BEGIN 5 5
  RANGE_END
  STEP 12 INFRA_RTT 192.0.2.1 example.com. 376
  STEP 13 ERROR
  STEP 14 NOTHING
  STEP 20 CHECK_ANSWER
  ${entryLines()}`);
  const {ranges, steps} = parsed(source.replaceAll('\n', '\r\n'));
  expect(ranges).toMatchObject([
    {first: 0, last: 100, addresses: ['192.0.2.1', '2001:db8::1'], entries: [{}]},
    {first: 5, last: 5, addresses: [], entries: []},
  ]);
  expect(steps).toMatchObject([
    {number: 0, kind: 'QUERY', address: '192.0.2.99'},
    {number: 1, kind: 'CHECK_OUT_QUERY', address: '192.0.2.1'},
    {number: 2, kind: 'REPLY'},
    {number: 10, kind: 'TIME_PASSES', us: 1_250_000},
    {number: 11, kind: 'TRAFFIC'},
    {number: 12, kind: 'INFRA_RTT', address: '192.0.2.1', zone: 'example.com.', rttUs: 376_000},
    {number: 13, kind: 'ERROR'},
    {number: 14, kind: 'NOTHING'},
    {number: 20, kind: 'CHECK_ANSWER', address: undefined},
  ]);
});

test('a word more than a line takes is refused where it stands', () => {
  const lines = [
    ...['$ORIGIN example.', '$TTL 60', 'RANGE_BEGIN 0 100', 'ADDRESS 192.0.2.1', 'ENTRY_BEGIN'],
    ...['STEP 0 QUERY ADDRESS 192.0.2.99', 'STEP 2 REPLY', 'STEP 10 TIME_PASSES ELAPSE 1.25'],
    ...['STEP 11 TRAFFIC', 'STEP 12 INFRA_RTT 192.0.2.1 example.com. 376', 'STEP 20 CHECK_ANSWER'],
    ...['SECTION QUESTION', 'www.example.com. IN A'],
  ];
  const script = scenario(`$ORIGIN example.
$TTL 60
RANGE_BEGIN 0 100
ADDRESS 192.0.2.1
${entryLines('HEX_ANSWER_BEGIN', '00', 'HEX_ANSWER_END')}
RANGE_END
STEP 0 QUERY ADDRESS 192.0.2.99
${entryLines()}
STEP 2 REPLY
${entryLines()}
STEP 10 TIME_PASSES ELAPSE 1.25
STEP 11 TRAFFIC
STEP 12 INFRA_RTT 192.0.2.1 example.com. 376
STEP 20 CHECK_ANSWER
${entryLines('SECTION QUESTION', 'www.example.com. IN A')}`);
  expect(problemOf(script)).toBe('no problem');
  const heard = lines.map((line) => {
    const at = script.split('\n').indexOf(line) + 1;
    const problem = problemOf(script.replace(`\n${line}\n`, `\n${line} x\n`));
    return `${line}: ${problem.startsWith(`${at}:${line.length + 2} `) ? 'refused' : problem}`;
  });
  expect(heard).toEqual(lines.map((line) => `${line}: refused`));
});

const problemOf = (source: string): string => {
  const replay = parseReplay(source);
  if (replay.ok) return 'no problem';
  return toldLine(replay.error);
};

describe('what is refused, and where', () => {
  const step = (...lines: readonly string[]) => scenario(`STEP 1 CHECK_ANSWER\n${entryLines(...lines)}`);
  const refused: readonly (readonly [source: string, problem: string])[] = [
    ['', '1:1 thereIsNo'],
    ['server:\n\tharden-glue: yes\nCONFIG_END\n', '2:2 refuseOption harden-glue'],
    [unboundConfig.replace('server:', 'server:\n forward-zone:'), '2:2 refuseOption forward-zone'],
    [unboundConfig.replace('"no"', '"maybe"'), '3:22 refuseValue qname-minimisation maybe'],
    [unboundConfig.replace('0 0 0', '3 2 1'), '2:23 refuseValue target-fetch-policy 3 2 1 0 0'],
    [unboundConfig.replace('"."', '"com."'), '5:8 refuseValue stub-zone name com.'],
    [unboundConfig.replace('198.41.0.4', '198.41.0'), '6:13 isNotAn 198.41.0'],
    [unboundConfig.replace(': "no"', ':'), '3:2 hasNoValue qname-minimisation:'],
    ['server\nCONFIG_END\n', '1:1 isNoOption server'],
    ['name: "."\nCONFIG_END\n', '1:1 refuseOption name'],
    ['; nothing\nCONFIG_END\n', '1:1 noServerOf'],
    [unboundConfig, '8:1 thereIsNo'],
    [`${unboundConfig}STEP 1 QUERY\n`, '8:1 thereIsNo'],
    [`${unboundConfig}SCENARIO_BEGIN x\n`, '8:1 hasNo SCENARIO_BEGIN SCENARIO_END'],
    [scenario(''), '8:1 noStepChecks'],
    [scenario('STPE 1 QUERY'), '9:1 cannotStandHere STPE'],
    [scenario('RANGE_BEGIN 1'), '9:14 isMissing what'],
    [scenario('RANGE_BEGIN 9 8\nRANGE_END'), '9:15 theRangeEnds 9 8'],
    [scenario('RANGE_BEGIN 0 x\nRANGE_END'), '9:15 isNot x what'],
    [scenario('RANGE_BEGIN 0 1 2'), '9:17 isOneWord 2'],
    [scenario('RANGE_BEGIN 0 1'), '10:1 cannotStandHere SCENARIO_END'],
    [scenario('RANGE_BEGIN 0 1\nSTEP 1 QUERY'), '10:1 cannotStandHere STEP'],
    [scenario('RANGE_BEGIN 0 1\n ADDRESS ::g'), '10:10 isNotAn ::g'],
    [scenario('STEP'), '9:5 isMissing what'],
    [scenario('STEP 1'), '9:7 isMissing aStepType'],
    [scenario('STEP 1 QUERRY'), '9:8 knownWord theStepType QUERRY'],
    [scenario('STEP 1 TIMEOUT'), '9:8 knownWord theStepType TIMEOUT'],
    [scenario('STEP 1 FLUSH_MESSAGE a. A IN'), '9:8 knownWord theStepType FLUSH_MESSAGE'],
    [scenario('STEP 1 QUERY from 1'), '9:14 isOneWord from'],
    [scenario('STEP 1 QUERY\nSTEP 2 QUERY'), '10:1 theStepHas'],
    [scenario(`STEP 2 TRAFFIC\nSTEP 2 TRAFFIC`), '10:6 stepComesAfter 2 2'],
    [scenario('STEP 1 TIME_PASSES'), '9:19 timePASSESNeeds'],
    [scenario('STEP 1 TIME_PASSES EVAL 5'), '9:20 timePASSESNeeds'],
    [scenario('STEP 1 TIME_PASSES ELAPSE -5'), '9:27 timePASSESNeeds'],
    [scenario('STEP 1 TIME_PASSES ELAPSE 9999999999'), '9:27 moreThanSeconds 1000000000'],
    [scenario('STEP 1 INFRA_RTT 192.0.2.1 . x'), '9:30 isNot x ms'],
    [scenario('STEP 1 INFRA_RTT 192.0.2.1'), '9:27 isMissing zone'],
    [step('MATCH all qnam'), '11:11 knownWord MATCH qnam'],
    [step('ADJUST do_not_answer'), '11:8 knownWord ADJUST do_not_answer'],
    [step('REPLY QR NXDOMIAN'), '11:10 knownWord readReply NXDOMIAN'],
    [step('SECTION ANSWERS'), '11:9 knownWord theSection ANSWERS'],
    [step('SECTION'), '11:8 isMissing theNameOf'],
    [step('SECTION ANSWER AUTHORITY'), '11:16 isOneWord AUTHORITY'],
    [step('example.com.'), '11:13 isMissing second'],
    [step('example.com. IN'), '11:16 isMissing second'],
    [step('example.com. IN AAAAA'), '11:17 noRecordType AAAAA'],
    [step('example.com. IN A 192.0.2.1'), '11:19 isOneWord 192.0.2.1'],
    [step('a..b. IN A'), '11:1 isNoDomain a..b.'],
    [step(`${'a'.repeat(64)}. A`), `11:1 isNoDomain ${'a'.repeat(64)}.`],
    [step('SECTION ANSWER', ' a. IN A 192.0.2.256'), '12:10 address 192.0.2.256 4'],
    [step('SECTION ANSWER', 'a. A'), '12:5 missing address'],
    [step('SECTION ANSWER', 'a. XX A'), '12:4 type XX'],
    [step('SECTION ANSWER', 'a. MX 70000 b.'), '12:7 number preference 70000 65535'],
    [step('SECTION ANSWER', 'a. TXT "open'), '12:8 quote'],
    [step('$TTL 1d'), '11:6 isNot 1d aNumberOf'],
    [step('EXTRA_PACKET'), '11:1 isNotAvailable EXTRA_PACKET'],
    [step('HEX_ANSWER_END'), '11:1 isNotAvailable HEX_ANSWER_END'],
    [step('HEX_ANSWER_BEGIN', '00 0g', 'HEX_ANSWER_END'), '12:4 isNotHexadecimal 0g'],
    [step('HEX_ANSWER_BEGIN', '00 0', 'HEX_ANSWER_END'), '11:1 halfAnOctet'],
    [step('HEX_ANSWER_BEGIN', '00'), '13:1 isNotHexadecimal ENTRY_END'],
    [scenario('STEP 1 CHECK_ANSWER\nENTRY_BEGIN\nMATCH all'), '12:1 insideAnEntry SCENARIO_END'],
    [`${unboundConfig}SCENARIO_BEGIN x\nSTEP 1 QUERY\nENTRY_BEGIN\n`, '10:1 hasNo ENTRY_BEGIN ENTRY_END'],
    [step('ENTRY_BEGIN'), '11:1 insideAnEntry ENTRY_BEGIN'],
  ];

  test.each(refused.map(([source, problem]) => ({source, problem})))('$problem', ({source, problem}) => {
    expect(problemOf(source)).toBe(problem);
  });

  test('a remedy names the nearest word', () => {
    const replay = parseReplay(scenario('STEP 1 QUERRY'));
    expect(replay.ok ? '' : replay.error.remedy.en).toMatch(/did you mean QUERY\?/);
    expect(replay.ok ? '' : replay.error.remedy.zh).toMatch(/是不是 QUERY？/);
  });

  test('more than a message holds', () => {
    const records = Array.from({length: 5000}, (_, i) => `a${i}.example. TXT ${'x'.repeat(20)}`);
    expect(problemOf(step('SECTION ANSWER', ...records))).toBe('10:1 thisIsMore');
    expect(problemOf(step('SECTION ANSWER', ...records, 'b. A 192.0.2.1'))).toMatch(
      /^5012:1 moreThanRecords 5000$/,
    );
  });
});

describe('whatever is written', () => {
  const folder = `${root}test/fixtures/rpl/`;
  const sources = readdirSync(folder).map((file) => readFileSync(folder + file, 'utf8'));

  test('a replay or a problem inside the script, never an exception', () => {
    const words = [
      'STEP',
      'ENTRY_BEGIN',
      'ENTRY_END',
      'SECTION ANSWER',
      '(',
      '"',
      '\\',
      '$TTL',
      ';',
      '\u0000',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...sources, scenario(check)),
        fc.nat(),
        fc.nat(12),
        fc.oneof(fc.constantFrom(...words), fc.string({unit: codePoint, maxLength: 8})),
        (source, at, length, piece) => {
          const place = at % source.length;
          const damaged = source.slice(0, place) + piece + source.slice(place + length);
          const replay = parseReplay(damaged);
          if (replay.ok) return;
          const {line, column} = replay.error.position;
          const lines = damaged.replaceAll('\r\n', '\n').split('\n');
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
        },
      ),
      {numRuns: runs(500)},
    );
  });
});
