// Oracle: RFC 1035 §4.2.2 by hand; however a stream is cut, the same messages come out.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {frameDns, splitDns} from '../../../source/wire/dns/framing.ts';

test('two octets of length before the message', () => {
  expect(frameDns(Uint8Array.of(7, 8, 9))).toEqual(Uint8Array.of(0, 3, 7, 8, 9));
  expect(frameDns(new Uint8Array(0x0102)).subarray(0, 2)).toEqual(Uint8Array.of(1, 2));
  expect(() => frameDns(new Uint8Array(0x10000))).toThrow(RangeError);
});

test('any cuts give the messages, each once its last octet is there', () => {
  const list = fc.array(fc.uint8Array({maxLength: 20}), {maxLength: 5});
  fc.assert(
    fc.property(list, fc.array(fc.integer({min: 1, max: 9}), {minLength: 1}), (all, sizes) => {
      const stream = Uint8Array.from(all.flatMap((message) => [...frameDns(message)]));
      const got: Uint8Array[] = [];
      let rest = new Uint8Array(0);
      let turn = 0;
      for (let at = 0; at < stream.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        const split = splitDns(rest, stream.subarray(at, at + size));
        got.push(...split.messages);
        rest = Uint8Array.from(split.rest);
        at = Math.min(stream.length, at + size);
        const whole = got.reduce((sum, {length}) => sum + 2 + length, 0);
        expect(whole + rest.length).toBe(at);
      }
      expect(got).toEqual(all);
    }),
  );
});
