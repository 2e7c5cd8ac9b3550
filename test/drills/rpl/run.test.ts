// The run (Unbound's testcode/fake_event.c, run_scenario) around a relay, and what MATCH compares (testpkts.c, Deckard's guide).

import {describe, expect, test} from 'vitest';
import {differences, matches} from '../../../source/drills/rpl/compare.ts';
import {differenceLines, type ReplayFailure} from '../../../source/drills/rpl/failure.ts';
import type {ResolverMaker} from '../../../source/drills/rpl/resolver.ts';
import {runReplay} from '../../../source/drills/rpl/run.ts';
import {deckardConfig, entryLines, entryOf, parsed, scenario, twinOf, unboundConfig} from './bench.ts';
import {relay, seen} from './relay.ts';
import '../../helpers/meaning.ts';

const question = ['SECTION QUESTION', 'www.example. IN A'];
const query = (number: number, ...extra: readonly string[]): string =>
  `STEP ${number} QUERY\n${entryLines('REPLY RD', ...extra, ...question)}`;
const served = (address: string, range = '0 100', match = 'MATCH opcode qtype qname'): string =>
  `RANGE_BEGIN ${range}
  ADDRESS 198.41.0.4
  ${entryLines(match, 'ADJUST copy_id', 'REPLY QR AA', ...question, 'SECTION ANSWER', `www.example. A ${address}`)}
  RANGE_END`;
const check = (number: number, address: string, ...extra: readonly string[]): string =>
  `STEP ${number} CHECK_ANSWER
  ${entryLines('MATCH all', ...extra, 'REPLY QR RD RA NOERROR', ...question, 'SECTION ANSWER', `www.example. A ${address}`)}`;

const failureOf = (
  lines: readonly string[],
  config = unboundConfig,
  make: ResolverMaker = relay(),
): ReplayFailure | undefined => runReplay(parsed(scenario(lines.join('\n'), config)), make);

const messageOf = (...args: Parameters<typeof failureOf>): string | undefined =>
  failureOf(...args)?.message.en;

const failures = 'drills-rpl.rplFailureSentences';
const failed = (number: number, kind: string, what?: string) => ({
  says: `${failures}.fail.message`,
  name: {says: `${failures}.step`, number, kind},
  ...(what === undefined ? {} : {what: {says: `${failures}.${what}`}}),
});

test('a range answers, the answer is checked', () => {
  expect(failureOf([served('192.0.2.1'), query(1), check(10, '192.0.2.1')])).toBeUndefined();
});

test('another response code fails, at the entry, with both sides', () => {
  const source = scenario([served('192.0.2.1'), query(1), check(10, '192.0.2.1')].join('\n'));
  const failure = runReplay(parsed(twinOf(source) ?? ''), relay());
  expect(failure?.message.en).toSay({
    ...failed(10, 'CHECK_ANSWER'),
    what: {
      says: `${failures}.answerDiffers.theAnswerDiffers`,
      what: {says: 'drills-rpl.rplCompareSentences.rcode'},
    },
  });
  const line = source.split('\n').lastIndexOf('  ENTRY_BEGIN') + 1;
  expect(failure?.position).toEqual({line, column: 3});
  expect(failure && differenceLines(failure).map(({en}) => en)).toEqual([
    'expected rcode NXDOMAIN',
    'came     rcode NOERROR',
  ]);
});

test('only what differs is shown', () => {
  const failure = failureOf([served('192.0.2.1'), query(1), check(10, '192.0.2.2')]);
  expect(failure?.message.en).toSay(failed(10, 'CHECK_ANSWER', 'answerDiffers.theAnswerDiffers'));
  expect(failure).toMatchObject({
    expected: ['ANSWER www.example. IN A 192.0.2.2'],
    actual: ['ANSWER www.example. IN A 192.0.2.1'],
  });
});

