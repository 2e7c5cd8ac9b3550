// Octets that are changed by chance, and what has to hold of an end whatever it hears.
import fc from 'fast-check';
import {expect} from 'vitest';
import type {End} from './pair.ts';

const states = new Set([
  'START',
  'WAIT_SH',
  'WAIT_EOED',
  'WAIT_EE',
  'WAIT_CERT_CR',
  'WAIT_CERT',
  'WAIT_CV',
  'WAIT_FINISHED',
  'CONNECTED',
  'WAIT_CERTIFICATE',
  'WAIT_SERVER_KEY_EXCHANGE',
  'WAIT_SERVER_HELLO_DONE',
  'WAIT_CLIENT_KEY_EXCHANGE',
  'WAIT_TICKET',
  'WAIT_CHANGE_CIPHER_SPEC',
]);

/** One fatal alert at most, and none but in the end. */
export const sound = (end: End): void => {
  const fatal = end.of('alert').filter((one) => one.fatal);
  expect(fatal.length).toBeLessThanOrEqual(1);
  if (end.state === 'CLOSED') expect(end.of('closed').length).toBe(1);
  else expect(states.has(end.state) && fatal.length === 0).toBe(true);
};

export const hear = (end: End, data: Uint8Array): void => {
  end.happen({kind: 'bytes', data});
};

export const junk = fc.uint8Array({maxLength: 400});

/** Octets with a change somewhere: flipped, cut, taken out, put in. */
type Damage = {
  readonly kind: 'flip' | 'cut' | 'drop' | 'insert';
  readonly at: number;
  readonly with: Uint8Array;
};
export const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom('flip', 'cut', 'drop', 'insert'),
  at: fc.double({min: 0, max: 1, noNaN: true}),
  with: fc.uint8Array({minLength: 1, maxLength: 4}),
});

export const damaged = (data: Uint8Array, {kind, at, with: octets}: Damage): Uint8Array => {
  const i = Math.floor(at * (data.length - 1));
  const [before, after] = [data.subarray(0, i), data.subarray(i)];
  switch (kind) {
    case 'flip':
      return data.with(i, (data[i] ?? 0) ^ (octets[0] || 1));
    case 'cut':
      return data.slice(0, i);
    case 'drop':
      return Uint8Array.of(...before, ...after.subarray(octets.length));
    case 'insert':
      return Uint8Array.of(...before, ...octets, ...after);
  }
};
