// Tells what a datagram says in QUIC: its packets by type, and their frames if they were decrypted (RFC 9000 §12).
import type {Http3Told} from '../observe/http3-connection.ts';
import {type QuicDatagramSeen, type QuicPacketSeen, quicOf} from '../observe/quic-in-trace.ts';
import type {Trace} from '../sim/trace.ts';
import {http3FrameName} from '../wire/http3/frame.ts';
import {closeName} from '../wire/quic/error-name.ts';
import type {QuicFrame} from '../wire/quic/frame.ts';
import {spokenMessage} from '../wire/tls/message-name.ts';
import {foreign} from './foreign.ts';
import type {QuicFramePart, QuicPart} from './part.ts';

/** Returns the TLS handshake messages that end in the octets of a CRYPTO frame, whether they come for the first time or again. */
const cryptoParts = (
  {connection: {handshake}}: QuicDatagramSeen,
  {packet: {header, side}}: QuicPacketSeen,
  {offset, data}: Extract<QuicFrame, {name: 'CRYPTO'}>['body'],
): readonly QuicFramePart[] => {
  const level = header.kind === 'Initial' ? 0 : header.kind === 'Handshake' ? 1 : 2;
  const site = handshake.serverName;
  const messages = handshake.messages.filter(
    (each) =>
      each.level === level && each.side === side && each.end > offset && each.end <= offset + data.length,
  );
  if (messages.length === 0) return [{frame: 'CRYPTO', octets: data.length}];
  return messages.map(({name}) => ({
    frame: 'CRYPTO',
    message: spokenMessage(name),
    site: name === 'client_hello' && site !== undefined ? foreign(site) : undefined,
  }));
};

const http3Part = (told: Http3Told): QuicFramePart => {
  const {stream} = told;
  switch (told.kind) {
    case 'request':
      return {frame: 'HTTP', stream, method: foreign(told.method), target: foreign(told.path)};
    case 'response':
      return {frame: 'HTTP', stream, status: told.status};
    case 'frame':
      return {frame: 'HTTP', stream, name: http3FrameName(told.type), octets: told.octets};
  }
};

/** Tells whether a QUIC frame is told; PADDING is told only if there are no other frames. */
const isTold = ({name}: QuicFrame, _: number, all: readonly QuicFrame[]): boolean =>
  name !== 'PADDING' || all.every((each) => each.name === 'PADDING');

const framesOf = (seen: QuicDatagramSeen, packet: QuicPacketSeen): readonly QuicFramePart[] => {
  // HTTP/3 frames that end in a QUIC packet are told with the first frame of their stream.
  const said = new Set<number>();
  return packet.frames.filter(isTold).flatMap((each): readonly QuicFramePart[] => {
    switch (each.name) {
      case 'CRYPTO':
        return cryptoParts(seen, packet, each.body);
      case 'STREAM': {
        const {streamId: stream, data, fin} = each.body;
        const own = said.has(stream) ? [] : seen.http3.filter((told) => told.stream === stream);
        said.add(stream);
        return own.length > 0 ? own.map(http3Part) : [{frame: 'STREAM', stream, octets: data.length, fin}];
      }
      case 'CONNECTION_CLOSE':
        return [{frame: 'CONNECTION_CLOSE', code: closeName(each.body, seen.speaksHttp3)}];
      default:
        return [{frame: each.name}];
    }
  });
};

/** Returns the QUIC part of a packet; undefined if it is not QUIC. */
export const quicPartOf = (trace: Trace, id: number): QuicPart | undefined => {
  const seen = quicOf(trace, id);
  if (!seen) return undefined;
  const packets = seen.packets.map((each) => {
    const {kind, start, end} = each.packet.header;
    const isOpen = each.payload !== undefined || kind === 'Retry' || kind === 'Version Negotiation';
    return {
      type: kind === 'unknown' ? 'QUIC' : kind,
      octets: end - start,
      frames: isOpen ? framesOf(seen, each) : undefined,
    };
  });
  return {kind: 'quic', packets};
};
