// What was inside the encrypted records that a packet completes, as layers of the packet: each field where its ciphertext stands.
import type {Trace} from '../sim/trace.ts';
import {dissectHttp} from '../wire/dissect-http.ts';
import {openedRows} from '../wire/dissect-tls.ts';
import type {Field, Layer} from '../wire/layer.ts';
import {ContentType} from '../wire/tls/registry.ts';
import {type Carried, connectionsIn} from './connections.ts';
import type {TlsContent} from './tls-contents.ts';
import {type TlsSession, tlsSessionsIn} from './tls-sessions.ts';

/** From an offset in a content to one in the frame. */
type Shift = <T extends {readonly start: number; readonly end: number}>(spanned: T) => T;

/** What another packet brought has no place in this one. */
const shiftOf = ({start}: TlsContent, {start: first, end: last}: Carried, dataStart: number): Shift => {
  const inFrame = (offset: number): number =>
    dataStart + Math.min(Math.max(start + offset, first), last) - first;
  return (spanned) => ({...spanned, start: inFrame(spanned.start), end: inFrame(spanned.end)});
};

const plainLayers = (each: TlsContent, content: Uint8Array, session: TlsSession): readonly Layer[] => {
  const stretch = {bytes: content, start: 0, end: content.length, wireEnd: content.length, quoted: false};
  if (each.type === ContentType.application_data) {
    const {layers} = dissectHttp(stretch);
    if (layers.length > 0) return layers;
  }
  const place = {start: session.beginsAt.get(each) ?? 0, version: session.version ?? 0};
  return [{protocol: 'tls', start: 0, end: content.length, fields: openedRows(each.type, content, place)}];
};

const layersOf = (each: TlsContent, session: TlsSession, shift: Shift): readonly Layer[] => {
  if (!each.encrypted || each.content === undefined) return [];
  const field = (one: Field): Field => shift(one);
  return plainLayers(each, each.content, session).map((layer) => ({
    ...shift(layer),
    fields: layer.fields.map(field),
    opened: true,
  }));
};

/** `dataStart`: where in the frame TCP's data begin. In the order of the records. */
export const openedLayers = (trace: Trace, packet: number, dataStart: number): readonly Layer[] => {
  const carried = trace.tls && connectionsIn(trace).carriedBy(packet);
  const session = carried && tlsSessionsIn(trace).find(({connection}) => connection === carried.connection);
  if (!session) return [];
  return session.contents
    .filter(({seen}) => seen.frame === packet && seen.side === carried.side)
    .flatMap((each) => layersOf(each, session, shiftOf(each, carried, dataStart)));
};
