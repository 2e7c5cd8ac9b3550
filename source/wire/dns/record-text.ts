// Records as zone files write them (RFC 1035 §5.1, RFC 3597 §5).
import {octetsOf} from '../octets.ts';
import type {DnsRecord, RData} from './message.ts';
import {typeName} from './registry.ts';

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

export const rdataText = (data: RData): string => {
  switch (data.kind) {
    case 'A':
    case 'AAAA':
      return data.address;
    case 'NS':
    case 'CNAME':
    case 'PTR':
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
    case 'raw':
      return `\\# ${data.octets.length / 2} ${data.octets}`.trimEnd();
  }
};

/** `y.abc.com. 300 A 203.0.113.80`. */
export const recordText = ({name, ttl, type, data}: DnsRecord): string =>
  `${name} ${ttl} ${typeName(type)} ${rdataText(data)}`.trimEnd();
