// Code in scripts: what Python says of the same lines (The Python Language Reference, 3.13).
import {expect, test} from 'vitest';
import {Code} from '../../../source/drills/packetdrill/code-run.ts';
import {parseCode} from '../../../source/drills/packetdrill/parse-code.ts';

const fields: Readonly<Record<string, number | string>> = {tcpi_a: 7, tcpi_b: 10, tcpi_state: 'CLOSE_WAIT'};

/** `undefined`: all held. */
const told = (...blocks: readonly string[]): string | undefined => {
  const code = new Code();
  for (const block of blocks) {
    const fault = code.run(parseCode(block), (name) => fields[name]);
    if (fault !== undefined) return fault.message.en;
  }
  return undefined;
};

test.each([
  'assert tcpi_a == 7, tcpi_a',
  'assert 6 < tcpi_a <= 7 < tcpi_b',
  "assert tcpi_a == 7, 'a: %d, b' % (tcpi_a, tcpi_b); assert tcpi_b == 10",
  'assert tcpi_a + 3 * 2 - 1 == 12 and not tcpi_b == 11',
  'assert -7 // 2 == -4 and -7 % 3 == 2 and 2 ** 10 == 1024 and 2 ** -1 == .5 and 7 / 2 == 3.5',
  'assert (tcpi_a & 3) == 3 and 1 << 33 == 8589934592 and 6 ^ 3 == 5 and ~5 == -6 and 4 | 1 == 5',
  'assert abs(-3) == 3 and min(4, 2) == 2 and max(4, 2) == 4 and int(3.9) == 3 and round(2.5) == 2',
  'assert (1 if tcpi_a > 7 else 2) == 2',
  'assert tcpi_state == TCPI_CLOSE_WAIT and tcpi_state == TCP_CLOSE_WAIT and tcpi_state != TCP_CLOSE',
  'limit = 0x10 # sixteen\nlimit += 1\nassert limit == 17',
  'sum = 0\nfor n in range(2, 10, 3):\n    sum += n\nassert sum == 15 and n == 8',
  'n = 0\nwhile n < 5: n += 2\nassert n == 6',
  'if tcpi_a == 1:\n  x = 1\nelif tcpi_a == 7:\n  x = 2\n  x = x + 1\nelse:\n  x = 4\nassert x == 3',
  'assert tcpi_a == 7 \\\n  and tcpi_b == 10\npass\nprint("a; b", tcpi_c)',
])('%j holds', (code) => {
  expect(told(code)).toBe(undefined);
});

test('variables last from one block to the next', () => {
  expect(told('before = tcpi_a', 'assert tcpi_b == before + 3')).toBe(undefined);
});

test.each([
  ['assert tcpi_a == 8', 'tcpi_a ==: expected 8, got 7'],
  ['assert 8 <= tcpi_a <= 9', 'tcpi_a >=: expected 8, got 7'],
  ['assert tcpi_b == 10 and tcpi_a > tcpi_b', 'tcpi_a >: expected 10, got 7'],
  ['for n in range(3):\n  assert n < 2', 'n <: expected 2, got 2'],
  ['assert tcpi_a - 7', 'tcpi_a - 7: expected True, got False'],
  // §2.1.5: a backslash does not continue a comment.
  ['# seven \\\nassert tcpi_a == 8', 'tcpi_a ==: expected 8, got 7'],
  ['x = 3 # \\\nx += 1\nassert x == 3', 'x ==: expected 3, got 4'],
])('%j does not hold', (code, message) => {
  expect(told(code)).toBe(message);
});

test.each([
  'assert tcpi_a ==',
  'import os',
  'x = nothing',
  'assert foo(1) == 1',
  'while 1: pass',
  // §2.1.5: nothing stands behind it.
  'assert tcpi_a == 7 \\',
  'for x in y:\n  pass',
])('%j is named', (code) => {
  expect(told(code)).toMatch(/^needs a statement/);
});

test('a field that nobody keeps is named', () => {
  expect(told('assert tcpi_c == 1')).toMatch(/^needs a TCP_INFO field .*: tcpi_c/);
});
