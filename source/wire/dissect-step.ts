// What one dissector hands to the next: where to read on, and what is known about the bytes there.
import type {AddressSpan} from './checksum.ts';
import type {Field, Layer} from './layer.ts';
import {hexOf, readUint} from './octets.ts';

/** Bytes of a frame that a dissector is to read. */
export type Stretch = {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** Where the captured bytes of this stretch end. */
  readonly end: number;
  /** Where it ended on the wire: beyond `end` in a snapped frame. */
  readonly wireEnd: number;
  /** Inside the packet that an ICMP error reports. */
  readonly quoted: boolean;
};

/** Octets that were all captured, from one place in them on. */
export const stretchOf = (bytes: Uint8Array, start = 0, end = bytes.length): Stretch => ({
  ...{bytes, start, end, wireEnd: bytes.length, quoted: false},
});

/** How to read on: by EtherType, by IP protocol number, or as an IP packet of either version. */
export type Next = Stretch &
  (
    | {readonly as: 'etherType'; readonly etherType: number}
    | {readonly as: 'ip'}
    | {
        readonly as: 'protocol';
        readonly protocol: number;
        /** Where the addresses stand for the pseudo header. */
        readonly addresses: AddressSpan;
        readonly fragmented: boolean;
      }
    | {readonly as: 'ethernet'}
    | {readonly as: 'vxlan'}
    | {readonly as: 'dhcp'}
    | {readonly as: 'data'}
    /** One message, or the whole payload of a segment. */
    | {readonly as: 'dns'; readonly over: 'udp' | 'tcp'}
    | {readonly as: 'http'}
    | {readonly as: 'tls'}
  );

export type Step = {readonly layers: readonly Layer[]; readonly next?: Next; readonly problem?: string};

/** A field that stands in no bytes of its own: computed from others, shown at `at`. */
export const computed = (name: string, value: string | number, at: number): Field => ({
  name,
  value: String(value),
  start: at,
  end: at,
});

export const bytesField = (name: string, bytes: Uint8Array, start: number, end: number): Field => ({
  name,
  value: hexOf(bytes, start, end),
  start,
  end,
});

/** `size` octets, 1 … 4, in decimal. */
export const numberField = (name: string, bytes: Uint8Array, start: number, size: number): Field => ({
  name,
  value: String(readUint(bytes, start, size)),
  start,
  end: start + size,
});

export const layerOf = (
  protocol: string,
  {start, end, quoted}: {readonly start: number; readonly end: number; readonly quoted: boolean},
  fields: readonly Field[],
): Layer => ({protocol, start, end, fields, ...(quoted && {quoted: true})});

/** What no dissector reads; none where there is nothing. */
export const dataLayer = (stretch: Stretch): readonly Layer[] => {
  const {bytes, start, end} = stretch;
  if (start >= end) return [];
  const fields = [bytesField('data.data', bytes, start, end), computed('data.len', end - start, start)];
  return [layerOf('data', stretch, fields)];
};

/** `rows` with `extra` behind the row called `name`, or at the end where there is none. */
export const insertAfter = (rows: readonly Field[], name: string, ...extra: readonly Field[]): Field[] => {
  const index = rows.findIndex((row) => row.name === name);
  const split = index < 0 ? rows.length : index + 1;
  return [...rows.slice(0, split), ...extra, ...rows.slice(split)];
};

/** Wireshark's codes for `*.checksum.status`. */
export const ChecksumStatus = {bad: 0, good: 1, unverified: 2, notPresent: 3} as const;
