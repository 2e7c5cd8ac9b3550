// Explains, for *Why?*, why a captured QUIC datagram was sent, by its frames.
import type {QuicFramePart} from '../../account/part.ts';
import {quicPartOf} from '../../account/quic-parts.ts';
import {type Message, type Text, worded} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';
import {ruleReasons as say} from '../../words/catalogue/player.ts';

/**
 * A kind of QUIC frame that can explain why a datagram was sent; `stream` is the frame's stream id, 0 for frames that belong to no stream.
 */
type Telling = {readonly what: string; readonly stream: number};

const telling = (part: QuicFramePart): Telling => {
  if (part.frame === 'STREAM' && part.octets === 0 && part.fin) return {what: 'end', stream: part.stream};
  if (part.frame !== 'HTTP') return {what: part.frame, stream: 'stream' in part ? part.stream : 0};
  const {stream} = part;
  if ('method' in part) return {what: 'request', stream};
  if ('status' in part) return {what: 'response', stream};
  return {what: part.name === 'SETTINGS' || part.name === 'GOAWAY' ? part.name : 'STREAM', stream};
};

/** The texts on why a QUIC datagram was sent, by the kind of frame in it that explains it. */
const texts: {readonly [what: string]: Text | Message<{readonly stream: number}>} = say.quic;

const explained = ({what, stream}: Telling): Text => worded(texts[what] ?? say.quic.other, {stream});

/** The kinds of QUIC frames, the kind first that best explains why a datagram was sent if it contains several. */
const order: readonly string[] = [
  ...['CONNECTION_CLOSE', 'RESET_STREAM', 'STOP_SENDING', 'HANDSHAKE_DONE', 'CRYPTO'],
  ...['GOAWAY', 'request', 'response', 'SETTINGS', 'STREAM', 'end', 'DATAGRAM'],
  ...['PATH_CHALLENGE', 'PATH_RESPONSE', 'NEW_TOKEN', 'DATA_BLOCKED', 'STREAM_DATA_BLOCKED'],
  ...['STREAMS_BLOCKED', 'MAX_DATA', 'MAX_STREAM_DATA', 'MAX_STREAMS', 'NEW_CONNECTION_ID'],
  ...['RETIRE_CONNECTION_ID'],
];

/** The kinds of QUIC frames that explain a datagram only if all of its packets could be decrypted, so that no other frame is in it. */
const alone: readonly string[] = ['PING', 'ACK'];

/** Explains why a QUIC datagram was sent; undefined if the packet is none, or if its frames leave doubt. */
export const quicReason = (trace: Trace, packet: number): Text | undefined => {
  const packets = quicPartOf(trace, packet)?.packets ?? [];
  const [first] = packets;
  if (first === undefined) return undefined;
  if (first.type === 'Retry' || first.type === 'Version Negotiation')
    return explained({what: first.type.replace(' ', ''), stream: 0});
  const told = packets.flatMap(({frames = []}) => frames.map(telling));
  const isClosed = packets.some(({frames}) => frames === undefined);
  const [most] = [...order, ...(isClosed ? [] : alone)].flatMap(
    (what) => told.find((each) => each.what === what) ?? [],
  );
  if (most) return explained(most);
  return isClosed ? explained({what: 'closed', stream: 0}) : undefined;
};
