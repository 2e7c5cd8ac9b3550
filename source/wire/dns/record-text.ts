// Writes DNS records as in zone files (RFC 1035 §5.1, RFC 3597 §5, RFC 4034, RFC 5155 §3.3, RFC 9460 §2.1).
import {paddedBase64} from '../base64.ts';
import {momentOf} from '../http/calendar.ts';
import {octetsOf} from '../octets.ts';
import type {DnsRecord, RData} from './message.ts';
import {typeName} from './registry.ts';
import {svcText} from './svc-value.ts';

const quote = 0x22;
const backslash = 0x5c;

const quoted = (hex: string): string => {
  const characters = Array.from(octetsOf(hex), (octet) => {
    if (octet === quote || octet === backslash) return `\\${String.fromCharCode(octet)}`;
    if (octet >= 0x20 && octet < 0x7f) return String.fromCharCode(octet);
    return `\\${String(octet).padStart(3, '0')}`;
  });
  return `"${characters.join('')}"`;
};

const keyHeader = 4;

const base64From = (hex: string, octets: number): string => paddedBase64(octetsOf(hex.slice(2 * octets)));

/**
 * Returns a time of an RRSIG record, in seconds since 1970, as YYYYMMDDHHMMSS (RFC 4034 §3.1.5, §3.2). The 32-bit number is taken as a
 * time before it wraps in 2106.
 */
export const secondsText = (seconds: number): string => {
  const {year, month, day, hour, minute, second} = momentOf(seconds * 1_000_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${year}${[month, day, hour, minute, second].map(two).join('')}`;
};

/** Returns the RDATA of a DNS record as in a zone file; an RRSIG without its signature, which nobody reads. */
export const rdataText = (data: RData): string => {
  switch (data.kind) {
    case 'A':
    case 'AAAA':
      return data.address;
    case 'NS':
    case 'CNAME':
    case 'PTR':
    case 'DNAME':
      return data.name;
    case 'SOA': {
      const {mname, rname, serial, refresh, retry, expire, minimum} = data;
      return [mname, rname, serial, refresh, retry, expire, minimum].join(' ');
    }
    case 'MX':
      return `${data.preference} ${data.exchange}`;
    case 'TXT':
      return data.strings.map(quoted).join(' ');
    case 'SRV':
      return `${data.priority} ${data.weight} ${data.port} ${data.target}`;
    case 'OPT':
      return data.options.map(({code, data: octets}) => `${code}:${octets}`).join(' ');
    case 'SVCB':
      return [data.priority, data.target, ...data.params.map(svcText)].join(' ');
    case 'RRSIG': {
      const {typeCovered, algorithm, labels, originalTtl, expiration, inception, keyTag, signer} = data;
      const times = [secondsText(expiration), secondsText(inception)];
      return [typeName(typeCovered), algorithm, labels, originalTtl, ...times, keyTag, signer].join(' ');
    }
    case 'DNSKEY':
      return [data.flags, data.protocol, data.algorithm, base64From(data.octets, keyHeader)].join(' ');
    case 'DS':
      return [data.keyTag, data.algorithm, data.digestType, data.digest].join(' ');
    case 'NSEC':
      return [data.next, ...data.types.map(typeName)].join(' ');
    case 'NSEC3': {
      const {hashAlgorithm, flags, iterations, salt, nextHashed, types} = data;
      return [hashAlgorithm, flags, iterations, salt || '-', nextHashed, ...types.map(typeName)].join(' ');
    }
    case 'raw':
      return `\\# ${data.octets.length / 2} ${data.octets}`.trimEnd();
  }
};

/** Returns a DNS record as text: `y.abc.com. 300 A 203.0.113.80`. */
export const recordText = ({name, ttl, type, data}: DnsRecord): string =>
  `${name} ${ttl} ${typeName(type)} ${rdataText(data)}`.trimEnd();
