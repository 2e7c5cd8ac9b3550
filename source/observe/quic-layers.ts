// Makes layers of the QUIC in a datagram: each packet's header, and below it the decrypted contents, each field at the place of its
// ciphertext.
import type {Trace} from '../sim/trace.ts';
import {bytesField} from '../wire/dissect-step.ts';
import {openedRows} from '../wire/dissect-tls.ts';
import {http3Rows} from '../wire/http3/frame.ts';
import type {Field, Layer} from '../wire/layer.ts';
import {type QuicFrame, shownFramesIn} from '../wire/quic/frame.ts';
import {headerRows} from '../wire/quic/packet-header.ts';
import {ContentType, ProtocolVersion} from '../wire/tls/registry.ts';
import {type QuicPacketSeen, quicOf} from './quic-in-trace.ts';
import {numberAtOf, type QuicPacket} from './quic-packet.ts';

/** Returns the fields of a decrypted QUIC packet that header protection had hidden (RFC 9001 §5.4.1), and its payload. */
const unmaskedRows = (packet: QuicPacket, bytes: Uint8Array): readonly Field[] => {
  const {header, opened, dcidLength} = packet;
  if (!opened) return [];
  const {start, end, kind} = header;
  const {first, number, at} = opened;
  const bits = (name: string, shift: number, mask: number): Field => ({
    ...{name, value: String((first >> shift) & mask), start, end: start + 1, mask: mask << shift},
  });
  const numberAt = numberAtOf(packet);
  const numberRow = {name: 'quic.packet_number', value: String(number), start: numberAt, end: at};
  const lengthRow = bits('quic.packet_number_length', 0, 3);
  if (kind !== '1-RTT')
    return [
      bits('quic.long.reserved', 2, 3),
      lengthRow,
      numberRow,
      bytesField('quic.payload', bytes, at, end),
    ];
  const dcid = dcidLength > 0 ? [bytesField('quic.dcid', bytes, start + 1, numberAt)] : [];
  return [
    ...[bits('quic.short.reserved', 3, 3), bits('quic.key_phase', 2, 1), lengthRow],
    ...dcid,
    ...[numberRow, bytesField('quic.protected_payload', bytes, at, end)],
  ];
};

/** Returns a field for the octets after the header of a QUIC packet that stays encrypted. */
const closedRow = (packet: QuicPacket, bytes: Uint8Array): readonly Field[] => {
  const {header} = packet;
  if (header.kind !== '1-RTT' && !('numberAt' in header)) return [];
  const end = Math.min(header.end, bytes.length);
  return [bytesField('quic.remaining_payload', bytes, Math.min(end, numberAtOf(packet)), end)];
};

const movedBy = (fields: readonly Field[], by: number): readonly Field[] =>
  fields.map((field) => ({...field, start: field.start + by, end: field.end + by}));

const behindData = ({end}: QuicFrame, data: Uint8Array): number => end - data.length;

/** Returns the fields of the TLS or HTTP/3 message in a QUIC frame that carries the beginning of its stream; undefined for other frames. */
const insideRows = (
  frame: QuicFrame,
): {readonly protocol: string; readonly rows: readonly Field[]; readonly at: number} | undefined => {
  if (frame.name === 'CRYPTO' && frame.body.offset === 0) {
    const {data} = frame.body;
    const about = {held: new Uint8Array(0), version: ProtocolVersion['TLS 1.3']};
    const [, ...rows] = openedRows(ContentType.handshake, data, about);
    return {protocol: 'tls', rows, at: behindData(frame, data)};
  }
  if (frame.name !== 'STREAM' || frame.body.offset > 0 || frame.body.data.length === 0) return undefined;
  const {data, streamId} = frame.body;
  return {protocol: 'http3', rows: http3Rows(data, streamId), at: behindData(frame, data)};
};

const openedLayers = (
  {packet, payload}: QuicPacketSeen,
  {zero, speaksHttp3}: {readonly zero: number; readonly speaksHttp3: boolean},
): readonly Layer[] => {
  if (!payload || !packet.opened) return [];
  const {frames, rows} = shownFramesIn(payload);
  const at = zero + packet.opened.at;
  const layer = (protocol: string, fields: readonly Field[], start: number, end: number): Layer => ({
    ...{protocol, start, end, fields, opened: true},
  });
  const inside = frames.flatMap((frame) => {
    const found = insideRows(frame);
    if (!found || found.rows.length === 0 || (found.protocol === 'http3' && !speaksHttp3)) return [];
    return [layer(found.protocol, movedBy(found.rows, at + found.at), at + found.at, at + frame.end)];
  });
  return [layer('quic', movedBy(rows, at), at, at + payload.length), ...inside];
};

/** Returns the layers of the QUIC in a datagram whose payload begins at offset `zero` of its frame; undefined if it is not QUIC. */
export const quicLayers = (trace: Trace, id: number, zero: number): readonly Layer[] | undefined => {
  const seen = quicOf(trace, id);
  if (!seen) return undefined;
  const {bytes, packets, speaksHttp3} = seen;
  const layers = packets.flatMap((each) => {
    const {packet} = each;
    const {start} = packet.header;
    const end = Math.min(packet.header.end, bytes.length);
    const hidden = packet.opened ? unmaskedRows(packet, bytes) : closedRow(packet, bytes);
    const fields = movedBy([...headerRows(bytes, packet.header), ...hidden], zero);
    const own: Layer = {protocol: 'quic', start: zero + start, end: zero + end, fields};
    return [own, ...openedLayers(each, {zero, speaksHttp3})];
  });
  const rest = packets.at(-1)?.packet.header.end ?? 0;
  if (rest >= bytes.length) return layers;
  const padding = bytesField('quic.coalesced_padding_data', bytes, rest, bytes.length);
  return [
    ...layers,
    {protocol: 'quic', start: zero + rest, end: zero + bytes.length, fields: movedBy([padding], zero)},
  ];
};
