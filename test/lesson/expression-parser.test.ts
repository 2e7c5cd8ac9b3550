// The grammar of expressions and filters: what it accepts, where it fails, and that no text can break it.
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {parseExpression} from '../../source/lesson/expression-parser.ts';
import {parseFilter} from '../../source/lesson/filter-parser.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {runs} from '../helpers/seeds.ts';
import {misspelt, toldAt} from './told-problem.ts';

const names = {hosts: ['client', 'server'], connections: ['c'], vocabulary};
const parsed = (text: string): unknown => {
  const result = parseExpression(text, names);
  return result.ok ? result.value : result.error.map(toldAt);
};
const filtered = (text: string): unknown => {
  const result = parseFilter(text, names);
  return result.ok ? result.value : result.error.map(toldAt);
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
    ['', {at: 0, says: 'parser.expected.wasExpectedNot', given: 'theEnd'}],
    ['1 +', {at: 3, says: 'parser.expected.wasExpectedNot', given: 'theEnd'}],
    ['1 2', {at: 2, says: 'parser.expected.wasExpectedNot', what: 'end', text: '2'}],
    ['1 == 2 == 3', {at: 7, says: 'parser.expected.wasExpectedNot', what: 'end', text: '=='}],
    ['(1', {at: 2, says: 'parser.expected.wasExpectedNot', sign: ')', given: 'theEnd'}],
    ['packet(0).tcp.len', {at: 7, says: 'expressionParser.packetNumber.noPacketHas', given: '0'}],
    ['packet(1.0).tcp.len', {at: 7, says: 'expressionParser.packetNumber.noPacketHas', given: '1.0'}],
    ['packet(1)', {at: 9, says: 'parser.expected.wasExpectedNot', sign: '.', given: 'theEnd'}],
    ['first(tcp).tcp.len', {at: 6, says: 'parser.expected.wasExpectedNot', what: 'filter', text: 'tcp'}],
    [
      '1 + count("tcp.len >")',
      {at: 20, says: 'parser.expected.wasExpectedNot', what: 'number', given: 'theEnd'},
    ],
    ['count({sends: cleint})', misspelt(14, 'cleint', 'client', 'host')],
    ['count({sends: client', {at: 6, says: 'tokens.tokenAt.a'}],
    ['"open', {at: 0, says: 'tokens.quoted'}],
    ['1 ; 2', {at: 2, says: 'tokens.tokenAt.hasNoMeaningHere', c: ';'}],
    ['client.snd.nxf', misspelt(7, 'snd.nxf', 'snd.nxt')],
    [
      'process.exit(1)',
      {at: 0, says: 'problem.unknownWord', remedy: 'allowedHere', kind: 'name', given: 'process'},
    ],
    [
      'client.constructor.name',
      {at: 7, says: 'problem.unknownWord', remedy: 'allowedHere', given: 'constructor.name'},
    ],
  ])('%s is refused', (text, error) => {
    expect(parsed(text)).toMatchObject([error]);
  });

  test('depth and length are bounded', () => {
    expect(parsed(`${'('.repeat(30)}1${')'.repeat(30)}`)).toEqual(one);
    expect(parsed(`${'('.repeat(900)}1${')'.repeat(900)}`)).toMatchObject([
      {says: expect.stringMatching(/\.nestedTooDeeply$/)},
    ]);
    expect(parsed('-'.repeat(1900))).toMatchObject([{says: expect.stringMatching(/\.nestedTooDeeply$/)}]);
    expect(parsed('1'.repeat(3000))).toMatchObject([{at: 2000, says: 'tokens.tokens'}]);
    expect(parsed(`count(${'{a: '.repeat(400)}${'}'.repeat(400)})`)).toMatchObject([
      {at: expect.any(Number)},
    ]);
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
    ['tcp.flags.syn', {at: 0, says: 'filterParser.comparison.aloneIsTrue', field: 'tcp.flags.syn'}],
    ['ip.src == clint', misspelt(10, 'clint', 'client', 'host')],
    ['tcp.len == client', {at: 11, says: 'parser.expected.wasExpectedNot', what: 'number', text: 'client'}],
    ['tcp.len = 1', {at: 8, says: 'tokens.tokenAt.hasNoMeaningHere', c: '='}],
    ['(tcp.len == 1', {at: 13, says: 'parser.expected.wasExpectedNot', sign: ')', given: 'theEnd'}],
    ['tcp.len == 1 tcp.len == 2', {at: 13, says: 'parser.expected.wasExpectedNot', what: 'end', text: 'tcp'}],
  ])('%s is refused', (text, error) => {
    expect(filtered(text)).toMatchObject([error]);
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
