// Fields of a packet by their Wireshark names, of all protocols; each reads what it has found in the packet.

import {dnsMessagesOf, ipPacketOf, segmentOf} from '../account/packet.ts';
import type {PacketRecord, Trace} from '../sim/trace.ts';
import {dnsFields, dnsTexts} from './dns/fields.ts';
import type {FieldReader, FieldValue} from './field-value.ts';
import {httpFields, httpTexts} from './http/fields.ts';
import {frameFields, ipFields} from './ip/fields.ts';
import {httpHeadsIn} from './stream-reader.ts';
import {conversationFields, conversationsIn, streamFields, streamsIn} from './streams/fields.ts';
import {tcpFields} from './tcp/fields.ts';
import {tlsFields, tlsLayersOf, tlsTexts} from './tls/fields.ts';

/** What one protocol reads out of a packet, and where it finds that. */
type Reading<T> = {
  readonly find: (record: PacketRecord, trace: Trace) => T | undefined;
  readonly fields: {readonly [field: string]: FieldReader<T>};
};

type Read = (record: PacketRecord, trace: Trace) => readonly FieldValue[];

const readers = <T>({find, fields}: Reading<T>): readonly (readonly [string, Read])[] =>
  Object.entries(fields).map(([field, read]) => [
    field,
    (record, trace) => {
      const part = find(record, trace);
      return part === undefined ? [] : read(part, record, trace);
    },
  ]);

/** A protocol's fields: one line here, and one in the type. */
const all: ReadonlyMap<string, Read> = new Map([
  ...readers({find: (record) => record, fields: frameFields}),
  ...readers({find: ipPacketOf, fields: ipFields}),
  ...readers({find: segmentOf, fields: tcpFields}),
  ...readers({find: dnsMessagesOf, fields: dnsFields}),
  ...readers({find: ({id}, trace) => httpHeadsIn(trace, id), fields: httpFields}),
  ...readers({find: tlsLayersOf, fields: tlsFields}),
  ...readers({find: conversationsIn, fields: conversationFields}),
  ...readers({find: streamsIn, fields: streamFields}),
]);

export type PacketField =
  | keyof typeof frameFields
  | keyof typeof ipFields
  | keyof typeof tcpFields
  | keyof typeof dnsFields
  | keyof typeof httpFields
  | keyof typeof tlsFields
  | keyof typeof conversationFields
  | keyof typeof streamFields;

const isField = (name: string): name is PacketField => all.has(name);

export const packetFields: readonly PacketField[] = [...all.keys()].filter(isField);

/** Whose values are compared with text in quotes. */
export const isTextField = (field: PacketField): boolean =>
  [dnsTexts, httpTexts, tlsTexts].some((texts) => texts.some((each) => each === field));

/** A field may have several values (`ip.addr`), or none where the packet lacks it. */
export const fieldValues = (trace: Trace, record: PacketRecord, field: PacketField): readonly FieldValue[] =>
  all.get(field)?.(record, trace) ?? [];
