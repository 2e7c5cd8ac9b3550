/// <reference types="vite/types/importMeta.d.ts" />
// Every rule of IP, DNS, HTTP and TLS acts in some run: a lesson's, one that another test makes, which is made here once more, or one
// of those below. Those of TCP: tcp/rules.all.test.ts.
import {afterAll, expect, test} from 'vitest';
import {authorityStart, authorityStep} from '../../source/stack/dns/authority-program.ts';
import {parseZone} from '../../source/stack/dns/zone-file.ts';
import {tcpRules} from '../../source/stack/tcp/rules.ts';
import {encodeDns} from '../../source/wire/dns/encode.ts';
import {actedIn, forgetActed, acted as keep, keepActed} from '../helpers/acted.ts';
import {allRuns, traceOf} from '../helpers/all-runs.ts';
import {OneServer} from '../helpers/http/one-server.ts';
import {at, get, httpScenario} from '../helpers/http-network.ts';
import {ruleIds} from '../helpers/tcp/rules.ts';
import {run} from '../helpers/traces.ts';
import {query} from './dns/words.ts';

const acted = keepActed();
afterAll(forgetActed);

// Asked for like this they are read anew, and their tests are tests of this file.
const again = import.meta.glob(
  [
    './dns/{authority-program,resolver-[cemtw]*}.test.ts',
    './http/server.test.ts',
    './tls/{handshake,refused-*,resumption}.test.ts',
    './tls/tls12/{handshake,judged-*,refused-*}.test.ts',
    '../judges/node-tls*.test.ts',
    '../lesson/http/attempts.test.ts',
    '../lesson/world/actors.test.ts',
    '../sim/{apps,http*,icmp,router,socket}.test.ts',
  ],
  {query: '?acted'},
);
for (const load of Object.values(again)) await load();

test('the lessons', {timeout: 300_000}, () => {
  for (const each of allRuns()) actedIn(traceOf(each));
});

test('an authority with a wildcard (RFC 4592), asked for all types (RFC 8482)', () => {
  const zone = parseZone('@ 300 SOA ns h 1 2 3 4 5\n NS ns\n*.w A 203.0.113.80\n', 'abc.com.');
  if (!zone.ok) throw new Error('no zone');
  const state = authorityStart({zones: [zone.value]});
  const from = {ip: '192.0.2.10', port: 40_000};
  const effects = (
    [
      ['a.w.abc.com.', 'A'],
      ['w.abc.com.', 'A'],
      ['abc.com.', 'ANY'],
    ] as const
  ).flatMap(([name, type]) => {
    const data = encodeDns(query(name, type));
    const event = {kind: 'datagram', port: 53, local: '192.0.2.53', from, data} as const;
    return authorityStep(state, event, {nowUs: 0, addresses: ['192.0.2.53'], chance: () => 0}).effects;
  });
  keep(...effects);
  expect(effects.map((effect) => ('because' in effect ? effect.because : undefined))).toEqual([
    '4592:3.3.1/wildcard',
    '4592:2.2.2/empty-non-terminal',
    '8482:4.1/any',
  ]);
});

test('a condition that fails (RFC 9110 §13.2.2), a cookie for another site (RFC 6265 §5.3)', () => {
  const server = new OneServer([{method: 'GET', path: '/', body: 'x', etag: '"v1"'}]);
  server.hear('GET / HTTP/1.1\r\nHost: a\r\nIf-Match: "v2"\r\n\r\n');
  expect(server.statuses()).toEqual([412]);
  const headers = [{name: 'Set-Cookie', value: 'a=b; Domain=example.org'}];
  run(httpScenario([at(0, get('/'))], {routes: [{method: 'GET', path: '/', body: 'x', headers}]}));
  expect(acted).toContain('6265:5.3/refuse');
});

test('all have acted', () => {
  const others = ruleIds.filter((id) => !tcpRules.some((each) => each === id));
  expect(others.filter((id) => !acted.has(id))).toEqual([]);
});
