// Fields of packets as tshark prints them, for evidence and for choices that are field values.

import {packetOf, segmentOf} from '../account/packet.ts';
import {packetLayers} from '../observe/packet-layers.ts';
import type {Trace} from '../sim/trace.ts';
import {ropeToBytes} from '../wire/rope.ts';
import type {Draft} from './draft.ts';

/** More than any segment contains. */
const mostOctets = 65_535;

/** Returns all occurrences as `tshark -T fields -e FIELD` joins them; undefined if the packet has none. */
const printed = (trace: Trace, packet: number, field: string): string | undefined => {
  if (field === 'frame.number') return String(packet);
  if (field === 'frame.len') return String(packetOf(trace, packet).originalLength);
  const values = packetLayers(trace, packet).layers.flatMap(({fields, opened}) =>
    opened ? [] : fields.flatMap(({name, value}) => (name === field ? [value] : [])),
  );
  return values.length === 0 ? undefined : values.join(',');
};

/**
 * Tells whether the packet contains a whole HTTP message. Wireshark shows a message in the packet that completes it, which should also be
 * the one that begins it.
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

/** Returns a field as evidence; undefined if the packet does not have it. */
export const fieldEvidence = (trace: Trace, packet: number, field: string): Draft['evidence'] | undefined => {
  const value = printed(trace, packet, field);
  if (value === undefined || (field.startsWith('http.') && !isWholeHttp(trace, packet))) return undefined;
  return {packet, field, value};
};
