// The grammar of expressions and filters: what it accepts, where it fails, and that no text can break it.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseExpression} from '../../source/lesson/expression-parser.ts';
import {parseFilter} from '../../source/lesson/filter-parser.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {runs} from '../helpers/seeds.ts';

const names = {hosts: ['client', 'server'], connections: ['c'], vocabulary};
const parsed = (text: string): unknown => {
  const result = parseExpression(text, names);
  return result.ok
    ? result.value
    : result.error.map(({offset, message, remedy}) => `${offset} ${message.en} | ${remedy.en}`).join('\n');
};
const filtered = (text: string): unknown => {
  const result = parseFilter(text, names);
  return result.ok
    ? result.value
    : result.error.map(({offset, message, remedy}) => `${offset} ${message.en} | ${remedy.en}`).join('\n');
};
const one = {kind: 'number', value: 1};
const two = {kind: 'number', value: 2};
const three = {kind: 'number', value: 3};

describe('expressions', () => {
  test('products before sums before comparisons before && before ||', () => {
    const product = {kind: 'arithmetic', op: '*', left: two, right: three};
    const sum = {kind: 'arithmetic', op: '+', left: one, right: product};
    expect(parsed('1 + 2 * 3')).toEqual(sum);
    const equal = {kind: 'compare', op: '==', left: sum, right: one};
    expect(parsed('1+2*3 == 1')).toEqual(equal);
    const less = {kind: 'compare', op: '<', left: one, right: two};
    const both = {kind: 'logic', op: '&&', left: less, right: equal};
    expect(parsed('1 < 2 && 1 + 2 * 3 == 1 || 1 < 2')).toEqual({
      kind: 'logic',
      op: '||',
      left: both,
      right: less,
    });
  });

  test('operators of one rank group to the left, parentheses change that', () => {
    const left = {kind: 'arithmetic', op: '-', left: one, right: two};
    expect(parsed('1 - 2 - 3')).toEqual({kind: 'arithmetic', op: '-', left, right: three});
    const right = {kind: 'arithmetic', op: '-', left: two, right: three};
    expect(parsed('1 - (2 - 3)')).toEqual({kind: 'arithmetic', op: '-', left: one, right});
  });

  test.each([
    ['0x10', {kind: 'number', value: 16}],
    ['1.5s', {kind: 'time', us: 1_500_000}],
    ['350us', {kind: 'time', us: 350}],
    ['2h', {kind: 'time', us: 7_200_000_000}],
    ['"SYN,ACK"', {kind: 'text', value: 'SYN,ACK'}],
    ['-1', {kind: 'negate', of: one}],
    ['min(1, 2, 3)', {kind: 'least', of: [one, two, three]}],
    ['max(1)', {kind: 'greatest', of: [one]}],
    ['p.tcp.seq_raw', {kind: 'field', packet: {kind: 'here'}, field: 'tcp.seq_raw'}],
    ['packet(2).flags', {kind: 'field', packet: {kind: 'number', packet: 2}, field: 'flags'}],
    ['client.snd.nxt', {kind: 'host', host: 'client', property: 'snd.nxt'}],
    ['client.c.state', {kind: 'host', host: 'client', connection: 'c', property: 'state'}],
    [
      'at(1.25s).server.rto',
      {kind: 'host', host: 'server', property: 'rto', at: {kind: 'time', us: 1_250_000}},
    ],
    [
      'at({enters: TIME-WAIT, host: client}).client.state',
      {
        kind: 'host',
        host: 'client',
        property: 'state',
        at: {kind: 'selector', selector: {match: {kind: 'enters', state: 'TIME-WAIT', host: 'client'}}},
      },
    ],
    ['time({end: true})', {kind: 'time of', selector: {match: {kind: 'end'}}}],
    [
      'count({sends: client, flags: [FIN], nth: 2})',
      {
        kind: 'count events',
        selector: {match: {kind: 'packet', what: 'sends', host: 'client', flags: ['FIN']}, nth: 2},
      },
    ],
    [
      'first("tcp.len > 0").tcp.len',
      {
        kind: 'field',
        packet: {
          kind: 'first',
          filter: {kind: 'compare', field: 'tcp.len', comparison: '>', value: {kind: 'number', value: 0}},
        },
        field: 'tcp.len',
      },
    ],
    [
      'last({drops: any}).tcp.len',
      {
        kind: 'field',
        packet: {kind: 'selected', which: 'last', selector: {match: {kind: 'packet', what: 'drops'}}},
        field: 'tcp.len',
      },
    ],
  ])('%s', (text, tree) => {
    expect(parsed(text)).toEqual(tree);
  });

  test.each([
    ['', '0 a value was expected, not the end | write a value here'],
    ['1 +', '3 a value was expected, not the end | write a value here'],
    ['1 2', '2 an operator was expected, not “2” | write an operator here'],
    ['1 == 2 == 3', '7 an operator was expected, not “==” | write an operator here'],
    ['(1', '2 “)” was expected, not the end | write “)” here'],
    [
      'packet(0).tcp.len',
      '7 no packet has the number 0 | packets count from 1: packet(1); packet(1.1) is its first hop',
    ],
    [
      'packet(1.0).tcp.len',
      '7 no packet has the number 1.0 | packets count from 1: packet(1); packet(1.1) is its first hop',
    ],
    ['packet(1)', '9 “.” was expected, not the end | write “.” here'],
    ['first(tcp).tcp.len', '6 a filter in quotes was expected, not “tcp” | write a filter in quotes here'],
    ['1 + count("tcp.len >")', '20 a number was expected, not the end | write a number here'],
    [
      'count({sends: cleint})',
      '14 no host “cleint” | did you mean client? allowed here: client, server, any',
    ],
    ['count({sends: client', '6 a { has no } | add the closing brace'],
    ['"open', '0 a string has no end | add the closing quote'],
    [
      '1 ; 2',
      '2 “;” has no meaning here | expressions are made of names, numbers, times, strings and + - * / == != < <= > >= && ||',
    ],
    [
      'client.snd.nxf',
      '7 no value of a host “snd.nxf” | did you mean snd.nxt? allowed here: c, state, iss, irs, snd.una, snd.nxt, snd.wnd, rcv.nxt, rcv.wnd, rto, srtt, rttvar, …',
    ],
    [
      'process.exit(1)',
      '0 no name “process” | allowed here: client, server, p, packet, first, last, count, time, at, min, max',
    ],
    [
      'client.constructor.name',
      '7 no value of a host “constructor.name” | allowed here: c, state, iss, irs, snd.una, snd.nxt, snd.wnd, rcv.nxt, rcv.wnd, rto, srtt, rttvar, …',
    ],
  ])('%s is refused', (text, error) => {
    expect(parsed(text)).toBe(error);
  });

  test('depth and length are bounded', () => {
    expect(parsed(`${'('.repeat(30)}1${')'.repeat(30)}`)).toEqual(one);
    expect(parsed(`${'('.repeat(900)}1${')'.repeat(900)}`)).toContain('nested too deeply');
    expect(parsed('-'.repeat(1900))).toContain('nested too deeply');
    expect(parsed('1'.repeat(3000))).toBe('2000 too long | at most 2000 characters');
    expect(parsed(`count(${'{a: '.repeat(400)}${'}'.repeat(400)})`)).toEqual(expect.any(String));
  });
});

