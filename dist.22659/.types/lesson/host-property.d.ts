import { hostPropertiesOfDns } from './dns/memory.ts';
import { hostPropertiesOfHttp } from './http/memory.ts';
import { connectionProperties, hostPropertiesOfTcp } from './tcp/properties.ts';
import { certificateProperties } from './tls/certificate-shown.ts';
import { hostPropertiesOfTls } from './tls/memory.ts';
export type ConnectionProperty = keyof typeof connectionProperties;
export type DnsProperty = keyof typeof hostPropertiesOfDns;
export type HttpProperty = keyof typeof hostPropertiesOfHttp;
export type TlsProperty = keyof typeof hostPropertiesOfTls | keyof typeof certificateProperties;
export type HostProperty = ConnectionProperty | keyof typeof hostPropertiesOfTcp | DnsProperty | HttpProperty | TlsProperty;
export declare const isConnectionProperty: (name: string) => name is ConnectionProperty;
export declare const isDnsProperty: (name: string) => name is DnsProperty;
export declare const isHttpProperty: (name: string) => name is HttpProperty;
export declare const isTlsProperty: (name: string) => name is TlsProperty;
export declare const hostProperties: readonly HostProperty[];
/** Words that ask a memory by a name in brackets (memory.ts). */
export declare const memoryWords: readonly ['cache', 'hosts', 'jar'];
/** First words of properties: no connection may be called by them, it would hide them. */
export declare const propertyWords: readonly string[];
