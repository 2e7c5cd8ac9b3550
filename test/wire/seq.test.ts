// Oracle: RFC 9293 §3.4, modulo arithmetic in big integers.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {seq, seqAdd, seqDiff, seqLe, seqLt, seqMax} from '../../source/wire/seq.ts';
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
