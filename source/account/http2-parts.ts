// Tells what a packet says in HTTP/2: its frames, including those that it begins or continues.
import type {SeenHttp2Frame} from '../observe/http2-connection.ts';
import {framesIn, type Http2Place, http2PlaceOf} from '../observe/http2-reading.ts';
import type {Trace} from '../sim/trace.ts';
import {hasFlag} from '../wire/http2/frame.ts';
import {preface} from '../wire/http2/frame-reader.ts';
import type {HeaderBlock} from '../wire/http2/hpack.ts';
import {FrameType, frameTypeName} from '../wire/http2/registry.ts';
import {foreign} from './foreign.ts';
import type {Http2FramePart, Http2Part} from './part.ts';
import {carriesRefused} from './refused-records.ts';

type Said = Pick<Http2FramePart, 'said'>;

const listSaid = ({fields}: HeaderBlock): Said => {
  const value = (name: string): string | undefined => fields.find((field) => field.name === name)?.value;
  const [method, status] = [value(':method'), value(':status')];
  // A CONNECT request has no path (RFC 9113 §8.5).
  const target = foreign(value(':path') ?? value(':authority') ?? '');
  if (method !== undefined) return {said: {kind: 'request', method: foreign(method), target}};
  return {said: status === undefined ? {kind: 'trailers'} : {kind: 'status', status: foreign(status)}};
};

const bodySaid = ({header, body}: SeenHttp2Frame): Said => {
  switch (body?.kind) {
    case 'DATA': {
      const octets = body.content.end - body.content.start;
      return {said: octets === 0 && hasFlag(header, 'endStream') ? {kind: 'end'} : {kind: 'octets', octets}};
    }
    case 'RST_STREAM':
    case 'GOAWAY':
      return {said: {kind: 'error', error: body.error}};
    case 'WINDOW_UPDATE':
      return {said: {kind: 'increment', octets: body.increment}};
    case 'SETTINGS':
    case 'PING':
      return hasFlag(header, 'ack') ? {said: {kind: 'ack'}} : {};
    default:
      return {};
  }
};

/**
 * Returns the part of an HTTP/2 frame in a packet. What a frame says is known in the packet in which it ends; only the length of DATA is in
 * its header.
 */
const framePart = (seen: SeenHttp2Frame, {start, end}: Http2Place): Http2FramePart => {
  const {header, block} = seen;
  const [goesOn, begins] = [seen.start < start, seen.end > end];
  const isData = header.type === FrameType.DATA;
  const said = begins && !isData ? {} : block?.read ? listSaid(block.read) : bodySaid(seen);
  return {name: frameTypeName(header.type), stream: header.stream, goesOn, begins, ...said};
};

export const http2PartAt = (place: Http2Place): Http2Part | undefined => {
  const {reading, side, start, end} = place;
  const magic = reading.preface[side];
  const saysPreface = magic !== undefined && magic < end && magic + preface.length > start;
  const frames = framesIn(place).map((seen) => framePart(seen, place));
  const begun = saysPreface ? [{name: undefined, stream: 0, goesOn: magic < start, begins: false}] : [];
  return frames.length + begun.length === 0 ? undefined : {kind: 'http2', frames: [...begun, ...frames]};
};

/** Returns the HTTP/2 part of a packet; undefined if it carries no HTTP/2 or its receiver refused it. */
export const http2PartIn = (trace: Trace, packet: number): Http2Part | undefined => {
  const place = http2PlaceOf(trace, packet);
  return place && !carriesRefused(trace, packet) ? http2PartAt(place) : undefined;
};

const messages: ReadonlySet<string | undefined> = new Set([
  ...['DATA', 'HEADERS', 'CONTINUATION', 'PUSH_PROMISE', 'RST_STREAM', 'GOAWAY'],
]);

/** Returns an HTTP/2 part without frames that only maintain the connection; undefined if that changes nothing or leaves nothing. */
export const messagesOnly = ({kind, frames}: Http2Part): Http2Part | undefined => {
  const told = frames.filter(({name}) => messages.has(name));
  return told.length === 0 || told.length === frames.length ? undefined : {kind, frames: told};
};
