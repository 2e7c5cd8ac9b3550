// Oracle: the decoder, which makes values of the same octets and is tested by itself with the examples of the RFCs.
import fc from 'fast-check';
import {expect, test} from 'vitest';
import {decodeDns, decodeDnsPart} from '../../../source/wire/dns/decode.ts';
import {encodeDns} from '../../../source/wire/dns/encode.ts';
import {dnsForm} from '../../../source/wire/dns/form.ts';
import {runs} from '../../helpers/seeds.ts';
import {messages} from './arbitrary.ts';

/** Tells whether the decoder reads the message to its last counted record; octets behind that one are no fault of its form. */
const isWhole = (bytes: Uint8Array): boolean => {
  const decoded = decodeDns(bytes);
  return decoded.ok || (decoded.error.code === 'malformed' && decoded.error.field === 'dns.count.add_rr');
};

test('a whole message has its form, with all its answers', () => {
  fc.assert(
    fc.property(messages, (message) => {
      expect(dnsForm(encodeDns(message))).toEqual({isWhole: true, answers: message.answers.length});
    }),
    {numRuns: runs(500)},
  );
});

test('of a damaged message it tells how far the decoder comes', () => {
  const damage = fc.array(fc.tuple(fc.nat(300), fc.nat(255)), {maxLength: 3});
  fc.assert(
    fc.property(messages, damage, fc.nat(600), (message, changes, length) => {
      const bytes = encodeDns(message).slice(0, length);
      for (const [at, octet] of changes) if (at < bytes.length) bytes[at] = octet;
      expect(dnsForm(bytes)).toEqual({
        isWhole: isWhole(bytes),
        answers: decodeDnsPart(bytes)?.answers.length ?? 0,
      });
    }),
    {numRuns: runs(3000)},
  );
});
