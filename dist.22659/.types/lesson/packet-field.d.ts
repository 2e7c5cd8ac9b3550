import type { PacketRecord, Trace } from '../sim/trace.ts';
import { dnsFields } from './dns/fields.ts';
import type { FieldValue } from './field-value.ts';
import { httpFields } from './http/fields.ts';
import { frameFields, ipFields } from './ip/fields.ts';
import { tcpFields } from './tcp/fields.ts';
import { tlsFields } from './tls/fields.ts';
export type PacketField = keyof typeof frameFields | keyof typeof ipFields | keyof typeof tcpFields | keyof typeof dnsFields | keyof typeof httpFields | keyof typeof tlsFields;
export declare const packetFields: readonly PacketField[];
/** Whose values are compared with text in quotes. */
export declare const isTextField: (field: PacketField) => boolean;
/** A field may have several values (`ip.addr`), or none where the packet lacks it. */
export declare const fieldValues: (trace: Trace, record: PacketRecord, field: PacketField) => readonly FieldValue[];
