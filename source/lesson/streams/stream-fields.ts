// Reads the numbers of a packet's HTTP/2 and QUIC streams by Wireshark's field names (wireshark.org/docs/dfref/h/http2.html,
// …/q/quic.html), from packets in clear and from those that were decrypted.
import {connectionsIn} from '../../observe/connections.ts';
import {framesIn, http2PlaceOf} from '../../observe/http2-reading.ts';
import {quicConnectionOf, quicOf} from '../../observe/quic-in-trace.ts';
import type {PacketRecord, Trace} from '../../sim/trace.ts';
import {type FieldReader, number} from '../field-value.ts';

/** The stream numbers of a packet's HTTP/2 frames and QUIC STREAM frames; HTTP/2 stream 0 is the connection itself. */
type Streams = {readonly http2: readonly number[]; readonly quic: readonly number[]};

export const streamsIn = ({id}: Pick<PacketRecord, 'id'>, trace: Trace): Streams | undefined => {
  const place = http2PlaceOf(trace, id);
  // An HTTP/2 frame belongs, as in tshark, to the packet that completes it.
  const whole = place ? framesIn(place).filter(({end}) => end <= place.end) : [];
  const http2 = whole.map(({header}) => header.stream);
  const packets = place ? [] : (quicOf(trace, id)?.packets ?? []);
  const quic = packets.flatMap(({frames}) =>
    frames.flatMap(({name, body}) => (name === 'STREAM' ? [body.streamId] : [])),
  );
  return http2.length + quic.length === 0 ? undefined : {http2, quic};
};

/** The numbers of the TCP, UDP and QUIC conversations that a packet belongs to, counted from 0 in the order in which they are seen. */
type Conversations = {
  readonly tcp: number | undefined;
  readonly udp: number | undefined;
  readonly quic: number | undefined;
};

const isRun = (trace: Trace): boolean => trace.header.profile !== 'capture';

/**
 * Returns the numbers of the conversations that a packet belongs to. A capture records them; in a simulated run, the TCP connections are
 * counted.
 */
export const conversationsIn = (
  {id, conversation = 0}: Pick<PacketRecord, 'id' | 'conversation'>,
  trace: Trace,
): Conversations => {
  const carried = isRun(trace) ? connectionsIn(trace).carriedBy(id)?.connection.id : conversation;
  const quic = quicConnectionOf(trace, id)?.id;
  return {
    tcp: carried !== undefined && carried > 0 ? carried - 1 : undefined,
    udp: conversation < 0 ? -1 - conversation : undefined,
    quic: quic === undefined ? undefined : quic - 1,
  };
};

const numberIfAny = (value: number | undefined) => number(...(value === undefined ? [] : [value]));

/** Conversation numbers as Wireshark gives them (…/t/tcp.html, …/u/udp.html, …/q/quic.html), which are one below those on the screen. */
export const conversationFields = {
  'tcp.stream': ({tcp}) => numberIfAny(tcp),
  'udp.stream': ({udp}) => numberIfAny(udp),
  'quic.connection.number': ({quic}) => numberIfAny(quic),
} satisfies {readonly [field: string]: FieldReader<Conversations>};

export const streamFields = {
  'http2.streamid': ({http2}) => number(...new Set(http2)),
  'quic.stream.stream_id': ({quic}) => number(...new Set(quic)),
} satisfies {readonly [field: string]: FieldReader<Streams>};
