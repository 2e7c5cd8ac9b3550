// Frames of HTTP/2 or of a WebSocket as layers of their carrier, which is a packet or a decrypted TLS record.

import {http2FrameBegun, http2FrameLayer, http2PrefaceLayer} from '../wire/dissect-http2.ts';
import {preface} from '../wire/http2/frame-reader.ts';
import type {Carried} from './connections.ts';
import {framesIn, type Http2Place, http2PlaceAt} from './http2-reading.ts';
import {frameLayers, type PlacedFrame, placedFrame} from './stream-frames.ts';
import {websocketLayers, websocketPlaceAt} from './websocket-reading.ts';

const http2Layers = (place: Http2Place): readonly PlacedFrame[] => {
  const {reading, side, start, end} = place;
  const pieces = reading.pieces[side];
  const magic = reading.preface[side];
  const begins = magic === undefined ? start : magic + preface.length;
  const saysPreface = magic !== undefined && begins > start && begins <= end;
  const stretch = {pieces, start: saysPreface ? begins : start, end};
  const frames = frameLayers(stretch, framesIn(place), {whole: http2FrameLayer, begun: http2FrameBegun});
  return saysPreface ? [placedFrame(http2PrefaceLayer(), magic), ...frames] : frames;
};

/** Returns the frames in the order of the stream; undefined if it is neither HTTP/2 nor a WebSocket. */
export const programLayers = (place: Carried): readonly PlacedFrame[] | undefined => {
  const http2 = http2PlaceAt(place);
  const socket = http2 ? undefined : websocketPlaceAt(place);
  return http2 ? http2Layers(http2) : socket && websocketLayers(socket);
};
