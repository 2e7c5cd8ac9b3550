// The result of a dissector for the next one: where to continue, and what is known about the bytes there.
import type {AddressSpan} from './checksum.ts';
import type {Field, Layer} from './layer.ts';
import {hexOf, readUint} from './octets.ts';

/** Bytes of a frame for a dissector. */
export type Stretch = {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** The end of the captured bytes of this stretch. */
  readonly end: number;
  /** The end on the wire, which is beyond `end` in a snapped frame. */
  readonly wireEnd: number;
  /** True inside the packet that an ICMP error quotes. */
  readonly quoted: boolean;
};

/** Returns a stretch of completely captured octets, from one place on. */
export const stretchOf = (bytes: Uint8Array, start = 0, end = bytes.length): Stretch => ({
  ...{bytes, start, end, wireEnd: bytes.length, quoted: false},
});

/** The next protocol: by EtherType, by IP protocol number, or an IP packet of either version. */
export type Next = Stretch &
  (
    | {readonly as: 'etherType'; readonly etherType: number}
    | {readonly as: 'ip'}
    | {
        readonly as: 'protocol';
        readonly protocol: number;
        /** The place of the addresses for the pseudo header. */
        readonly addresses: AddressSpan;
        readonly fragmented: boolean;
      }
    | {readonly as: 'ethernet'}
    | {readonly as: 'vxlan'}
    | {readonly as: 'dhcp'}
    | {readonly as: 'data'}
    /** One DNS message over UDP, or the whole payload of a TCP segment. */
    | {readonly as: 'dns'; readonly over: 'udp' | 'tcp'}
    | {readonly as: 'http'}
    | {readonly as: 'tls'}
  );

export type Step = {readonly layers: readonly Layer[]; readonly next?: Next; readonly problem?: string};

/** Returns a field without bytes of its own, computed from others and shown at `at`. */
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

/** Returns a decimal field of `size` octets, 1 … 4. */
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

/** Returns the layer of bytes that no dissector reads; none if there are no bytes. */
export const dataLayer = (stretch: Stretch): readonly Layer[] => {
  const {bytes, start, end} = stretch;
  if (start >= end) return [];
  const fields = [bytesField('data.data', bytes, start, end), computed('data.len', end - start, start)];
  return [layerOf('data', stretch, fields)];
};

/** Returns the rows with `extra` inserted after the row called `name`, or at the end if there is none. */
export const insertAfter = (rows: readonly Field[], name: string, ...extra: readonly Field[]): Field[] => {
  const index = rows.findIndex((row) => row.name === name);
  const split = index < 0 ? rows.length : index + 1;
  return [...rows.slice(0, split), ...extra, ...rows.slice(split)];
};

/** Wireshark's codes for `*.checksum.status`. */
export const ChecksumStatus = {bad: 0, good: 1, unverified: 2, notPresent: 3} as const;
