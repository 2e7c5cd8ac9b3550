// What a beat asks of TLS and HTTP. Oracle: docs/lessons.md, “tls”, “http”, “keys”: each with what it names, and with one thing other.

import {describe, expect, test} from 'vitest';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {describeHttpConditions, fulfilsHttp} from '../../../source/lesson/http/match.ts';
import type {PacketFacts} from '../../../source/lesson/packet-facts.ts';
import {
  describeTlsConditions,
  describeTlsMatch,
  fulfilsTls,
  messageNames,
} from '../../../source/lesson/tls/match.ts';

type Part = ReturnType<PacketFacts['tlsParts']>[number];
type Head = ReturnType<PacketFacts['httpHeads']>[number];

const facts = (parts: readonly Part[], heads: readonly Head[] = []): PacketFacts => ({
  frame: undefined,
  retransmission: false,
  tlsParts: () => parts,
  httpHeads: () => heads,
});

const part = (name: string, encrypted: boolean): Part => ({name, encrypted, offset: 0});
const flight = facts([part('ServerHello', false), part('Finished', true)]);

test.each([
  [undefined, true],
  [{}, true],
  [{message: 'ServerHello'}, true],
  [{message: 'Finished'}, true],
  [{message: 'Certificate'}, false],
  [{encrypted: true}, true],
  [{encrypted: false}, true],
  // Both of one and the same message.
  [{message: 'ServerHello', encrypted: true}, false],
  [{message: 'ServerHello', encrypted: false}, true],
  [{message: 'Finished', encrypted: false}, false],
  [{message: 'Finished', encrypted: true}, true],
])('tls %j: %s', (tls, fulfilled) => {
  expect(fulfilsTls(tls ? {tls} : {}, flight)).toBe(fulfilled);
  // Where nothing begins there is nothing to ask of; who asks nothing is content.
  expect(fulfilsTls(tls ? {tls} : {}, facts([]))).toBe(tls === undefined);
});

describe('in words', () => {
  test.each([
    [undefined, []],
    [{}, ['tls']],
    [{message: 'Finished'}, ['tls Finished']],
    [{encrypted: false}, ['tls encrypted: false']],
    [{message: 'Alert', encrypted: true}, ['tls Alert encrypted: true']],
  ])('tls %j', (tls, words) => expect(describeTlsConditions(tls ? {tls} : {})).toEqual(words));

  test.each([
    [undefined, []],
    [{}, ['http']],
    [{method: 'GET'}, ['http GET']],
    [{status: 404}, ['http 404']],
    [{method: 'GET', status: 200}, ['http GET 200']],
  ])('http %j', (http, words) => expect(describeHttpConditions(http ? {http} : {})).toEqual(words));

  test('keys', () => {
    expect(describeTlsMatch({kind: 'keys'})).toEqual(everywhere({en: 'keys derived', zh: '导出密钥'}));
    expect(describeTlsMatch({kind: 'keys', host: 'a'})).toEqual(
      everywhere({en: 'keys derived by a', zh: 'a 导出密钥'}),
    );
  });
});

test('messages by their names in RFC 9846 §4 and RFC 5246 §7.4, none twice', () => {
  expect(new Set(messageNames).size).toBe(18);
  expect(messageNames).toHaveLength(18);
});

test('http: who asks nothing is content with what is no HTTP', () => {
  expect(fulfilsHttp({}, flight)).toBe(true);
  expect(fulfilsHttp({http: {}}, flight)).toBe(false);
});
