// Frames of HTTP/2 as layers of what carries them: a packet, or a record that TLS opened.

import {http2FrameBegun, http2FrameLayer, http2PrefaceLayer} from '../wire/dissect-http2.ts';
import {preface} from '../wire/http2/frame-reader.ts';
import {framesIn, type Http2Place} from './http2-reading.ts';
import {frameLayers, type PlacedFrame, placedFrame} from './stream-frames.ts';

/** In the order of the stream. */
export const http2Layers = (place: Http2Place): readonly PlacedFrame[] => {
  const {reading, side, start, end} = place;
  const pieces = reading.pieces[side];
  const magic = reading.preface[side];
  const begins = magic === undefined ? start : magic + preface.length;
  const saysPreface = magic !== undefined && begins > start && begins <= end;
  const stretch = {pieces, start: saysPreface ? begins : start, end};
  const frames = frameLayers(stretch, framesIn(place), {whole: http2FrameLayer, begun: http2FrameBegun});
  return saysPreface ? [placedFrame(http2PrefaceLayer(), magic), ...frames] : frames;
};
