// The values that dissectors pass on: the layers found, and for the next dissector where to continue and what is known about the bytes
// there.
import type {AddressSpan} from './checksum.ts';
import type {Field, Layer} from './layer.ts';
import {hexOf, readUint} from './octets.ts';

/** A range of a captured frame's bytes for a dissector to read. */
export type Stretch = {
  readonly bytes: Uint8Array;
  readonly start: number;
  /** The end of this range's captured bytes. */
  readonly end: number;
  /** The end of this range on the wire, which is beyond `end` if the capture cut the frame. */
  readonly wireEnd: number;
  /** True for bytes of the packet that an ICMP error quotes. */
  readonly quoted: boolean;
};

/** Returns a range of completely captured octets for a dissector, from `start` to `end`. */
export const stretchOf = (bytes: Uint8Array, start = 0, end = bytes.length): Stretch => ({
  ...{bytes, start, end, wireEnd: bytes.length, quoted: false},
});

/**
 * The range to dissect next, and as what: by EtherType, by IP protocol number, as an IP packet of either version, or as another named
 * protocol.
 */
export type Next = Stretch &
  (
    | {readonly as: 'etherType'; readonly etherType: number}
    | {readonly as: 'ip'}
    | {
        readonly as: 'protocol';
        readonly protocol: number;
        /** The place of the IP addresses, for the pseudo header of a checksum. */
        readonly addresses: AddressSpan;
        readonly fragmented: boolean;
      }
    | {readonly as: 'ethernet'}
    | {readonly as: 'vxlan'}
    | {readonly as: 'dhcp'}
    | {readonly as: 'data'}
    /** DNS: over UDP the range is one message, over TCP the whole payload of a segment. */
    | {readonly as: 'dns'; readonly over: 'udp' | 'tcp'}
    | {readonly as: 'http'}
    | {readonly as: 'tls'}
  );

export type Step = {readonly layers: readonly Layer[]; readonly next?: Next; readonly problem?: string};

/** Returns an inspector row without bytes of its own, whose value is computed from others; it is shown at offset `at`. */
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

/** Returns an inspector row for the unsigned number in `size` octets (1 … 4), in decimal. */
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

/** Returns the inspector layer of bytes that no dissector reads (`data`); none if there are no bytes. */
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

/** Wireshark's values of the fields `*.checksum.status`. */
export const ChecksumStatus = {bad: 0, good: 1, unverified: 2, notPresent: 3} as const;
