// HTTP in selectors, filters and expressions: used, and misused with place and remedy pinned. Oracles: times by hand,
// RFC 6265 §5.4, RFC 9110 §15.

import {describe, expect, test} from 'vitest';
import {describeSelector} from '../../../source/lesson/describe.ts';
import {evaluate} from '../../../source/lesson/evaluate.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {parseExpression} from '../../../source/lesson/expression-parser.ts';
import {matchingEvents, watchFor} from '../../../source/lesson/match.ts';
import {vocabulary} from '../../../source/lesson/protocols.ts';
import {parseSelector} from '../../../source/lesson/selector-parser.ts';
import {plainValue} from '../../../source/lesson/value.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {misspelt, type Told, toldProblem} from '../told-problem.ts';
import {errorsOf, script, server, traceWith} from './site.ts';

const names = {hosts: ['client', 'server'], connections: ['a'], vocabulary};
const shop = server(
  'routes: [{get: /, body: 10B}, {get: /big, body: 4000B}, {get: /old, redirect: /}], sessions: {cookie: SID, idle: 30m}',
);
const get = (at: string, path: string): string =>
  `{at: ${at}, host: client, call: get, url: 'http://shop.example.com${path}'}`;

const trace = traceWith({
  runs: `${shop}limit: 2h\n`,
  script: script(get('0s', '/'), get('1s', '/big'), get('2s', '/old'), get('40m', '/'), get('41m', '/none')),
});

const selectorOf = (source: string) => {
  const selector = parseSelector(source, names);
  if (!selector.ok) expect.fail(selector.error.message.en);
  return selector.value;
};

/** Times of what is selected, in ms. */
const times = (source: string, of: Trace = trace): readonly number[] =>
  matchingEvents(selectorOf(source), of).map((n) => of.event(n).atUs / 1000);

const value = (source: string) => {
  const parsed = parseExpression(source, names);
  if (!parsed.ok) return expect.fail(parsed.error[0].message.en);
  const found = evaluate(parsed.value, {trace, event: trace.length});
  return found.ok ? plainValue(found.value) : toldProblem(found.error);
};

describe('selectors', () => {
  test.each([
    ['{sends: client, http: {method: GET}}', [100, 1000, 2000, 2100, 2_400_100, 2_460_100]],
    ['{sends: client, http: {method: POST}}', []],
    ['{arrives: client, http: {status: 302}}', [2100]],
    ['{arrives: client, http: {status: 404}}', [2_460_200]],
    // The three segments of /big: the message begins in the first.
    ['{sends: server, carries: data, http: {}, after: {at: 999ms}, nth: 1}', [1050]],
    ['{sends: server, http: {status: 200}}', [150, 1050, 2150, 2_400_150]],
    ['{sends: server, flags: [SYN, ACK], http: {}}', []],
  ])('%s', (selector, expected) => {
    expect(times(selector)).toEqual(expected);
  });

  test('the answers of pipelined requests may begin in one segment, and a retransmission begins what it repeats', () => {
    const urls = "urls: ['http://server/', 'http://server/']";
    const lesson = {
      runs: `${server('routes: [{get: /, body: 10B}]')}runs: {base: {faults: [{drop: {from: server, data: true, nth: 1}}]}}\n`,
      script: script(`{at: 0ms, host: client, call: pipeline, ${urls}}`),
    };
    const lost = traceWith(lesson);
    const sent = matchingEvents(selectorOf('{sends: server, http: {status: 200}}'), lost);
    const again = matchingEvents(
      selectorOf('{sends: server, http: {status: 200}, retransmission: true}'),
      lost,
    );
    expect(again.length).toBeGreaterThan(0);
    expect(sent.length).toBeGreaterThan(again.length);
  });

  test('a run can end with a message: until is shown the packets as they are sent', () => {
    const watch = watchFor(selectorOf('{arrives: client, http: {status: 302}}'));
    const found = [...trace.events()].find(watch);
    expect(found?.atUs).toBe(2_100_000);
    const ended = traceWith({
      runs: `${shop}until: {arrives: client, http: {status: 302}}\n`,
      script: script(get('0s', '/old')),
    });
    expect(ended.durationUs).toBe(200_000);
  });

  test('in words', () => {
    const said = describeSelector(selectorOf('{arrives: client, http: {status: 404}}'));
    expect(said).toEqual(everywhere({en: 'client receives http 404', zh: 'client 收到 http 404'}));
  });
});

