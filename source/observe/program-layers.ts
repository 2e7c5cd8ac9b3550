// Makes layers of HTTP/2 or WebSocket frames, for the packet or the decrypted TLS record that carries them.

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

/** Returns the layers of the HTTP/2 or WebSocket frames in a range of a stream, in its order; undefined if it is neither. */
export const programLayers = (place: Carried): readonly PlacedFrame[] | undefined => {
  const http2 = http2PlaceAt(place);
  const socket = http2 ? undefined : websocketPlaceAt(place);
  return http2 ? http2Layers(http2) : socket && websocketLayers(socket);
};
