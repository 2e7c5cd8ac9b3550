// Every fault that a zone file can have is told in both languages, with a remedy, by the rules of wording.

import {expect, test} from 'vitest';
import {zoneProblem} from '../../../source/lesson/dns/zone-problem.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {parseZone} from '../../../source/stack/dns/zone-file.ts';
import type {ZoneProblem} from '../../../source/stack/dns/zone-problem.ts';

const apex = '@ 60 SOA ns h 1 2 3 4 5\n  NS ns\n';

/** For each code: a text, and what of it has to come back in the message. */
const spoilt: {readonly [code in ZoneProblem['code']]: readonly [text: string, told: string]} = {
  quote: ['a 5 TXT "b', 'line'],
  parenthesis: ['a 5 TXT (b', '('],
  escape: ['a 5 TXT \\999', '\\999'],
  include: ['$INCLUDE b', '$INCLUDE'],
  directive: ['$GENERATE', '$GENERATE'],
  origin: ['$TTL 5\n', ''],
  name: ['a..b 5 A 192.0.2.1', 'empty'],
  owner: ['  5 A 192.0.2.1', 'owner'],
  ttl: ['$TTL long', 'long'],
  ttlMissing: ['a A 192.0.2.1', 'TTL'],
  class: ['a 5 CH TXT b', 'CH'],
  type: ['a 5 WKS b', 'WKS'],
  typeMissing: ['a 5 IN', 'type'],
  missing: ['a 5 MX 10', 'exchange'],
  surplus: ['a 5 A 192.0.2.1 b', 'b'],
  number: ['a 5 MX ten b', 'ten'],
  address: ['a 5 A 192.0.2', '192.0.2'],
  stringLength: [`a 5 TXT ${'b'.repeat(300)}`, '300'],
  generic: ['a 5 TYPE731 \\# 1 ab cd', 'bytes'],
  soaMissing: ['a 5 A 192.0.2.1', 'SOA'],
  soaTwice: [`${apex}@ SOA ns h 2 2 3 4 5`, 'x.'],
  nsMissing: ['@ 60 SOA ns h 1 2 3 4 5', 'x.'],
  outside: [`${apex}a.y. A 192.0.2.1`, 'a.y.'],
  alias: [`${apex}a CNAME b\na A 192.0.2.1`, 'a.x.'],
  belowCut: [`${apex}a NS b\nc.a TXT d`, 'c.a.x.'],
  wildcardNs: [`${apex}* NS b`, '*.x.'],
  ttlDiffers: [`${apex}a 5 A 192.0.2.1\na 6 A 192.0.2.2`, 'A records of a.x.'],
};

test.each(Object.entries(spoilt))('%s', (code, [source, told]) => {
  const [zone, origin] = code === 'origin' ? ['a 5 A 192.0.2.1', undefined] : [source, 'x.'];
  const read = parseZone(zone, origin);
  const found = read.ok ? undefined : read.error[0];
  expect(found?.code).toBe(code);
  const {message, remedy} = found
    ? zoneProblem(found)
    : {message: everywhere({en: '', zh: ''}), remedy: everywhere({en: '', zh: ''})};
  expect(message.en).toContain(told);
  for (const {en, zh} of [message, remedy]) {
    expect(en).toMatch(/[a-z]/);
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(`${en}${zh}`).not.toMatch(/undefined|[!！—]|\b(simply|just|please)\b|您|请|进行/);
  }
});

test.each([
  ['a'.repeat(64), '63'],
  [Array.from({length: 130}, () => 'a').join('.'), '255'],
  ['b\\300', 'character'],
])('why a name is none: %s', (name, told) => {
  const read = parseZone(`${name} 5 A 192.0.2.1`, 'x.');
  expect(read.ok ? [] : read.error.map((each) => zoneProblem(each).message.en).join()).toContain(told);
});
