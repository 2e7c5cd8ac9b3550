// The grammar of display filters (wireshark-filter(4)): what binds how, words for signs, and where an error stands.
import {describe, expect, test} from 'vitest';
import type {Filter} from '../../source/lesson/filter.ts';
import {parseFilter} from '../../source/lesson/filter-parser.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {misspelt, type Told, toldAt} from './told-problem.ts';

const names = {hosts: ['client', 'server'], connections: [], vocabulary};

/** With a bracket around each part. */
const written = (filter: Filter): string => {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return `(${written(filter.left)} ${filter.kind} ${written(filter.right)})`;
    case 'not':
      return `not ${written(filter.of)}`;
    case 'present':
      return filter.field;
    case 'compare': {
      const {field, comparison, value} = filter;
      return `${field} ${comparison} ${value.kind} ${value.kind === 'host' ? value.name : value.value}`;
    }
  }
};

const read = (source: string): string | Told => {
  const filter = parseFilter(source, names);
  if (filter.ok) return written(filter.value);
  return toldAt(filter.error[0]);
};

test.each([
  ['tcp.len', 'tcp.len'],
  ['!tcp.len', 'not tcp.len'],
  ['not not tcp.len', 'not not tcp.len'],
  ['tcp.len || tcp.port && udp.port', '(tcp.len or (tcp.port and udp.port))'],
  ['tcp.len && tcp.port || udp.port', '((tcp.len and tcp.port) or udp.port)'],
  ['tcp.len or tcp.port or udp.port', '((tcp.len or tcp.port) or udp.port)'],
  ['tcp.len and tcp.port and udp.port', '((tcp.len and tcp.port) and udp.port)'],
  ['(tcp.len or tcp.port) and !udp.port', '((tcp.len or tcp.port) and not udp.port)'],
  ['!tcp.len && tcp.port', '(not tcp.len and tcp.port)'],
  ['!(tcp.len && tcp.port)', 'not (tcp.len and tcp.port)'],
])('%s', (source, tree) => {
  expect(read(source)).toBe(tree);
});

test.each([
  ['==', 'eq'],
  ['!=', 'ne'],
  ['<', 'lt'],
  ['<=', 'le'],
  ['>', 'gt'],
  ['>=', 'ge'],
])('%s is %s', (sign, word) => {
  for (const each of [sign, word]) expect(read(`tcp.len ${each} 5`)).toBe(`tcp.len ${sign} number 5`);
});

describe('values', () => {
  test.each([
    ['tcp.flags.syn == True', 'tcp.flags.syn == number 1'],
    ['tcp.flags.syn == False', 'tcp.flags.syn == number 0'],
    ['dns.qry.name == "a.example"', 'dns.qry.name == text a.example'],
  ])('%s', (source, tree) => {
    expect(read(source)).toBe(tree);
  });

  test.each(['ip.src', 'ip.dst', 'ip.addr'])('%s: an address, a text or a host', (field) => {
    expect(read(`${field} == 192.0.2.1`)).toBe(`${field} == text 192.0.2.1`);
    expect(read(`${field} == "192.0.2.1"`)).toBe(`${field} == text 192.0.2.1`);
    expect(read(`${field} == server`)).toBe(`${field} == host server`);
  });

  test.each(['ipv6.src', 'ipv6.dst', 'ipv6.addr'])('%s: a text or a host', (field) => {
    expect(read(`${field} == "2001:db8::1"`)).toBe(`${field} == text 2001:db8::1`);
    expect(read(`${field} == client`)).toBe(`${field} == host client`);
  });
});

describe('what is none', () => {
  test.each([
    ['tcp.flags.syn', {at: 0, says: 'filterParser.comparison.aloneIsTrue', field: 'tcp.flags.syn'}],
    ['tcp.len && tcp.flags', {at: 11, says: 'filterParser.comparison.aloneIsTrue', field: 'tcp.flags'}],
    ['5', {at: 0, says: 'parser.expected.wasExpectedNot', what: 'aFieldSuch', text: '5'}],
    ['tcp.', {at: 4, says: 'parser.expected.wasExpectedNot', what: 'theRestOf', given: 'theEnd'}],
    ['tcp.len == server', {at: 11, says: 'parser.expected.wasExpectedNot', what: 'number', text: 'server'}],
    ['tcp.len == "5"', {at: 11, says: 'parser.expected.wasExpectedNot', what: 'number', text: '5'}],
    ['dns.qry.name == 5', {at: 16, says: 'parser.expected.wasExpectedNot', what: 'textInQuotes', text: '5'}],
    ['ip.src == 5', {at: 10, says: 'parser.expected.wasExpectedNot', what: 'aHostOr', text: '5'}],
    ['ip.src == serve', misspelt(10, 'serve', 'server', 'host')],
    ['ip.src == router', {at: 10, says: 'problem.unknownWord', remedy: 'allowedHere', given: 'router'}],
    ['(tcp.len', {at: 8, says: 'parser.expected.wasExpectedNot', sign: ')', given: 'theEnd'}],
    ['tcp.len tcp.port', {at: 8, says: 'parser.expected.wasExpectedNot', what: 'end', text: 'tcp'}],
  ])('%s', (source, error) => {
    expect(read(source)).toMatchObject(error);
  });

  test('a field that is nearly one; our own field is none of Wireshark’s', () => {
    expect(read('tcp.lem == 1')).toMatchObject(misspelt(0, 'tcp.lem', 'tcp.len'));
    expect(read('tcp.len == 1 && flags == 1')).toMatchObject({
      at: 16,
      says: 'problem.unknownWord',
      given: 'flags',
    });
  });
});
