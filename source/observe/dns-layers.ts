// Decodes DNS messages over TCP for the packet that completes them, if an earlier packet began them (RFC 7766 §8).
import {dissectDnsSegment} from '../wire/dissect-dns.ts';
import {dataLayer, stretchOf} from '../wire/dissect-step.ts';
import {dnsPort} from '../wire/dns/carried.ts';
import {frameDns, splitDns} from '../wire/dns/framing.ts';
import type {Layer} from '../wire/layer.ts';
import {oncePer} from '../wire/once-per.ts';
import type {Connection, Side} from './connections.ts';
import {type Payload, placedLayer} from './placed-layers.ts';

/** A DNS message over TCP with its two octets of length, and its offsets in the stream. */
type Framed = {readonly bytes: Uint8Array; readonly start: number; readonly end: number};

const read = ({sent}: Connection, side: Side): readonly Framed[] => {
  const found: Framed[] = [];
  let held: Uint8Array = new Uint8Array(0);
  let start = 0;
  for (const {side: from, piece} of sent) {
    if (from !== side || piece.kind === 'end') continue;
    if (piece.kind === 'hole') break;
    const {messages, rest} = splitDns(held, piece.bytes);
    held = rest;
    for (const message of messages) {
      const bytes = frameDns(message);
      found.push({bytes, start, end: start + bytes.length});
      start += bytes.length;
    }
  }
  return found;
};

const messagesOn = oncePer((connection: Connection) => [read(connection, 0), read(connection, 1)] as const);

/**
 * Returns the decoded layers of a TCP segment that completes a DNS message which an earlier packet began; undefined if it completes none.
 */
export const dnsLayers = (payload: Payload): readonly Layer[] | undefined => {
  const {connection, side, start, end} = payload.carried;
  if (!connection.ends.some(({port}) => port === dnsPort)) return undefined;
  const ended = messagesOn(connection)[side].filter((each) => each.end > start && each.end <= end);
  if (!ended.some((each) => each.start < start)) return undefined;
  const layers = ended.flatMap((each) =>
    (dissectDnsSegment(stretchOf(each.bytes, 0))?.layers ?? []).map((layer) =>
      placedLayer(layer, {zero: each.start, from: each.start, to: each.end}, payload),
    ),
  );
  const rest = dataLayer(stretchOf(payload.bytes, Math.max(0, (ended.at(-1)?.end ?? start) - start)));
  const span = {zero: start, from: start, to: end};
  return [...layers, ...rest.map((layer) => placedLayer(layer, span, payload))];
};
