// Makes layers of the HTTP/2 or WebSocket frames in one direction of a connection, however packets cut them. A frame is decoded where it
// ends; where it only begins, its header is.
import {dataLayer, stretchOf} from '../wire/dissect-step.ts';
import type {Span} from '../wire/http/grammar.ts';
import type {Layer} from '../wire/layer.ts';
import type {Piece} from './reassembly.ts';
import {bytesOf, lyingIn} from './stream-bytes.ts';

const ofSpan = [({start}: Span) => start, ({end}: Span) => end] as const;

/** Returns the frames of a stream that lie in a span, at least in part. */
export const framesWithin = <Frame extends Span>(frames: readonly Frame[], span: Span): readonly Frame[] =>
  lyingIn(frames, span, ofSpan);

/** A layer made of the stream's octets `from` to `to`. `zero` is the place in the stream from which the layer's offsets count. */
export type PlacedFrame = {
  readonly layer: Layer;
  readonly zero: number;
  readonly from: number;
  readonly to: number;
};

export const placedFrame = (layer: Layer, zero: number): PlacedFrame => ({
  ...{layer, zero, from: zero, to: zero + layer.end},
});

/** A range of octets of one direction, with that direction's pieces. */
export type Stretch = Span & {readonly pieces: readonly Piece[]};

/** Returns a plain data layer for the stream's octets `from` to `to`, which are not decoded. */
const untold = ({pieces}: Stretch, from: number, to: number): readonly PlacedFrame[] => {
  const bytes = bytesOf({pieces}, {start: from, end: to});
  return dataLayer(stretchOf(bytes)).map((layer) => placedFrame(layer, from));
};

type Reader<Frame> = {
  readonly whole: (bytes: Uint8Array, frame: Frame) => Layer;
  readonly begun: (bytes: Uint8Array) => Layer | undefined;
};

/**
 * Returns the layers of a range of a stream in order: decoded frames that end in it, the headers of those that begin in it, and data layers
 * for the rest.
 */
export const frameLayers = <Frame extends Span>(
  stretch: Stretch,
  frames: readonly Frame[],
  {whole, begun}: Reader<Frame>,
): readonly PlacedFrame[] => {
  const {pieces, start, end} = stretch;
  const layers: PlacedFrame[] = [];
  let at = start;
  for (const seen of frames) {
    const bytes = bytesOf({pieces}, {start: seen.start, end: Math.min(seen.end, end)});
    if (seen.end <= end) layers.push(placedFrame(whole(bytes, seen), seen.start));
    else {
      const first = seen.start >= start ? begun(bytes) : undefined;
      layers.push(
        ...(first ? [placedFrame(first, seen.start)] : untold(stretch, Math.max(start, seen.start), end)),
      );
    }
    at = Math.min(seen.end, end);
  }
  return at < end ? [...layers, ...untold(stretch, at, end)] : layers;
};
