// Layers of what a stream carries, put where the frame of one packet has their octets. What another packet brought has no place in
// it: such a field is empty, and stands where the packet's own octets begin or end.
import type {Span} from '../wire/http/grammar.ts';
import type {Field, Layer} from '../wire/layer.ts';
import type {Carried} from './connections.ts';
import {framesOf} from './reassembly.ts';
import {piecesOf, within} from './stream-bytes.ts';

/** A packet's data: where they lie in the stream, and in its frame. */
export type Payload = {
  readonly packet: number;
  readonly carried: Carried;
  readonly bytes: Uint8Array;
  /** Of the data in the frame. */
  readonly dataStart: number;
};

/** A snapped frame lacks its last octets. */
export const asFarAs = (carried: Carried, bytes: Uint8Array): Carried => ({
  ...carried,
  end: Math.min(carried.end, carried.start + bytes.length),
});

/** The packets that brought octets of the stream. */
const broughtBy = ({connection, side}: Carried, span: Span): readonly number[] =>
  framesOf(within(piecesOf(connection)[side], span), span);

/** `from` and `to`: the octets of the stream that it is made of. Offsets of `layer` count from `zero` in the stream. */
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