describe('expressions', () => {
  test.each([
    // Lesson 23: 57 octets with the path /sample/hello.jsp and the host www.example.com; here 1 and 16 of them.
    ['first({sends: client, http: {method: GET}}).tcp.len', 57 - 17 + 1 - 15 + 16],
    ['first("http.request").http.host', 'shop.example.com'],
    ['first("http.response.code == 302").http.location', '/'],
    ['count("http.request.method == \\"GET\\"")'.replaceAll('\\"', "'"), 6],
    ['count(\'http.request.uri == "/big"\')', 1],
    ['count("http.response.code == 200 && http.content_length == 4000")', 1],
    ['count("http.set_cookie")', 2],
    ['at(1s).server.sessions.count', 1],
    ['at(35m).server.sessions.count', 0],
    ['server.sessions.count', 1],
    ['server.sessions.created', 2],
    ['client.jar("shop.example.com").size', 1],
    ['client.jar("www.example.com").size', 0],
    ['client.jar("https://shop.example.com:8443").size', 1],
    ['at(100ms).client.jar("shop.example.com").size', 0],
    ['client.sessions.count', {says: 'httpMemory.httpPropertyAt.sessions', name: 'client'}],
    ['server.jar("shop.example.com").size', {says: 'httpMemory.inJar.sent', name: 'server'}],
  ])('%s', (source, expected) => {
    expect(value(source)).toEqual(
      typeof expected === 'object' ? expect.objectContaining(expected) : expected,
    );
  });

  test('the jar’s cookies are the field that is sent', () => {
    expect(value('client.jar("shop.example.com").cookies')).toBe(
      value('last({sends: client, http: {method: GET}}).http.cookie'),
    );
  });
});

describe('misused', () => {
  const beat = (selector: string): readonly Told[] =>
    errorsOf({beats: `beats:\n  - {when: ${selector}, say: {en: a, zh: 甲}}\n`});
  const check = (that: string): readonly Told[] =>
    errorsOf({checks: `checks: [{that: '${that}', because: x}]\n`});

  test.each([
    ['{sends: client, http: {method: GET, status: 200}}', {at: '17:34', says: 'httpConstructs.aMethodIs'}],
    [
      '{sends: client, http: {state: 200}}',
      {at: '17:35', says: 'problem.unknownWord', remedy: 'allowedHere', given: 'state'},
    ],
    [
      '{sends: client, http: {status: 1000}}',
      {at: '17:43', says: 'schemaProblems.expected.isNotWhat', what: 'status code', shown: '1000'},
    ],
    [
      '{enters: CLOSED, http: {}}',
      {
        at: '17:29',
        says: 'selectorParser.checkCompanions',
        key: 'http',
        head: 'enters',
        some: true,
        shown: ['host', 'nth', 'after'],
      },
    ],
  ])('%s', (selector, error) => {
    expect(beat(selector)).toMatchObject([error]);
  });

  test.each([
    [
      'client.jar("https://www/x").size == 1',
      {at: '18:29', says: 'httpMemoryParser.jarOf.isNoHost', site: 'https://www/x'},
    ],
    ['client.jar("a b").size == 1', {at: '18:29', says: 'httpMemoryParser.jarOf.isNoHost', site: 'a b'}],
    [
      'client.jar(www).size == 1',
      {at: '18:29', says: 'parser.expected.wasExpectedNot', what: 'aSitesName', text: 'www'},
    ],
    ['client.jar("www").sise == 1', misspelt('18:36', 'sise', 'size', 'value')],
    [
      'server.sessions.size == 1',
      {at: '18:25', says: 'problem.unknownWord', remedy: 'allowedHere', given: 'sessions.size'},
    ],
    ['count("http.response.cod == 1") == 1', misspelt('18:25', 'http.response.cod', 'http.response.code')],
    [
      'count("http.host == 5") == 1',
      {at: '18:38', says: 'parser.expected.wasExpectedNot', what: 'textInQuotes', text: '5'},
    ],
  ])('%s', (that, error) => {
    expect(check(that)).toMatchObject([error]);
  });
});
