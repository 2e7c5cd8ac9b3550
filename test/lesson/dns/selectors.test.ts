// DNS in selectors and expressions: used, and misused with place and remedy pinned. Oracles: by hand (who says what
// in which section, TTLs by the clock), RFC 2308 §5 for what is cached of a name that does not exist.

import {describe, expect, test} from 'vitest';
import {describeSelector} from '../../../source/lesson/describe.ts';
import {evaluate} from '../../../source/lesson/evaluate.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {parseExpression} from '../../../source/lesson/expression-parser.ts';
import {matchingEvents} from '../../../source/lesson/match.ts';
import {vocabulary} from '../../../source/lesson/protocols.ts';
import {parseSelector} from '../../../source/lesson/selector-parser.ts';
import {plainValue} from '../../../source/lesson/value.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {traceOf} from '../fragments.ts';
import {misspelt, toldProblem} from '../told-problem.ts';
import {apps, errorsOf, load, script, servers} from './network.ts';

const names = {
  hosts: ['m', 'local', 'r1', 'root', 'tld', 'auth', 'eve'],
  connections: ['q'],
  vocabulary,
};

const trace = traceOf(
  load({
    script: script(
      '{at: 0ms, host: m, call: resolve, name: y.abc.com, as: q}',
      '{at: 10s, host: m, call: resolve, name: nope.abc.com}',
      '{at: 20s, host: local, call: resolve, name: Y.abc.com}',
      '{at: 30s, host: m, call: setHosts, entries: {y.abc.com: 203.0.113.99}}',
      '{at: 310s, host: local, call: resolve, name: y.abc.com}',
      '{at: 320s, host: local, call: flushCache}',
      '{at: 330s, host: m, call: resolve, name: mail.abc.com, type: MX}',
    ),
  }),
);

const selectorOf = (source: string) => {
  const selector = parseSelector(source, names);
  if (!selector.ok) expect.fail(selector.error.message.en);
  return selector.value;
};

/** Times of what is selected, in ms. */
const times = (source: string, of: Trace = trace): readonly number[] =>
  matchingEvents(selectorOf(source), of).map((n) => of.event(n).atUs / 1000);

