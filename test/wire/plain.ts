// Values with their payload as hex, so that two of them can be compared whatever their ropes are made of.
import {hexOf} from '../../source/wire/octets.ts';
import {ropeToBytes} from '../../source/wire/rope.ts';

const isRope = (value: object): value is Parameters<typeof ropeToBytes>[0] => 'chunks' in value;

export const plain = (value: unknown): unknown => {
  if (value instanceof Uint8Array) return hexOf(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (isRope(value)) return hexOf(ropeToBytes(value));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
};