describe('ranges', () => {
  test('the step to come counts: QUERY advances before it acts', () => {
    const late = [served('192.0.2.1', '10 10'), query(1), check(10, '192.0.2.1')];
    expect(failureOf(late)).toBeUndefined();
    const early = [served('192.0.2.1', '1 9'), query(1), check(10, '192.0.2.1')];
    expect(failureOf(early)).toMatchObject({
      message: {en: 'step 10 CHECK_ANSWER: no answer came'},
      actual: ['www.example. IN A to 198.41.0.4 (UDP)'],
    });
  });

  test('of two that match Unbound asks the one read last, Deckard the first', () => {
    const both = (address: string) => [
      served('192.0.2.1'),
      served('192.0.2.2'),
      query(1),
      check(10, address),
    ];
    expect(failureOf(both('192.0.2.2'))).toBeUndefined();
    expect(failureOf(both('192.0.2.1'), deckardConfig)).toBeUndefined();
  });

  test('another server’s range says nothing', () => {
    const elsewhere = served('192.0.2.1').replace('198.41.0.4', '198.41.0.5');
    expect(messageOf([elsewhere, query(1), check(10, '192.0.2.1')])).toMatch(/no answer came/);
    const any = served('192.0.2.1').replace('ADDRESS 198.41.0.4', '');
    expect(failureOf([any, query(1), check(10, '192.0.2.1')])).toBeUndefined();
  });

  test('copy_query takes the question over; without copy_id the ID stays 0', () => {
    const parent = served('192.0.2.1', '0 100', 'MATCH subdomain').replace('www.example. IN A', 'example. A');
    expect(messageOf([parent, query(1), check(10, '192.0.2.1')])).toMatch(/differs in QUESTION$/);
    const copied = parent.replace('copy_id', 'copy_id copy_query');
    expect(failureOf([copied, query(1), check(10, '192.0.2.1')])).toBeUndefined();
    seen.length = 0;
    failureOf([served('192.0.2.1').replace('ADJUST copy_id', ''), query(1), check(10, '192.0.2.1')]);
    const [, reply] = seen.flatMap((event) => (event.kind === 'datagram' ? [event.data] : []));
    expect(reply?.slice(0, 2)).toEqual(Uint8Array.of(0, 0));
  });

  test('octets in place of a message', () => {
    const range = `RANGE_BEGIN 0 100
      ${entryLines(
        'MATCH qname',
        'ADJUST copy_id',
        ...question,
        'HEX_ANSWER_BEGIN',
        'ffff 8403 0001 0000 0000 0000',
        '03 777777 07 6578616d706c65 00 0001 0001 ; www.example. IN A',
        'HEX_ANSWER_END',
      )}
      RANGE_END`;
    const nothing = `STEP 10 CHECK_ANSWER\n${entryLines('MATCH all', 'REPLY QR RD RA NXDOMAIN', ...question)}`;
    expect(failureOf([range, query(1), nothing])).toBeUndefined();
  });
});

describe('queries that no range answers', () => {
  const out = (number: number, ...extra: readonly string[]) =>
    `STEP ${number} CHECK_OUT_QUERY\n${entryLines('MATCH qname qtype', ...extra, ...question)}`;
  const reply = (number: number, address: string) =>
    `STEP ${number} REPLY
    ${entryLines('ADJUST copy_id', 'REPLY QR', ...question, 'SECTION ANSWER', `www.example. A ${address}`)}`;

  test('CHECK_OUT_QUERY sees it, REPLY answers it', () => {
    expect(failureOf([query(1), out(5), reply(6, '192.0.2.1'), check(10, '192.0.2.1')])).toBeUndefined();
  });

  test('CHECK_OUT_QUERY with copy_id is the reply itself, unless a REPLY follows', () => {
    const itself = out(5, 'ADJUST copy_id', 'REPLY QR', 'SECTION ANSWER', 'www.example. A 192.0.2.1');
    expect(failureOf([query(1), itself, check(10, '192.0.2.1')])).toBeUndefined();
    expect(failureOf([query(1), itself, reply(6, '192.0.2.2'), check(10, '192.0.2.2')])).toBeUndefined();
  });

  test('CHECK_OUT_QUERY of something else', () => {
    const other = out(5).replace('www.example. IN A', 'ftp.example. IN A');
    const failure = failureOf([query(1), other, check(10, '192.0.2.1')]);
    expect(failure?.message.en).toSay(failed(5, 'CHECK_OUT_QUERY', 'noOutQuery.noSuchQuery'));
    expect(failure).toMatchObject({
      expected: ['ftp.example. IN A'],
      actual: ['www.example. IN A to 198.41.0.4 (UDP)'],
    });
    const elsewhere = out(5).replace('QUERY\n', 'QUERY ADDRESS 198.41.0.5\n');
    expect(messageOf([query(1), elsewhere])).toSay({says: `${failures}.noOutQuery.noSuchQuery`});
  });

  test('REPLY answers the query sent last', () => {
    const lines = [query(1), query(2), reply(3, '192.0.2.2'), check(4, '192.0.2.2'), reply(5, '192.0.2.1')];
    expect(failureOf([...lines, check(10, '192.0.2.1')])).toBeUndefined();
    const clients = seen.flatMap((event) =>
      event.kind === 'datagram' && event.port !== 53 ? [event.port] : [],
    );
    expect(clients.slice(-2)).toEqual([5001, 5000]);
  });

  test('ERROR: nobody is there', () => {
    const servfail = `STEP 10 CHECK_ANSWER\n${entryLines('MATCH all', 'REPLY QR RD RA SERVFAIL', ...question)}`;
    expect(failureOf([query(1), 'STEP 2 ERROR', servfail])).toBeUndefined();
  });

  test.each(['REPLY\nENTRY_BEGIN\nENTRY_END', 'ERROR'])('%j where nothing is pending', (step) => {
    const lines = [served('192.0.2.1'), query(1), check(2, '192.0.2.1'), `STEP 3 ${step}`];
    expect(messageOf(lines)).toMatch(/^step 3 \w+: no query is pending$/);
  });

  test('the end: none may be left', () => {
    const lines = [query(1), out(5), 'STEP 6 TRAFFIC'];
    expect(messageOf(lines)).toSay(failed(6, 'TRAFFIC', 'leftPending'));
    expect(failureOf(lines)?.actual).toEqual(['www.example. IN A to 198.41.0.4 (UDP)']);
  });
});

