// The packet fields of all protocols by their Wireshark names; each reads its values from the part of the packet that its protocol has
// found.

import {dnsMessagesOf, ipPacketOf, segmentOf} from '../account/packet.ts';
import type {PacketRecord, Trace} from '../sim/trace.ts';
import {dnsFields, dnsTexts} from './dns/dns-fields.ts';
import type {FieldReader, FieldValue} from './field-value.ts';
import {httpFields, httpTexts} from './http/http-fields.ts';
import {frameFields, ipFields} from './ip/ip-fields.ts';
import {httpHeadsIn} from './stream-reader.ts';
import {conversationFields, conversationsIn, streamFields, streamsIn} from './streams/stream-fields.ts';
import {tcpFields} from './tcp/tcp-fields.ts';
import {tlsFields, tlsLayersOf, tlsTexts} from './tls/tls-fields.ts';

type Read = (record: PacketRecord, trace: Trace) => readonly FieldValue[];

/** How a protocol finds its part of a packet, and reads its fields from that part. */
type Reading<T, Name extends string> = {
  readonly find: (record: PacketRecord, trace: Trace) => T | undefined;
  readonly fields: {readonly [field in Name]: FieldReader<T>};
  /** The names of the protocol's fields whose values are texts. @default none */
  readonly texts?: readonly string[];
};

type Reader<Name extends string> = {readonly name: Name; readonly isText: boolean; readonly read: Read};

const readers = <T, Name extends string>({
  find,
  fields,
  texts = [],
}: Reading<T, Name>): readonly Reader<Name>[] => {
  const isOne = (name: string): name is Name => Object.hasOwn(fields, name);
  return Object.keys(fields)
    .filter(isOne)
    .map((name) => ({
      name,
      isText: texts.includes(name),
      read: (record, trace) => {
        const part = find(record, trace);
        return part === undefined ? [] : fields[name](part, record, trace);
      },
    }));
};

/** The packet fields of all protocols, with one line for each protocol. */
const all = [
  ...readers({find: (record) => record, fields: frameFields}),
  ...readers({find: ipPacketOf, fields: ipFields}),
  ...readers({find: segmentOf, fields: tcpFields, texts: ['letters']}),
  ...readers({find: dnsMessagesOf, fields: dnsFields, texts: dnsTexts}),
  ...readers({find: ({id}, trace) => httpHeadsIn(trace, id), fields: httpFields, texts: httpTexts}),
  ...readers({find: tlsLayersOf, fields: tlsFields, texts: tlsTexts}),
  ...readers({find: conversationsIn, fields: conversationFields}),
  ...readers({find: streamsIn, fields: streamFields}),
];

export type PacketField = (typeof all)[number]['name'];

const byName: ReadonlyMap<string, Reader<PacketField>> = new Map(all.map((each) => [each.name, each]));

export const packetFields: readonly PacketField[] = all.map(({name}) => name);

/** Tells whether the values of a packet field are texts, so that filters compare it with quoted text. */
export const isTextField = (field: PacketField): boolean => byName.get(field)?.isText === true;

/** Returns the values of a field of a packet: several (`ip.addr`), or none if the packet lacks it. */
export const fieldValues = (trace: Trace, record: PacketRecord, field: PacketField): readonly FieldValue[] =>
  byName.get(field)?.read(record, trace) ?? [];
