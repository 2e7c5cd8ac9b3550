// The TCP connections of a recorded capture, each direction put together by observe/reassembly.
import {finishStream, newStream, type Piece, receive, type Stream} from '../../source/observe/reassembly.ts';
import {dissect} from '../../source/wire/dissect.ts';
import {seq} from '../../source/wire/seq.ts';
import {readCapture} from './captures.ts';

/** `flows[0]` is the client's: the side that sent the first SYN. */
export type Flow = {readonly from: string; stream: Stream; readonly pieces: Piece[]};
export type Connection = {readonly flows: readonly [Flow, Flow]};

const flow = (from: string): Flow => ({from, stream: newStream, pieces: []});

export const connectionsOf = (name: string): readonly Connection[] => {
  const all: Connection[] = [];
  const open = new Map<string, Connection>();
  for (const {bytes, linkType, originalLength, frameNumber} of readCapture(name).records) {
    const {layers} = dissect(bytes, linkType, originalLength);
    const fields = new Map(layers.flatMap((layer) => layer.fields).map((each) => [each.name, each]));
    const value = (field: string): string => fields.get(field)?.value ?? '';
    if (!fields.has('tcp.srcport')) continue;
    const from = `${value('ip.src')}${value('ipv6.src')}:${value('tcp.srcport')}`;
    const to = `${value('ip.dst')}${value('ipv6.dst')}:${value('tcp.dstport')}`;
    const key = [from, to].sort().join(' ');
    const syn = value('tcp.flags.syn') === '1';
    let connection = open.get(key);
    if (connection === undefined || (syn && value('tcp.flags.ack') === '0')) {
      connection = {flows: [flow(from), flow(to)]};
      open.set(key, connection);
      all.push(connection);
    }
    const side = connection.flows.find((each) => each.from === from);
    const payload = fields.get('tcp.payload');
    if (side === undefined) throw new Error(`whose segment is ${frameNumber}?`);
    const received = receive(side.stream, {
      frame: frameNumber,
      seq: seq(Number(value('tcp.seq_raw'))),
      syn,
      fin: value('tcp.flags.fin') === '1',
      bytes: payload ? bytes.subarray(payload.start, payload.end) : new Uint8Array(0),
      length: Number(value('tcp.len')),
    });
    side.stream = received.stream;
    side.pieces.push(...received.pieces);
  }
  for (const {flows} of all) for (const side of flows) side.pieces.push(...finishStream(side.stream));
  return all;
};
