// Reads QUIC frames (RFC 9000 §19; DATAGRAM: RFC 9221 §4): one table yields each frame's type, decoder and inspector rows.
import type {Field} from '../layer.ts';
import {hexOf} from '../octets.ts';
import {fields, quietReaderOf, type Reading, readerOf, type TlsReader} from '../tls/presentation.ts';
import {decodeUtf8} from '../utf8.ts';
import {shownVarint, takeOctets} from './varint.ts';

const row = (from: TlsReader, name: string, value: string, start: number): void => {
  if (!from.quiet && !from.error) from.rows.push({name, value, start, end: from.at});
};

const shownOctets = (name: string, size: number, print: (bytes: Uint8Array) => string = hexOf) => ({
  read: (from: TlsReader): Uint8Array => {
    const start = from.at;
    const bytes = takeOctets(from, size);
    if (!from.quiet && bytes.length > 0) row(from, name, print(bytes), start);
    return bytes;
  },
});

/** Reads octets that follow their length in a QUIC frame, with inspector rows for both. */
const counted = (
  lengthRow: string,
  dataRow: string,
  print: (bytes: Uint8Array) => string = hexOf,
): Reading<Uint8Array> => {
  const length = shownVarint(lengthRow);
  return {read: (from) => shownOctets(dataRow, length.read(from), print).read(from)};
};

export type AckRange = {readonly first: number; readonly last: number};

/** The content of an ACK frame of QUIC; `ranges` begin with the highest packet numbers. */
type AckBody = {
  readonly delay: number;
  readonly ranges: readonly AckRange[];
  /** The counts of packets with ECT(0), ECT(1) and ECN-CE in an ACK frame of QUIC; undefined if the frame has none. */
  readonly ecn: readonly number[] | undefined;
};

const ackFields = {
  largest: shownVarint('quic.ack.largest_acknowledged'),
  delay: shownVarint('quic.ack.ack_delay'),
  count: shownVarint('quic.ack.ack_range_count'),
  first: shownVarint('quic.ack.first_ack_range'),
};
const gapField = shownVarint('quic.ack.gap');
const rangeField = shownVarint('quic.ack.ack_range');
const ecnFields = ['quic.ack.ect0_count', 'quic.ack.ect1_count', 'quic.ack.ecn_ce_count'].map(shownVarint);

const ack = (type: number): Reading<AckBody> => ({
  read: (from) => {
    const {largest, delay, count, first} = fields(ackFields).read(from);
    const ranges: AckRange[] = [{first: largest - first, last: largest}];
    let smallest = largest - first;
    for (let index = 0; index < count && !from.error; index++) {
      const last = smallest - gapField.read(from) - 2;
      smallest = last - rangeField.read(from);
      ranges.push({first: smallest, last});
    }
    // Ranges of an ACK frame that go below packet number 0 are invalid and left out (RFC 9000 §19.3.1).
    return {
      delay,
      ranges: from.error ? [] : ranges.filter((range) => range.first >= 0),
      ecn: type === 0x03 ? ecnFields.map((each) => each.read(from)) : undefined,
    };
  },
});

export type StreamBody = {
  readonly streamId: number;
  readonly offset: number;
  readonly data: Uint8Array;
  readonly fin: boolean;
};

const streamIdField = shownVarint('quic.stream.stream_id');
const streamOffset = shownVarint('quic.stream.offset');
const streamLength = shownVarint('quic.stream.length');

const stream = (type: number): Reading<StreamBody> => ({
  read: (from) => {
    for (const [name, mask] of [
      ['quic.stream.fin', 1],
      ['quic.stream.len', 2],
      ['quic.stream.off', 4],
    ] as const)
      row(from, name, type & mask ? '1' : '0', from.at - 1);
    const start = from.at;
    const streamId = streamIdField.read(from);
    row(from, 'quic.stream.initiator', String(streamId % 2), start);
    row(from, 'quic.stream.direction', String(Math.floor(streamId / 2) % 2), start);
    const offset = type & 4 ? streamOffset.read(from) : 0;
    const size = type & 2 ? streamLength.read(from) : from.end - from.at;
    const data = shownOctets('quic.stream_data', size).read(from);
    return {streamId, offset, data, fin: (type & 1) !== 0};
  },
});

const closeFields = {
  transport: {code: shownVarint('quic.cc.error_code'), frameType: shownVarint('quic.cc.frame_type')},
  application: {code: shownVarint('quic.cc.error_code.app')},
};

