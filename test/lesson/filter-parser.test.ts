// The grammar of display filters (wireshark-filter(4)): what binds how, words for signs, and where an error stands.
import {describe, expect, test} from 'vitest';
import type {Filter} from '../../source/lesson/filter.ts';
import {parseFilter} from '../../source/lesson/filter-parser.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';

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

const read = (source: string): string => {
  const filter = parseFilter(source, names);
  if (filter.ok) return written(filter.value);
  const [{offset, message, remedy}] = filter.error;
  return `${offset}: ${message.en} | ${remedy.en}`;
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
    ['tcp.flags.syn', '0: tcp.flags.syn alone is true for every segment | write tcp.flags.syn == 1'],
    ['tcp.len && tcp.flags', '11: tcp.flags alone is true for every segment | write tcp.flags == 1'],
    ['5', '0: a field such as tcp.len was expected, not “5” | write a field such as tcp.len here'],
    [
      'tcp.',
      '4: the rest of a field’s name was expected, not the end | write the rest of a field’s name here',
    ],
    ['tcp.len == server', '11: a number was expected, not “server” | write a number here'],
    ['tcp.len == "5"', '11: a number was expected, not “5” | write a number here'],
    ['dns.qry.name == 5', '16: text in quotes was expected, not “5” | write text in quotes here'],
    ['ip.src == 5', '10: a host or an address was expected, not “5” | write a host or an address here'],
    ['ip.src == serve', '10: no host “serve” | did you mean server? allowed here: client, server'],
    ['ip.src == router', '10: no host “router” | allowed here: client, server'],
    ['(tcp.len', '8: “)” was expected, not the end | write “)” here'],
    ['tcp.len tcp.port', '8: && or || was expected, not “tcp” | write && or || here'],
  ])('%s', (source, error) => {
    expect(read(source)).toBe(error);
  });

  test('a field that is nearly one; our own field is none of Wireshark’s', () => {
    expect(read('tcp.lem == 1')).toMatch(/^0: no field “tcp\.lem” \| did you mean tcp\.len\?/);
    expect(read('tcp.len == 1 && flags == 1')).toMatch(/^16: no field “flags”/);
  });
});
