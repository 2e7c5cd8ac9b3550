// Decodes the head of an HTTP message that spans several segments, in the segment that completes it (RFC 9112 §2.1).
import type {Trace} from '../sim/trace.ts';
import {dissectHttp} from '../wire/dissect-http.ts';
import {dataLayer, stretchOf} from '../wire/dissect-step.ts';
import type {Span} from '../wire/http/grammar.ts';
import type {Layer} from '../wire/layer.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Connection, Side} from './connections.ts';
import {readingAt, speaksHttp} from './http-exchanges.ts';
import {type Payload, placedLayer} from './placed-layers.ts';
import {bytesOf, packetsOf} from './stream-bytes.ts';

/** A message whose head is spread over several packets. */
type SplitHead = {
  readonly side: Side;
  readonly head: Span;
  /** The stream offset at which the HTTP message ends, with its content. */
  readonly end: number;
  readonly bytes: Uint8Array;
};

const splitHeads = oncePer((connection: Connection, trace: Trace): readonly SplitHead[] => {
  if (!speaksHttp(trace, connection)) return [];
  const {exchanges, directions} = readingAt(connection, trace.length);
  return exchanges
    .flatMap(({request, interim, response}) => [request ?? [], ...interim, response ?? []].flat())
    .filter(({side, headSpan, headWhole}) => headWhole && packetsOf(directions[side], headSpan).length > 1)
    .map(({side, headSpan: head, span: {end}}) => ({
      ...{side, head, end},
      bytes: bytesOf(directions[side], head),
    }));
});

/** Returns the layers of a TCP segment that completes an HTTP head; undefined if it completes none that an earlier packet began. */
export const httpLayers = (trace: Trace, payload: Payload): readonly Layer[] | undefined => {
  const {connection, side, start, end} = payload.carried;
  const found = splitHeads(connection, trace).find(
    ({side: from, head}) => from === side && head.start < start && head.end > start && head.end <= end,
  );
  if (!found) return undefined;
  const {head, bytes} = found;
  const contentEnd = Math.min(end, found.end) - start;
  const rest = [
    ...dataLayer(stretchOf(payload.bytes, head.end - start, contentEnd)),
    ...dissectHttp(stretchOf(payload.bytes, contentEnd)).layers,
  ];
  const own = {zero: start, from: start, to: end};
  return [
    ...dissectHttp(stretchOf(bytes, 0)).layers.map((layer) =>
      placedLayer(layer, {zero: head.start, from: head.start, to: head.end}, payload),
    ),
    ...rest.map((layer) => placedLayer(layer, own, payload)),
  ];
};
