// What can be asked of a host at an instant, by the names that expressions use; each protocol adds its own.
import {hostPropertiesOfDns} from './dns/memory.ts';
import {hostPropertiesOfHttp} from './http/memory.ts';
import {connectionProperties, hostPropertiesOfTcp} from './tcp/properties.ts';
import {certificateProperties} from './tls/certificate-shown.ts';
import {hostPropertiesOfTls} from './tls/memory.ts';

export type ConnectionProperty = keyof typeof connectionProperties;
export type DnsProperty = keyof typeof hostPropertiesOfDns;
export type HttpProperty = keyof typeof hostPropertiesOfHttp;
export type TlsProperty = keyof typeof hostPropertiesOfTls | keyof typeof certificateProperties;
export type HostProperty =
  | ConnectionProperty
  | keyof typeof hostPropertiesOfTcp
  | DnsProperty
  | HttpProperty
  | TlsProperty;

export const isConnectionProperty = (name: string): name is ConnectionProperty =>
  Object.hasOwn(connectionProperties, name);

export const isDnsProperty = (name: string): name is DnsProperty => Object.hasOwn(hostPropertiesOfDns, name);

export const isHttpProperty = (name: string): name is HttpProperty =>
  Object.hasOwn(hostPropertiesOfHttp, name);

export const isTlsProperty = (name: string): name is TlsProperty =>
  Object.hasOwn(hostPropertiesOfTls, name) || Object.hasOwn(certificateProperties, name);

const isHostProperty = (name: string): name is HostProperty =>
  isConnectionProperty(name) ||
  Object.hasOwn(hostPropertiesOfTcp, name) ||
  isDnsProperty(name) ||
  isHttpProperty(name) ||
  isTlsProperty(name);

export const hostProperties: readonly HostProperty[] = [
  ...Object.keys(connectionProperties),
  ...Object.keys(hostPropertiesOfTcp),
  ...Object.keys(hostPropertiesOfDns),
  ...Object.keys(hostPropertiesOfHttp),
  ...Object.keys(hostPropertiesOfTls),
  ...Object.keys(certificateProperties),
].filter(isHostProperty);

/** Words that ask a memory by a name in brackets (memory.ts). */
export const memoryWords = ['cache', 'hosts', 'jar'] as const;

/** First words of properties: no connection may be called by them, it would hide them. */
export const propertyWords: readonly string[] = [
  ...new Set([...hostProperties.map((name) => name.split('.')[0] ?? name), ...memoryWords]),
];
