// The properties of a host at an instant of a run, by the names that expressions use; each protocol adds its own.
import {hostPropertiesOfDns} from './dns/memory.ts';
import {dnsPropertyAt} from './dns/memory-at.ts';
import type {When} from './host-at.ts';
import {hostPropertiesOfHttp, httpPropertyAt} from './http/memory.ts';
import {connectionProperties, hostPropertiesOfTcp} from './tcp/properties.ts';
import {tcpPropertyAt} from './tcp/property-at.ts';
import {certificateProperties, certificatePropertyAt} from './tls/certificate-shown.ts';
import {hostPropertiesOfTls, tlsPropertyAt} from './tls/memory.ts';
import type {Value} from './value.ts';

/**
 * A function that returns a property of a host. `connection` is the name that the script gave one; absent: the current connection, or else
 * the newest.
 */
type Read = (host: string, when: When, connection?: string) => Value;

const readers = <Property extends string>(
  properties: {readonly [property in Property]: unknown},
  at: (host: string, property: Property, when: When, connection?: string) => Value,
): readonly (readonly [Property, Read])[] => {
  const isOne = (name: string): name is Property => Object.hasOwn(properties, name);
  return Object.keys(properties)
    .filter(isOne)
    .map((property) => [property, (host, when, connection) => at(host, property, when, connection)]);
};

/** The readers of host properties by name; each protocol has one line. */
const all = [
  ...readers({...connectionProperties, ...hostPropertiesOfTcp}, tcpPropertyAt),
  ...readers(hostPropertiesOfDns, dnsPropertyAt),
  ...readers(hostPropertiesOfHttp, httpPropertyAt),
  ...readers(hostPropertiesOfTls, tlsPropertyAt),
  ...readers(certificateProperties, certificatePropertyAt),
];

export type HostProperty = (typeof all)[number][0];

const byName: ReadonlyMap<string, Read> = new Map(all);

export const hostProperties: readonly HostProperty[] = all.map(([name]) => name);

export const hostPropertyAt = (
  host: string,
  property: HostProperty,
  when: When,
  connection?: string,
): Value => {
  const read = byName.get(property);
  if (!read) throw new RangeError(`no property ${property}`);
  return read(host, when, connection);
};

/** The words by which expressions ask for an entry in a host's memory, with the entry's name in parentheses (memory.ts). */
export const memoryWords = ['cache', 'hosts', 'jar'] as const;

/** The first words of properties. No connection may have such a name, because it would hide the property. */
export const propertyWords: readonly string[] = [
  ...new Set([...hostProperties.map((name) => name.split('.')[0] ?? name), ...memoryWords]),
];
