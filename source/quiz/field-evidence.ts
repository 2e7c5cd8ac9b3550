// Fields of packets as tshark prints them, for evidence and for choices that are field values.

import {packetOf, segmentOf} from '../account/packet.ts';
import {packetLayers} from '../observe/packet-layers.ts';
import type {Trace} from '../sim/trace.ts';
import {ropeToBytes} from '../wire/rope.ts';
import type {Draft} from './draft.ts';

/** An upper limit for the octets of a TCP segment's payload. */
const mostOctets = 65_535;

/**
 * Returns the values of a packet's field, joined by commas as `tshark -T fields -e FIELD` does; undefined if the packet does not have the
 * field.
 */
const printed = (trace: Trace, packet: number, field: string): string | undefined => {
  if (field === 'frame.number') return String(packet);
  if (field === 'frame.len') return String(packetOf(trace, packet).originalLength);
  const values = packetLayers(trace, packet).layers.flatMap(({fields, opened}) =>
    opened ? [] : fields.flatMap(({name, value}) => (name === field ? [value] : [])),
  );
  return values.length === 0 ? undefined : values.join(',');
};

/**
 * Tells whether the packet contains exactly one whole HTTP message. Only then is the packet in which Wireshark shows the message also the
 * one that begins it.
 */
const isWholeHttp = (trace: Trace, packet: number): boolean => {
  const segment = segmentOf(packetOf(trace, packet));
  if (!segment) return false;
  const text = String.fromCharCode(...ropeToBytes(segment.payload).subarray(0, mostOctets));
  const end = text.indexOf('\r\n\r\n');
  const stated = /\r\nContent-Length: *(\d+)\r\n/i.exec(text.slice(0, end + 2))?.[1];
  const empty = /^HTTP\/1\.\d (1\d\d|204|304)/.test(text);
  const content = segment.payload.length - (end + 4);
  return end >= 0 && content === (empty || stated === undefined ? 0 : Number(stated));
};

/** Returns a packet's field and value as the evidence for an answer; undefined if the packet does not have the field. */
export const fieldEvidence = (trace: Trace, packet: number, field: string): Draft['evidence'] | undefined => {
  const value = printed(trace, packet, field);
  if (value === undefined || (field.startsWith('http.') && !isWholeHttp(trace, packet))) return undefined;
  return {packet, field, value};
};