const connectionClose = (
  type: number,
): Reading<{
  readonly application: boolean;
  readonly code: number;
  readonly reason: string;
}> => ({
  read: (from) => {
    const application = type === 0x1d;
    const {code} = fields(application ? closeFields.application : closeFields.transport).read(from);
    const reason = counted('quic.cc.reason_phrase.length', 'quic.cc.reason_phrase', decodeUtf8).read(from);
    return {application, code, reason: decodeUtf8(reason)};
  },
});

/** Reads the content of a NEW_CONNECTION_ID frame of QUIC (§19.15). */
const newConnectionId: Reading<{
  readonly sequence: number;
  readonly retirePriorTo: number;
  readonly connectionId: Uint8Array;
  readonly resetToken: Uint8Array;
}> = {
  read: (from) => {
    const sequence = shownVarint('quic.nci.sequence').read(from);
    const retirePriorTo = shownVarint('quic.nci.retire_prior_to').read(from);
    const start = from.at;
    const length = takeOctets(from, 1)[0] ?? 0;
    row(from, 'quic.nci.connection_id.length', String(length), start);
    const connectionId = shownOctets('quic.nci.connection_id', length).read(from);
    const resetToken = shownOctets('quic.nci.stateless_reset_token', 16).read(from);
    return {sequence, retirePriorTo, connectionId, resetToken};
  },
};

const cryptoOffset = shownVarint('quic.crypto.offset');
const cryptoData = counted('quic.crypto.length', 'quic.crypto.crypto_data', () => '');

/** Reads PADDING frames of QUIC; consecutive octets of 0 count as one frame. */
const padding: Reading<{readonly octets: number}> = {
  read: (from) => {
    const start = from.at - 1;
    while (from.at < from.end && from.bytes[from.at] === 0) from.at += 1;
    const octets = from.at - start;
    row(from, 'quic.padding_length', String(octets), start + 1);
    return {octets};
  },
};

const nothing: Reading<undefined> = {read: () => undefined};

const maximum = (name: string) => fields({maximum: shownVarint(name)});
const limit = (name: string) => fields({limit: shownVarint(name)});

const bodies = {
  PADDING: () => padding,
  PING: () => nothing,
  ACK: ack,
  RESET_STREAM: () => resetStream,
  STOP_SENDING: () => stopSending,
  CRYPTO: () => crypto,
  NEW_TOKEN: () => newToken,
  STREAM: stream,
  MAX_DATA: () => maxData,
  MAX_STREAM_DATA: () => maxStreamData,
  MAX_STREAMS: () => maxStreams,
  DATA_BLOCKED: () => dataBlocked,
  STREAM_DATA_BLOCKED: () => streamDataBlocked,
  STREAMS_BLOCKED: () => streamsBlocked,
  NEW_CONNECTION_ID: () => newConnectionId,
  RETIRE_CONNECTION_ID: () => retireConnectionId,
  PATH_CHALLENGE: () => pathChallenge,
  PATH_RESPONSE: () => pathResponse,
  CONNECTION_CLOSE: connectionClose,
  HANDSHAKE_DONE: () => nothing,
  DATAGRAM: (type: number) => (type === 0x31 ? countedDatagram : datagramToTheEnd),
};

const resetStream = fields({
  streamId: shownVarint('quic.rsts.stream_id'),
  code: shownVarint('quic.rsts.application_error_code'),
  finalSize: shownVarint('quic.rsts.final_size'),
});
const stopSending = fields({
  streamId: shownVarint('quic.ss.stream_id'),
  code: shownVarint('quic.ss.application_error_code'),
});
const crypto = fields({offset: cryptoOffset, data: cryptoData});
const newToken = fields({token: counted('quic.nt.length', 'quic.nt.token')});
const maxData = maximum('quic.md.maximum_data');
const maxStreamData = fields({
  streamId: shownVarint('quic.msd.stream_id'),
  maximum: shownVarint('quic.msd.maximum_stream_data'),
});
const maxStreams = maximum('quic.ms.max_streams');
const dataBlocked = limit('quic.sb.stream_data_limit');
const streamDataBlocked = fields({
  streamId: shownVarint('quic.sdb.stream_id'),
  limit: shownVarint('quic.sb.stream_data_limit'),
});
const streamsBlocked = limit('quic.sib.stream_limit');
const retireConnectionId = fields({sequence: shownVarint('quic.rci.sequence')});
const pathChallenge = fields({data: shownOctets('quic.path_challenge.data', 8)});
const pathResponse = fields({data: shownOctets('quic.path_response.data', 8)});
const countedDatagram = fields({data: counted('quic.dg.length', 'quic.dg')});
const datagramToTheEnd: Reading<{readonly data: Uint8Array}> = {
  read: (from) => ({data: shownOctets('quic.dg', from.end - from.at).read(from)}),
};

