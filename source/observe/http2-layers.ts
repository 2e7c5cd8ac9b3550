// Frames of HTTP/2 as layers of what carries them: a packet, or a record that TLS opened. A frame is read where it ends; where it
// begins the rows are those of its header.

import {http2FrameBegun, http2FrameLayer, http2PrefaceLayer} from '../wire/dissect-http2.ts';
import {dataLayer} from '../wire/dissect-step.ts';
import {preface} from '../wire/http2/frame-reader.ts';
import type {Layer} from '../wire/layer.ts';
import {framesIn, type Http2Place} from './http2-reading.ts';
import {bytesOf} from './stream-bytes.ts';

/** `zero`: where in the stream the offsets of `layer` count from; `from` and `to`: the octets of the stream that it is made of. */
export type PlacedFrame = {
  readonly layer: Layer;
  readonly zero: number;
  readonly from: number;
  readonly to: number;
};

const placed = (layer: Layer, zero: number): PlacedFrame => ({layer, zero, from: zero, to: zero + layer.end});

/** Octets of which nothing is told. */
const rest = ({reading, side}: Http2Place, from: number, to: number): readonly PlacedFrame[] => {
  const bytes = bytesOf({pieces: reading.pieces[side]}, {start: from, end: to});
  const stretch = {bytes, start: 0, end: bytes.length, wireEnd: bytes.length, quoted: false};
  return dataLayer(stretch).map((layer) => placed(layer, from));
};

/** In the order of the stream. */
export const http2Layers = (place: Http2Place): readonly PlacedFrame[] => {
  const {reading, side, start, end} = place;
  const layers: PlacedFrame[] = [];
  let at = start;
  const magic = reading.preface[side];
  if (magic !== undefined && magic + preface.length > start && magic + preface.length <= end) {
    layers.push(placed(http2PrefaceLayer(), magic));
    at = magic + preface.length;
  }
  for (const seen of framesIn(place)) {
    const bytes = bytesOf({pieces: reading.pieces[side]}, {start: seen.start, end: Math.min(seen.end, end)});
    if (seen.end <= end) layers.push(placed(http2FrameLayer(bytes, seen), seen.start));
    else {
      const begun = seen.start >= start ? http2FrameBegun(bytes) : undefined;
      layers.push(...(begun ? [placed(begun, seen.start)] : rest(place, Math.max(start, seen.start), end)));
    }
    at = Math.min(seen.end, end);
  }
  return at < end ? [...layers, ...rest(place, at, end)] : layers;
};
