// A transfer said segment by segment, and what it waited for.
import {type Stamped, TransferPace} from '../../source/observe/transfer-pace.ts';
import {seq} from '../../source/wire/seq.ts';
import {segmentOf} from './segments.ts';

/** Segments of 1000 octets to a receiver with an MSS of 1000; seen at the sender, unless `roundMs` says how far it is. */
export const paced = (room = 100_000) => {
  const pace = new TransferPace({atUs: 0, ack: seq(0), room, bare: true});
  let frame = 0;
  type More = {
    length?: number;
    again?: boolean;
    roundMs?: number;
    tripMs?: number;
    stamp?: number | undefined;
    clock?: Stamped;
  };
  const send = (atMs: number, first: number, more: More = {}) => {
    const {length = 1000, again = false, roundMs = 0, tripMs = 100, stamp, clock} = more;
    frame += 1;
    const segment = {...segmentOf({frame, seq: first, ack: 0}), atUs: 1000 * atMs, length, stamp};
    pace.send(segment, {again, roundUs: 1000 * roundMs, tripUs: 1000 * tripMs, mss: 1000, clock});
  };
  const hear = (atMs: number, ack: number, edge = ack + room, bare = true) =>
    pace.hear({atUs: 1000 * atMs, ack: seq(ack), room: edge - ack, bare});
  const waits = () =>
    Object.entries(pace.waits).flatMap(([limit, {us, count, frame: at}]) =>
      count > 0 ? [`${limit} ${us / 1000} ms, ${count} from ${at}`] : [],
    );
  return {pace, send, hear, waits};
};
