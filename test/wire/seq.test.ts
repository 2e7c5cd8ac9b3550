// Oracle: RFC 9293 §3.4, modulo arithmetic in big integers.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {seq, seqAdd, seqDiff, seqInWindow, seqLe, seqLt, seqMax} from '../../source/wire/seq.ts';
import {runs} from '../helpers/seeds.ts';

const MODULUS = 1n << 32n;
const start = fc.oneof(fc.nat(0xffffffff), fc.integer({min: 0xfffffff0, max: 0xffffffff})).map(seq);
const size = fc.integer({min: -0x7fffffff, max: 0x7fffffff});

test('the distance to what was added is what was added, over the wrap too', () => {
  fc.assert(
    fc.property(start, size, (from, by) => {
      const to = seqAdd(from, by);
      expect(BigInt(to)).toBe((BigInt(from) + BigInt(by) + MODULUS) % MODULUS);
      expect(seqDiff(to, from)).toBe(by);
      expect(seqLt(from, to)).toBe(by > 0);
      expect(seqLe(from, to)).toBe(by >= 0);
      expect(seqMax(from, to)).toBe(by > 0 ? to : from);
    }),
    {numRuns: runs(1000)},
  );
});

test('a window has its first number and not the one behind its last', () => {
  fc.assert(
    fc.property(start, fc.integer({min: 1, max: 0x3fffffff}), (from, length) => {
      expect(seqInWindow(from, from, length)).toBe(true);
      expect(seqInWindow(seqAdd(from, length - 1), from, length)).toBe(true);
      expect(seqInWindow(seqAdd(from, length), from, length)).toBe(false);
      expect(seqInWindow(seqAdd(from, -1), from, length)).toBe(false);
    }),
    {numRuns: runs(500)},
  );
});