describe('selectors', () => {
  test.each([
    ['{sends: m, dns: {response: false, name: y.abc.com}}', [0]],
    ['{sends: root, dns: {response: true, section: authority}}', [25, 330_025]],
    ['{sends: tld, dns: {section: authority}}', [65, 330_065]],
    ['{sends: auth, dns: {section: answer, name: Y.ABC.com, qtype: A}}', [105, 310_020]],
    // NXDOMAIN: no answer, the SOA record in AUTHORITY (RFC 2308 §2.1).
    ['{sends: auth, dns: {section: authority}}', [10_025]],
    ['{arrives: m, dns: {rcode: NXDOMAIN}}', [10_050]],
    ['{arrives: m, dns: {rcode: NOERROR}}', [130, 330_130]],
    ['{sends: any, dns: {qtype: mx}, nth: 1}', [330_000]],
    ['{sends: any, dns: {truncated: true}}', []],
    ['{sends: local, dns: {section: none}}', []],
    ['{forwards: r1, dns: {response: true}, nth: 1}', [45]],
    ['{sends: m, flags: [SYN], dns: {}}', []],
  ])('%s', (selector, expected) => {
    expect(times(selector)).toEqual(expected);
  });

  // RFC 1034 §4.3.1: whoever refuses tells nothing, in no section.
  test('a response without any', () => {
    const refused = load({
      runs: apps('{host: local, dns: {stub: {servers: [203.0.113.53], attempts: 1}}}', ...servers),
      script: script('{at: 0ms, host: local, call: resolve, name: www.example.org}'),
    });
    const sections = ['answer', 'authority', 'additional', 'none'];
    const found = sections.map((name) => times(`{sends: auth, dns: {section: ${name}}}`, traceOf(refused)));
    expect(found).toEqual([[], [], [], [20]]);
  });

  test.each([
    // The third comes along with mail's MX (RFC 1035 §3.3.9).
    ['{cache: store, host: local, name: y.abc.com, type: A}', [125, 310_040, 330_125]],
    ['{cache: hit, host: local}', [20_000]],
    ['{cache: expire, host: local, name: y.abc.com}', [310_000]],
    ['{cache: flush}', [320_000]],
    ['{cache: flush, name: y.abc.com}', []],
    ['{cache: miss, host: m, type: MX}', [330_000]],
    // RFC 2308 §5: of NXDOMAIN whatever type was asked for.
    ['{cache: store, host: any, name: nope.abc.com, nth: 2}', [10_050]],
    // NXDOMAIN speaks for every type.
    ['{cache: store, host: any, name: nope.abc.com, type: MX, nth: 2}', [10_050]],
    ['{cache: hit, after: {at: 21s}}', []],
  ])('%s', (selector, expected) => {
    expect(times(selector)).toEqual(expected);
  });

  test.each([
    ['{call: resolve}', [0, 10_000, 20_000, 310_000, 330_000]],
    ['{call: resolve, returns: ok}', [130, 20_000, 310_040, 330_130]],
    ['{call: resolve, host: m, returns: NXDOMAIN}', [10_050]],
    ['{call: resolve, returns: SERVFAIL}', []],
    ['{call: setHosts, returns: ok}', [30_000]],
    ['{call: flushCache, returns: ok}', [320_000]],
  ])('%s', (selector, expected) => {
    expect(times(selector)).toEqual(expected);
  });

  test('in words', () => {
    const words = (source: string) => describeSelector(selectorOf(source));
    expect(
      words('{arrives: m, dns: {rcode: NXDOMAIN, section: authority, qtype: A, name: y.abc.com}}').en,
    ).toBe('m receives dns message NXDOMAIN section authority A y.abc.com.');
    expect(words('{sends: any, dns: {response: false, truncated: true}}').zh).toBe(
      '某台主机 发送 dns query truncated true',
    );
    expect(words('{cache: store, host: local, name: y.abc.com, type: A}')).toEqual(
      everywhere({
        en: 'local: cache store y.abc.com. A',
        zh: 'local 的缓存 store y.abc.com. A',
      }),
    );
    expect(words('{cache: flush}').en).toBe('a host: cache flush');
  });

  test.each([
    ['sends: m, dns: {respons: true}', misspelt('33:29', 'respons', 'response', 'key')],
    ['sends: m, dns: {rcode: NXDOMIAN}', misspelt('33:36', 'NXDOMIAN', 'NXDOMAIN', 'value')],
    ['sends: m, dns: {section: authorities}', misspelt('33:38', 'authorities', 'authority')],
    ['sends: m, dns: {qtype: AAAAAA}', misspelt('33:36', 'AAAAAA', 'AAAA')],
    ['sends: m, dns: {name: a..b}', {at: '33:35', says: 'zoneProblems.name', given: 'a..b', why: 'empty'}],
    ['cache: hits', misspelt('33:20', 'hits', 'hit', 'value')],
    ['cache: hit, type: AAAAAA', misspelt('33:31', 'AAAAAA', 'AAAA')],
    ['cache: hit, host: locl', misspelt('33:31', 'locl', 'local', 'host')],
    [
      'cache: hit, flags: [SYN]',
      {
        at: '33:25',
        says: 'selectorParser.checkCompanions',
        key: 'flags',
        head: 'cache',
        some: true,
        shown: ['host', 'name', 'type', 'nth', 'after'],
      },
    ],
    ['call: resolve, returns: NXDOMIAN', misspelt('33:37', 'NXDOMIAN', 'NXDOMAIN', 'value')],
  ])('misused: %s', (selector, error) => {
    const beats = `beats:\n  - {when: {${selector}}, say: {en: a, zh: 甲}}\n`;
    const [first] = errorsOf({beats});
    expect(first).toMatchObject(error);
  });
});

const valueAt = (source: string) => {
  const parsed = parseExpression(source, names);
  if (!parsed.ok) return expect.fail(parsed.error[0].message.en);
  const value = evaluate(parsed.value, {trace, event: trace.length});
  return value.ok ? plainValue(value.value) : toldProblem(value.error);
};

