// Oracle: the examples of RFC 6797 §6.2 and the rules of §6.1.
import {expect, test} from 'vitest';
import {readStrictTransport} from '../../../source/wire/http/strict-transport.ts';

test.each([
  ['max-age=31536000', {maxAgeS: 31_536_000, includeSubDomains: false}],
  ['max-age=15768000 ; includeSubDomains', {maxAgeS: 15_768_000, includeSubDomains: true}],
  ['max-age="31536000"', {maxAgeS: 31_536_000, includeSubDomains: false}],
  ['max-age=0', {maxAgeS: 0, includeSubDomains: false}],
  ['max-age=0; includeSubDomains', {maxAgeS: 0, includeSubDomains: true}],
  // Order and case do not count, empty parts may stand, unknown directives are passed over.
  ['; INCLUDESUBDOMAINS ;preload; Max-Age = 5;', {maxAgeS: 5, includeSubDomains: true}],
])('%s', (value, read) => expect(readStrictTransport(value)).toEqual(read));

test.each([
  '',
  'includeSubDomains',
  'max-age',
  'max-age=',
  'max-age=-1',
  'max-age=1; max-age=2',
  'max age=1',
])('%j counts for nothing', (value) => expect(readStrictTransport(value)).toBeUndefined());
