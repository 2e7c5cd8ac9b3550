// The sender and receiver of a captured frame by addresses and ports: as a key, and as values.
import {addressText, type FrameHeaders, uint16} from '../wire/frame-headers.ts';
import type {Endpoint} from './observed-connection.ts';

export const portsAt = (bytes: Uint8Array, at: number): readonly [from: number, to: number] => [
  uint16(bytes, at),
  uint16(bytes, at + 2),
];

/** Returns octets as UTF-16 code units, two octets in each, for a string that serves as a key. */
export const unitsAt = (bytes: Uint8Array, from: number, end: number): number[] => {
  const units: number[] = [];
  for (let at = from; at < end; at += 2) units.push(uint16(bytes, at));
  return units;
};

/**
 * Returns the key of a flow: the sender's and receiver's addresses, then the ports. One call makes it, because a concatenated string is
 * slow to look up. `headers` are those of `frame`; the ports are at offset `at` of `bytes`.
 */
export const flowOf = (
  {version, addressesAt: from, destinationAt: to}: FrameHeaders,
  frame: Uint8Array,
  bytes: Uint8Array,
  at: number,
): string =>
  version === 4
    ? String.fromCharCode(
        uint16(frame, from),
        uint16(frame, from + 2),
        uint16(frame, from + 4),
        uint16(frame, from + 6),
        uint16(bytes, at),
        uint16(bytes, at + 2),
      )
    : String.fromCharCode(
        ...unitsAt(frame, from, from + 16),
        ...unitsAt(frame, to, to + 16),
        uint16(bytes, at),
        uint16(bytes, at + 2),
      );

/** Returns the key of the flow in the opposite direction: addresses and ports are exchanged. */
export const backOf = (flow: string): string => {
  const size = (flow.length - 2) / 2;
  const [source, target] = [flow.slice(0, size), flow.slice(size, -2)];
  return `${target}${source}${flow.at(-1)}${flow.at(-2)}`;
};

/**
 * Returns the sender and the receiver of a captured frame with their ports; `headers` are those of `frame`, and the ports are at offset
 * `at` of `bytes`.
 */
export const endsOf = (
  headers: FrameHeaders,
  frame: Uint8Array,
  bytes: Uint8Array,
  at: number,
): readonly [Endpoint, Endpoint] => [
  {address: addressText(frame, headers, 0), port: uint16(bytes, at)},
  {address: addressText(frame, headers, 1), port: uint16(bytes, at + 2)},
];
