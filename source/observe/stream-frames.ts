// Frames that follow each other in one direction of a connection, wherever packets cut them: which of them lie in a stretch of it,
// and what they are as layers. A frame is read where it ends; where it begins the rows are those of its header.
import {dataLayer, stretchOf} from '../wire/dissect-step.ts';
import type {Span} from '../wire/http/grammar.ts';
import type {Layer} from '../wire/layer.ts';
import type {Piece} from './reassembly.ts';
import {bytesOf, lyingIn} from './stream-bytes.ts';

const ofSpan = [({start}: Span) => start, ({end}: Span) => end] as const;

/** The frames that lie in the stretch, at least in part. */
export const framesWithin = <Frame extends Span>(frames: readonly Frame[], span: Span): readonly Frame[] =>
  lyingIn(frames, span, ofSpan);

/** `zero`: where in the stream the offsets of `layer` count from; `from` and `to`: the octets of the stream that it is made of. */
export type PlacedFrame = {
  readonly layer: Layer;
  readonly zero: number;
  readonly from: number;
  readonly to: number;
};

export const placedFrame = (layer: Layer, zero: number): PlacedFrame => ({
  ...{layer, zero, from: zero, to: zero + layer.end},
});

/** A stretch of one direction. */
export type Stretch = Span & {readonly pieces: readonly Piece[]};

/** Octets of which nothing is told. */
const untold = ({pieces}: Stretch, from: number, to: number): readonly PlacedFrame[] => {
  const bytes = bytesOf({pieces}, {start: from, end: to});
  return dataLayer(stretchOf(bytes)).map((layer) => placedFrame(layer, from));
};

type Reader<Frame> = {
  readonly whole: (bytes: Uint8Array, frame: Frame) => Layer;
  readonly begun: (bytes: Uint8Array) => Layer | undefined;
};

/** In the order of the stream. */
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
