// The head of an HTTP message that an earlier segment began, in the one that completes it (RFC 9112 §2.1).
import type {Trace} from '../sim/trace.ts';
import {dissectHttp} from '../wire/dissect-http.ts';
import {dataLayer} from '../wire/dissect-step.ts';
import type {Layer} from '../wire/layer.ts';
import {httpConnectionsIn, readingAt, type SeenMessage} from './http-exchanges.ts';
import {type Payload, placedLayer} from './placed-layers.ts';
import {bytesOf} from './stream-bytes.ts';

const stretchOf = (bytes: Uint8Array, start: number, end = bytes.length) => ({
  ...{bytes, start, end, wireEnd: bytes.length, quoted: false},
});

/** undefined: no head is completed here that another packet began. */
export const httpLayers = (trace: Trace, payload: Payload): readonly Layer[] | undefined => {
  const {connection, side, start, end} = payload.carried;
  if (!httpConnectionsIn(trace).includes(connection)) return undefined;
  const {exchanges, directions} = readingAt(connection, trace.length);
  const completed = ({headSpan, headWhole, side: from}: SeenMessage): boolean =>
    from === side && headWhole && headSpan.start < start && headSpan.end > start && headSpan.end <= end;
  const message = exchanges
    .flatMap(({request, interim, response}) => [request ?? [], ...interim, response ?? []].flat())
    .find(completed);
  if (!message) return undefined;
  const {headSpan, span} = message;
  const head = dissectHttp(stretchOf(bytesOf(directions[side], headSpan), 0)).layers.map((layer) =>
    placedLayer(layer, {zero: headSpan.start, from: headSpan.start, to: headSpan.end}, payload),
  );
  const contentEnd = Math.min(end, span.end) - start;
  const rest = [
    ...dataLayer(stretchOf(payload.bytes, headSpan.end - start, contentEnd)),
    ...dissectHttp(stretchOf(payload.bytes, contentEnd)).layers,
  ];
  const own = {zero: start, from: start, to: end};
  return [...head, ...rest.map((layer) => placedLayer(layer, own, payload))];
};