describe('expressions', () => {
  test.each([
    // Stored at 0.125 s for 300 s: less the whole seconds that have passed (curriculum, lesson 21).
    ['at(1s).local.cache("y.abc.com", A).ttl', 300],
    ['at(100s).local.cache("Y.ABC.COM.", A).ttl', 201],
    ['at(100.125s).local.cache("y.abc.com", A).ttl', 200],
    ['at(101.124s).local.cache("y.abc.com", A).ttl', 200],
    ['at(1s).local.cache("y.abc.com", A).address', '203.0.113.80'],
    ['at(1s).local.cache("com", NS).data', 'dns.com.'],
    ['at(1s).local.cache("com", NS).count', 1],
    ['at({cache: hit, host: local}).local.cache("y.abc.com", A).ttl', 281],
    // RFC 2308 §5: min(SOA TTL, MINIMUM) = 60; NXDOMAIN speaks for every type.
    ['at(20s).local.cache("nope.abc.com", A).ttl', 51],
    ['at(20s).local.cache("nope.abc.com", MX).negative', 'NXDOMAIN'],
    ['at(20s).local.cache("nope.abc.com", A).count', 0],
    ['at(31s).m.hosts("y.abc.com").address', '203.0.113.99'],
    ['at(1s).m.cache.size', 1],
    ['at(320s).local.cache.size', 0],
    ['local.cache("mail.abc.com", MX).data', '10 y.abc.com.'],
    ['at(100s).local.cache("y.abc.com", A).ttl - 101 == 100', 'true'],
    // Nothing of the kind: said, not made up.
    [
      'at(1ms).local.cache("y.abc.com", A).ttl',
      {says: 'dnsMemoryAt.inCache.theCacheOfHasNo', host: 'local', what: 'y.abc.com. A'},
    ],
    [
      'at(301s).local.cache("y.abc.com", A).ttl',
      {says: 'dnsMemoryAt.inCache.theCacheOfHasNo', host: 'local', what: 'y.abc.com. A'},
    ],
    [
      'at(1s).local.cache("y.abc.com", AAAA).ttl',
      {says: 'dnsMemoryAt.inCache.theCacheOfHasNo', host: 'local', what: 'y.abc.com. AAAA'},
    ],
    [
      'at(1s).local.cache("com", NS).address',
      {says: 'dnsMemoryAt.inCache.inTheCacheOfHas', host: 'local', what: 'com. NS'},
    ],
    ['at(1s).m.hosts("y.abc.com").address', {says: 'dnsMemoryAt.inHosts', host: 'm', name: 'y.abc.com.'}],
    ['auth.cache("y.abc.com", A).ttl', {says: 'dnsMemoryAt.noResolver', host: 'auth'}],
    ['eve.cache.size', {says: 'dnsMemoryAt.noResolver', host: 'eve'}],
  ])('%s', (source, expected) => {
    const value = valueAt(source);
    expect(value).toEqual(typeof expected === 'object' ? expect.objectContaining(expected) : expected);
  });

  test('beside a value at hand and in a text', () => {
    const lesson = load({
      beats:
        'beats:\n  - {when: {cache: store, host: local, name: y.abc.com}, say: {en: \'{local.cache("y.abc.com", A).address}\', zh: \'{local.cache("y.abc.com", A).address}\'}}\n',
    });
    expect(lesson.beats).toHaveLength(1);
  });

  test.each([
    ['local.cache("y.abc.com", A).tll', misspelt('35:41', 'tll', 'ttl', 'value')],
    ['local.cache("y.abc.com", AAAAA).ttl', misspelt('35:38', 'AAAAA', 'AAAA', 'value')],
    [
      'local.cache("y.abc.com").ttl',
      {at: '35:36', says: 'parser.expected.wasExpectedNot', sign: ',', text: ')'},
    ],
    ['local.cache(y, A).ttl', {at: '35:25', says: 'parser.expected.wasExpectedNot', what: 'name', text: 'y'}],
    ['local.cache("a..b", A).ttl', {at: '35:25', says: 'zoneProblems.name', given: 'a..b', why: 'empty'}],
    [
      'm.hosts("y.abc.com").name',
      {at: '35:34', says: 'problem.unknownWord', remedy: 'allowedHere', all: 'address', given: 'name'},
    ],
    ['local.cache.sise', misspelt('35:19', 'cache.sise', 'cache.size')],
  ])('misused: %s', (source, error) => {
    const [first] = errorsOf({checks: `checks:\n  - {that: '${source} == 1', because: x}\n`});
    expect(first).toMatchObject(error);
  });
});
