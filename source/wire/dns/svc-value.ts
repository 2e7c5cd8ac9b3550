// Reads the values of SVCB and HTTPS parameters (RFC 9460 §7, RFC 9461 §5), and writes them as in zone files (RFC 9460 §2.1).
import {paddedBase64} from '../base64.ts';
import {formatIpv4, formatIpv6} from '../ip-address.ts';
import {octetsOf, readUint} from '../octets.ts';
import {decodeUtf8} from '../utf8.ts';
import type {SvcParam} from './message.ts';
import {SvcKey, svcKeyName} from './registry.ts';

/** The value of an SVCB or HTTPS parameter; `true` if the parameter is only a key. */
export type SvcValue = true | number | string | readonly string[];

/**
 * Reads the value of an SVCB parameter that is a list of items with `size` octets each; undefined if its length is no multiple of `size`.
 */
const each = (
  bytes: Uint8Array,
  size: number,
  read: (at: number) => string,
): readonly string[] | undefined =>
  bytes.length % size === 0
    ? Array.from({length: bytes.length / size}, (_, index) => read(size * index))
    : undefined;

const protocolsIn = (bytes: Uint8Array): readonly string[] | undefined => {
  const names: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + (bytes[at] ?? 0);
    if (end > bytes.length) return undefined;
    names.push(decodeUtf8(bytes.subarray(at + 1, end)));
    at = end;
  }
  return names;
};

const read = (key: number, bytes: Uint8Array): SvcValue | undefined => {
  switch (key) {
    case SvcKey.mandatory:
      return each(bytes, 2, (at) => svcKeyName(readUint(bytes, at, 2)));
    case SvcKey.alpn:
      return protocolsIn(bytes);
    case SvcKey['no-default-alpn']:
    case SvcKey.ohttp:
      return bytes.length === 0 ? true : undefined;
    case SvcKey.port:
      return bytes.length === 2 ? readUint(bytes, 0, 2) : undefined;
    case SvcKey.ipv4hint:
      return each(bytes, 4, (at) => formatIpv4(bytes, at));
    case SvcKey.ipv6hint:
      return each(bytes, 16, (at) => formatIpv6(bytes, at));
    case SvcKey.ech:
      return paddedBase64(bytes);
    case SvcKey.dohpath:
      return decodeUtf8(bytes);
    default:
      return undefined;
  }
};

/** Returns the value of an SVCB or HTTPS parameter; its octets in hexadecimal if the key is unknown or the value invalid. */
export const svcValue = ({key, value}: SvcParam): SvcValue => read(key, octetsOf(value)) ?? value;

/** Returns an SVCB or HTTPS parameter as text: `alpn=h3,h2`. */
export const svcText = (param: SvcParam): string => {
  const [name, value] = [svcKeyName(param.key), svcValue(param)];
  return value === true || value === '' ? name : `${name}=${Array.isArray(value) ? value.join(',') : value}`;
};