describe('filters', () => {
  const syn = {kind: 'compare', field: 'tcp.flags.syn', comparison: '==', value: {kind: 'number', value: 1}};
  const fromClient = {
    kind: 'compare',
    field: 'ip.src',
    comparison: '==',
    value: {kind: 'host', name: 'client'},
  };

  test.each([
    ['tcp.flags.syn == 1 && ip.src == client', {kind: 'and', left: syn, right: fromClient}],
    ['tcp.flags.syn eq True and ip.src eq client', {kind: 'and', left: syn, right: fromClient}],
    [
      '!(tcp.flags.syn == 1) || ip.src == client',
      {kind: 'or', left: {kind: 'not', of: syn}, right: fromClient},
    ],
    [
      'not tcp.flags.syn == 1 or ip.src == client',
      {kind: 'or', left: {kind: 'not', of: syn}, right: fromClient},
    ],
    ['tcp.options.mss_val', {kind: 'present', field: 'tcp.options.mss_val'}],
    [
      'ip.addr != 192.0.2.10',
      {kind: 'compare', field: 'ip.addr', comparison: '!=', value: {kind: 'text', value: '192.0.2.10'}},
    ],
    [
      'ipv6.src == 2001:db8::1',
      {kind: 'compare', field: 'ipv6.src', comparison: '==', value: {kind: 'text', value: '2001:db8::1'}},
    ],
    [
      'tcp.flags >= 0x12',
      {kind: 'compare', field: 'tcp.flags', comparison: '>=', value: {kind: 'number', value: 18}},
    ],
  ])('%s', (text, tree) => {
    expect(filtered(text)).toEqual(tree);
  });

  test.each([
    ['tcp.flags.syn', '0 tcp.flags.syn alone is true for every segment | write tcp.flags.syn == 1'],
    ['ip.src == clint', '10 no host “clint” | did you mean client? allowed here: client, server'],
    ['tcp.len == client', '11 a number was expected, not “client” | write a number here'],
    [
      'tcp.len = 1',
      '8 “=” has no meaning here | expressions are made of names, numbers, times, strings and + - * / == != < <= > >= && ||',
    ],
    ['(tcp.len == 1', '13 “)” was expected, not the end | write “)” here'],
    ['tcp.len == 1 tcp.len == 2', '13 && or || was expected, not “tcp” | write && or || here'],
  ])('%s is refused', (text, error) => {
    expect(filtered(text)).toBe(error);
  });
});

test('any text gives a value or an error within the text, and never throws', () => {
  const word = fc.constantFrom(
    ...[
      'client',
      'server',
      'p',
      'packet',
      'first',
      'last',
      'count',
      'time',
      'at',
      'min',
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
    ],
    ...[
      '.',
      ',',
      ':',
      '+',
      '-',
      '*',
      '/',
      '==',
      '!',
      '<',
      '&&',
      '||',
      '"',
      "'",
      '1',
      '50ms',
      '2.5',
      '0x1f',
      'tcp.len',
    ],
    ...[
      'sends',
      'flags',
      'SYN',
      'after',
      'nth',
      ' ',
      '\n',
      '\\',
      '#',
      '&a',
      '*a',
      '序号',
      '\u0000',
      '__proto__',
      'snd.nxt',
    ],
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(word, {maxLength: 30}).map((list) => list.join('')),
    fc.array(word, {maxLength: 30}).map((list) => list.join(' ')),
  );
  fc.assert(
    fc.property(text, (source) => {
      for (const parse of [parseExpression, parseFilter]) {
        const result = parse(source, names);
        if (result.ok) continue;
        for (const {offset, remedy} of result.error) {
          expect(offset).toBeGreaterThanOrEqual(0);
          expect(offset).toBeLessThanOrEqual(source.length);
          expect(remedy.zh).not.toBe('');
        }
      }
    }),
    {numRuns: runs(3000)},
  );
});