type Bodies = typeof bodies;
export type FrameName = keyof Bodies;

export type QuicFrame = {
  readonly [N in FrameName]: {
    readonly name: N;
    /** The type number of the QUIC frame, as it is on the wire. */
    readonly type: number;
    /** The offset of the QUIC frame in the payload of its packet. */
    readonly start: number;
    readonly end: number;
    readonly body: ValueOfReading<ReturnType<Bodies[N]>>;
  };
}[FrameName];

type ValueOfReading<R> = R extends Reading<infer T> ? T : never;

/** The first and last type number of each QUIC frame. Where a frame has several, their low bits are flags. */
const firstTypes: readonly (readonly [number, number, FrameName])[] = [
  [0x00, 0x00, 'PADDING'],
  [0x01, 0x01, 'PING'],
  [0x02, 0x03, 'ACK'],
  [0x04, 0x04, 'RESET_STREAM'],
  [0x05, 0x05, 'STOP_SENDING'],
  [0x06, 0x06, 'CRYPTO'],
  [0x07, 0x07, 'NEW_TOKEN'],
  [0x08, 0x0f, 'STREAM'],
  [0x10, 0x10, 'MAX_DATA'],
  [0x11, 0x11, 'MAX_STREAM_DATA'],
  [0x12, 0x13, 'MAX_STREAMS'],
  [0x14, 0x14, 'DATA_BLOCKED'],
  [0x15, 0x15, 'STREAM_DATA_BLOCKED'],
  [0x16, 0x17, 'STREAMS_BLOCKED'],
  [0x18, 0x18, 'NEW_CONNECTION_ID'],
  [0x19, 0x19, 'RETIRE_CONNECTION_ID'],
  [0x1a, 0x1a, 'PATH_CHALLENGE'],
  [0x1b, 0x1b, 'PATH_RESPONSE'],
  [0x1c, 0x1d, 'CONNECTION_CLOSE'],
  [0x1e, 0x1e, 'HANDSHAKE_DONE'],
  [0x30, 0x31, 'DATAGRAM'],
];

const nameOf = (type: number): FrameName | undefined =>
  firstTypes.find(([first, last]) => type >= first && type <= last)?.[2];

export const frameName = (type: number): string => nameOf(type) ?? `0x${type.toString(16)}`;

type Untyped = {
  readonly name: FrameName;
  readonly type: number;
  readonly start: number;
  readonly end: number;
  readonly body: unknown;
};

type FramesRead = {
  readonly frames: readonly QuicFrame[];
  /**
   * The offset at which reading of QUIC frames stopped, because a frame is cut or has an unknown type (§12.4); undefined if all were read.
   */
  readonly stoppedAt: number | undefined;
  readonly rows: readonly Field[];
};

function readFrames(from: TlsReader): FramesRead;
function readFrames(from: TlsReader): Omit<FramesRead, 'frames'> & {readonly frames: readonly Untyped[]} {
  const frames: Untyped[] = [];
  const typeRow = shownVarint('quic.frame_type');
  while (from.at < from.end) {
    const start = from.at;
    const type = typeRow.read(from);
    const name = nameOf(type);
    const body = name && bodies[name](type).read(from);
    if (name === undefined || from.error) return {frames, stoppedAt: start, rows: from.rows};
    frames.push({name, type, start, end: from.at, body});
  }
  return {frames, stoppedAt: undefined, rows: from.rows};
}

/**
 * Returns the QUIC frames of a packet's payload, up to the first unreadable one, without inspector rows. It never throws; octets in the
 * frames are views of the payload.
 */
export const framesIn = (payload: Uint8Array): FramesRead => readFrames(quietReaderOf(payload));

/** Returns the QUIC frames of a packet's payload, like `framesIn`, with inspector rows. */
export const shownFramesIn = (payload: Uint8Array): FramesRead => readFrames(readerOf(payload));
