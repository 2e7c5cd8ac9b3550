// Places the layers of a stream's contents in one packet's frame. Octets that another packet carried have no place in it: their fields are
// empty, and lie where the packet's own octets begin or end.
import type {Span} from '../wire/http/grammar.ts';
import type {Field, Layer} from '../wire/layer.ts';
import type {Carried} from './connections.ts';
import {framesOf} from './reassembly.ts';
import {piecesOf, within} from './stream-bytes.ts';

/** A packet's TCP data, with their place in the stream and in the frame. */
export type Payload = {
  readonly packet: number;
  readonly carried: Carried;
  readonly bytes: Uint8Array;
  /** The offset in the frame at which the packet's data begin. */
  readonly dataStart: number;
};

/** Shortens a packet's range of stream octets to those that were captured, because the snap length may have cut off the last ones. */
export const asFarAs = (carried: Carried, bytes: Uint8Array): Carried => ({
  ...carried,
  end: Math.min(carried.end, carried.start + bytes.length),
});

/** Returns the packets that carried a span of the stream's octets. */
const broughtBy = ({connection, side}: Carried, span: Span): readonly number[] =>
  framesOf(within(piecesOf(connection)[side], span), span);

/**
 * Places a layer made of the stream's octets `from` to `to` in a packet's frame. Offsets in `layer` count from the stream offset `zero`.
 */
export const placedLayer = (
  layer: Layer,
  {zero, from, to}: {readonly zero: number; readonly from: number; readonly to: number},
  {carried, dataStart}: Payload,
): Layer => {
  const {start: first, end: last} = carried;
  const inFrame = (offset: number): number =>
    dataStart + Math.min(Math.max(zero + offset, first), last) - first;
  const placed = <T extends Span>(spanned: T): T => ({
    ...spanned,
    start: inFrame(spanned.start),
    end: inFrame(spanned.end),
  });
  const field = (one: Field): Field => placed(one);
  const whole = {...placed(layer), fields: layer.fields.map(field)};
  if (from >= first) return whole;
  const packets = broughtBy(carried, {start: from, end: to});
  return {...whole, reassembled: {packets, spans: layer.fields.map(({start, end}) => ({start, end}))}};
};
