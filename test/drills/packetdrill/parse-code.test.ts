// Code of scripts as statements (The Python Language Reference §2.1, §6, §7, §8): what binds how, what belongs where, what is not read.
import {describe, expect, test} from 'vitest';
import {parseExpression} from '../../../source/drills/packetdrill/code-expression.ts';
import {parseCode} from '../../../source/drills/packetdrill/parse-code.ts';
import type {CodeExpression, Statement} from '../../../source/drills/packetdrill/script.ts';

/** With a bracket around each part. */
const shown = (of: CodeExpression): string => {
  switch (of.kind) {
    case 'value':
      return typeof of.value === 'string' ? `'${of.value}'` : String(of.value);
    case 'name':
      return of.name;
    case 'call':
      return `${of.name}(${of.items.map(shown).join(', ')})`;
    case 'sign':
      return `(${of.sign}${shown(of.of)})`;
    case 'not':
      return `(not ${shown(of.of)})`;
    case 'operation':
    case 'comparison':
      return `(${shown(of.left)} ${of.sign} ${shown(of.right)})`;
    case 'all':
    case 'any':
      return `(${of.parts.map(shown).join(of.kind === 'all' ? ' and ' : ' or ')})`;
    case 'choice':
      return `(${shown(of.value)} if ${shown(of.when)} else ${shown(of.otherwise)})`;
  }
};

const one = (each: Statement): string => {
  switch (each.kind) {
    case 'assert':
      return `assert ${shown(each.what)}`;
    case 'assign':
      return `${each.name} = ${shown(each.value)}`;
    case 'if':
      return `if ${shown(each.when)} {${told(each.body)}} else {${told(each.otherwise)}}`;
    case 'while':
      return `while ${shown(each.when)} {${told(each.body)}}`;
    case 'for':
      return `for ${each.name} in ${each.range.map(shown).join(' ')} {${told(each.body)}}`;
    case 'nothing':
      return 'nothing';
    case 'unknown':
      return `?${each.text}`;
  }
};

const told = (statements: readonly Statement[]): string => statements.map(one).join('; ');

describe('expressions', () => {
  test.each([
    ['1', '1'],
    ['0x1F', '31'],
    ['1.5', '1.5'],
    ['.5', '0.5'],
    ["'a'", "'a'"],
    ['"a"', "'a'"],
    ['a + b * c', '(a + (b * c))'],
    ['a * b + c', '((a * b) + c)'],
    ['a - b - c', '((a - b) - c)'],
    ['a // b / c % d', '(((a // b) / c) % d)'],
    ['a << b + c', '(a << (b + c))'],
    ['a & b << c', '(a & (b << c))'],
    ['a ^ b & c', '(a ^ (b & c))'],
    ['a | b ^ c', '(a | (b ^ c))'],
    ['-a ** b', '(-(a ** b))'],
    ['a ** -b ** c', '(a ** (-(b ** c)))'],
    ['-+~a', '(-(+(~a)))'],
    ['(a + b) * c', '((a + b) * c)'],
    ['a == b', '(a == b)'],
    ['a <= b < c', '((a <= b) and (b < c))'],
    ['a > 1 and b >= 2 or c != 3', '(((a > 1) and (b >= 2)) or (c != 3))'],
    ['not a and not not b', '((not a) and (not (not b)))'],
    ['a or b or c', '(a or b or c)'],
    ['a if b else c if d else e', '(a if b else (c if d else e))'],
    ['f()', 'f()'],
    ['f(a, b + 1)', 'f(a, (b + 1))'],
  ])('%s', (source, tree) => {
    const read = parseExpression(source);
    expect(read && shown(read)).toBe(tree);
  });

  test.each(['', 'a b', '(a', 'a)', 'f(a', 'f(a b)', 'a if b', 'a +', '@', 'a = b', '1 2', 'a[1]', '"a'])(
    '%s is none',
    (source) => {
      expect(parseExpression(source)).toBeUndefined();
    },
  );
});

test.each([
  ['assert a == 1', 'assert (a == 1)'],
  // What it says where it fails is for people.
  ['assert a == f(1, 2), "no, not"', 'assert (a == f(1, 2))'],
  ['assert(a)', 'assert a'],
  ['a = 1; b = 2', 'a = 1; b = 2'],
  ["a = ';#'  # a comment", "a = ';#'"],
  ['a = f((1,\\\n 2))', '?a = f((1,  2))'],
  ['a = 1 +\\\n  2', 'a = (1 + 2)'],
  ['a == 1', '?a == 1'],
  ['pass', 'nothing'],
  ['print a', 'nothing'],
  ['print("a")', 'nothing'],
  ['printed = 1', 'printed = 1'],
  ['assert', '?assert'],
  ['import os', '?import os'],
  ['', ''],
  ['# nothing\n\n  \n', ''],
])('%j', (code, statements) => {
  expect(told(parseCode(code))).toBe(statements);
});

test.each(['+', '-', '*', '//', '/', '%', '&', '|', '^', '<<', '>>'])(
  '%s= joins with what was there',
  (sign) => {
    expect(told(parseCode(`a ${sign}= 2`))).toBe(`a = (a ${sign} 2)`);
  },
);

describe('blocks', () => {
  test.each([
    ['if a:\n  b = 1\n  c = 2\nd = 3', 'if a {b = 1; c = 2} else {}; d = 3'],
    ['if a: b = 1; c = 2\nd = 3', 'if a {b = 1; c = 2} else {}; d = 3'],
    ['if a:\n b = 1\nelse:\n b = 2\nc = 3', 'if a {b = 1} else {b = 2}; c = 3'],
    [
      'if a:\n b = 1\nelif c:\n b = 2\nelse: b = 3\nd = 4',
      'if a {b = 1} else {if c {b = 2} else {b = 3}}; d = 4',
    ],
    ['while a < 3:\n a += 1\nb = 1', 'while (a < 3) {a = (a + 1)}; b = 1'],
    ['for i in range(3):\n a = i', 'for i in 3 {a = i}'],
    ['for i in range(1, 9, 2): a = i', 'for i in 1 9 2 {a = i}'],
    [
      'if a:\n  if b:\n    c = 1\n  else:\n    c = 2\nelse:\n  c = 3',
      'if a {if b {c = 1} else {c = 2}} else {c = 3}',
    ],
    ["if a == ':':\n b = 1", "if (a == ':') {b = 1} else {}"],
    ['if a', '?if a'],
    ['if a b:\n c = 1', '?if a b:'],
    ['while a b: c = 1', '?while a b: c = 1'],
    ['for i in list: c = 1', '?for i in list: c = 1'],
    ['for i, j in range(3): c = 1', '?for i, j in range(3): c = 1'],
    ['else:\n a = 1', '?else:'],
  ])('%j', (code, statements) => {
    expect(told(parseCode(code))).toBe(statements);
  });
});