test('the end: no answer may be left unchecked', () => {
  const lines = [served('192.0.2.1'), query(1), check(2, '192.0.2.1'), query(3), 'STEP 4 TRAFFIC'];
  expect(messageOf(lines)).toSay(failed(3, 'QUERY', 'leftUnchecked.itsAnswerWas'));
});

test('answers wait in a list; CHECK_ANSWER takes the first that matches', () => {
  const other = query(2).replace('www.example. IN A', 'ftp.example. IN A');
  const second = served('192.0.2.2').replaceAll('www.', 'ftp.');
  const checkSecond = check(5, '192.0.2.2').replaceAll('www.', 'ftp.');
  const lines = [served('192.0.2.1'), second, query(1), other, 'STEP 3 TRAFFIC'];
  expect(failureOf([...lines, checkSecond, check(6, '192.0.2.1')])).toBeUndefined();
});

test('5,000 rounds and no more', () => {
  const lines = [served('192.0.2.1'), query(1), check(10, '192.0.2.1')];
  const make = relay({stubborn: true});
  expect(messageOf(lines, unboundConfig, make)).toSay({
    ...failed(10, 'CHECK_ANSWER'),
    what: {says: `${failures}.tooManyRounds.notReachedWithin`, rounds: 5000},
  });
});

describe('TIME_PASSES', () => {
  const timers = (): number => seen.filter(({kind}) => kind === 'timer').length;

  test('fires what is due, each once', () => {
    seen.length = 0;
    const lines = [
      served('192.0.2.1'),
      query(1),
      check(2, '192.0.2.1'),
      'STEP 3 TIME_PASSES ELAPSE 2.999999',
    ];
    expect(failureOf(lines)).toBeUndefined();
    expect(timers()).toBe(0);
    const more = [...lines, 'STEP 4 TIME_PASSES ELAPSE 0.000001', check(5, '192.0.2.1')];
    expect(failureOf(more)).toBeUndefined();
    expect(timers()).toBe(1);
  });

  test('a query stays pending: no timer of its own moves it', () => {
    seen.length = 0;
    const lines = [
      served('192.0.2.1', '3 3'),
      query(1),
      'STEP 2 TIME_PASSES ELAPSE 60',
      check(3, '192.0.2.1'),
    ];
    expect(failureOf(lines)).toBeUndefined();
    expect(timers()).toBe(0);
  });
});

test('INFRA_RTT tells the resolver', () => {
  const lines = [served('192.0.2.1'), 'STEP 1 INFRA_RTT 192.0.2.9 example. 376', query(2)];
  failureOf([...lines, check(3, '192.0.2.1')]);
  const call = {call: 'measured', server: '192.0.2.9', rttUs: 376_000};
  expect(seen).toContainEqual(expect.objectContaining({kind: 'call', call}));
});

test('TCP: a client’s query, and one repeated because of TC', () => {
  const entry = (match: string, ...lines: readonly string[]) =>
    entryLines(match, 'ADJUST copy_id', ...lines, ...question);
  const range = `RANGE_BEGIN 0 100
    ${entry('MATCH UDP', 'REPLY QR TC')}
    ${entry('MATCH TCP', 'REPLY QR', 'SECTION ANSWER', 'www.example. A 192.0.2.1')}
    RANGE_END`;
  expect(failureOf([range, query(1, 'MATCH TCP'), check(2, '192.0.2.1', 'MATCH TCP')])).toBeUndefined();
  expect(failureOf([range, query(1, 'MATCH TCP'), check(2, '192.0.2.1', 'MATCH UDP')])).toMatchObject({
    message: {en: expect.stringMatching(/the transport$/)},
    expected: ['UDP'],
    actual: ['TCP'],
  });
});

describe('MATCH', () => {
  const actual = entryOf(
    'REPLY QR RD NXDOMAIN',
    'SECTION QUESTION',
    'a.Example. AAAA',
    'SECTION ANSWER',
    'a.example. 60 NS n.',
    'a.example. 60 NS m.',
    'SECTION AUTHORITY',
    'example. 60 NS n.',
  ).message;
  const carried = {message: actual, transport: 'UDP'} as const;
  const like = (match: string, reply: string, name: string, ...answer: readonly string[]) =>
    entryOf(
      `MATCH ${match}`,
      `REPLY ${reply}`,
      'SECTION QUESTION',
      name,
      'SECTION ANSWER',
      ...answer,
      'SECTION AUTHORITY',
      'example. 60 NS n.',
    );

  const answer = ['a.example. 60 NS n.', 'a.example. 60 NS m.'];
  test.each<readonly [string, string, string, readonly string[], boolean]>([
    ['opcode', 'QUERY', '. A', [], true],
    ['opcode', 'NOTIFY', '. A', [], false],
    ['rcode', 'NXDOMAIN', '. A', [], true],
    ['rcode', 'NOERROR', '. A', [], false],
    ['qtype', '', 'b. AAAA', [], true],
    ['qtype', '', 'a.example. A', [], false],
    ['qname', '', 'A.EXAMPLE. A', [], true],
    ['qname', '', 'example. A', [], false],
    ['subdomain', '', 'EXAMPLE. A', [], true],
    ['subdomain', '', 'a.example. A', [], true],
    ['subdomain', '', 'b.a.example. A', [], false],
    ['subdomain', '', 'ample. A', [], false],
    ['question', '', 'a.example. AAAA', [], true],
    ['question', '', 'a.example. A', [], false],
    ['answer', '', '. A', answer, true],
    ['answer', '', '. A', answer.slice(1), false],
    ['UDP', '', '. A', [], true],
    ['TCP', '', '. A', [], false],
    ['all', 'QR RD NXDOMAIN', 'a.example. AAAA', answer, true],
    ['all', 'QR RD NXDOMAIN', 'A.example. AAAA', answer.map((line) => line.replace('60', '61')), true],
    ['all ttl', 'QR RD NXDOMAIN', 'a.example. AAAA', answer.map((line) => line.replace('60', '61')), false],
    ['all', 'QR RD RA NXDOMAIN', 'a.example. AAAA', answer, false],
    ['all', 'QR RD NXDOMAIN', 'a.example. A', answer, false],
    ['all', 'QR RD NXDOMAIN DO', 'a.example. AAAA', answer, false],
    ['ttl', '', '. A', [], true],
  ])('%s: %s %s %o: %s', (match, reply, name, records, agrees) => {
    expect(matches(like(match, reply, name, ...records), carried, 'unbound')).toBe(agrees);
  });

  test('each part is named where it differs, with both sides', () => {
    const other = entryOf(
      'MATCH all TCP',
      'REPLY NOTIFY REFUSED AA',
      'SECTION QUESTION',
      'b. MX',
      'SECTION ANSWER',
      'b. 60 NS n.',
    );
    const found = differences({...other, message: {...other.message, id: 7}}, carried, 'unbound');
    expect(found.map(({what}) => what.en)).toEqual([
      ...['the transport', 'the opcode', 'the response code', 'the flags', 'the ID'],
      ...['QUESTION', 'ANSWER', 'AUTHORITY'],
    ]);
    expect(found.map(({expected, actual}) => [expected[0] ?? '', actual[0] ?? '']).slice(0, 6)).toEqual([
      ['TCP', 'UDP'],
      ['opcode NOTIFY', 'opcode QUERY'],
      ['rcode REFUSED', 'rcode NXDOMAIN'],
      ['flags AA', 'flags QR RD'],
      ['ID 7', 'ID 0'],
      ['QUESTION b. IN MX', 'QUESTION a.example. IN AAAA'],
    ]);
    // Deckard's guide asks for the question's parts one by one, and for no ID.
    expect(differences(other, carried, 'deckard').map(({what}) => what.en)).toEqual([
      ...['the transport', 'the opcode', 'the type asked for', 'the name asked for', 'the flags'],
      ...['the response code', 'ANSWER', 'AUTHORITY'],
    ]);
  });

  test('records in another order: Unbound minds, Deckard does not, and it minds no TTL', () => {
    const turned = like('all ttl', 'QR RD NXDOMAIN', 'a.example. AAAA', ...answer.toReversed());
    expect(matches(turned, carried, 'unbound')).toBe(false);
    expect(matches(turned, carried, 'deckard')).toBe(true);
    const [difference] = differences(turned, carried, 'unbound');
    expect(difference?.expected).toEqual(['ANSWER a.example. 60 IN NS m.', 'ANSWER a.example. 60 IN NS n.']);
    expect(difference?.actual).toEqual(difference?.expected.toReversed());
  });
});
