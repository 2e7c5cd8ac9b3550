// The field table of the IPv4 header (RFC 791 §3.1; RFC 2474 and RFC 3168 for its second octet).
import {ipv4, layout, part, uint} from './layout.ts';

export const ipv4Header = layout('ip', [
  uint('version', 4, 'ip.version'),
  uint('headerLength', 4, 'ip.hdr_len', {scale: 4}),
  uint('trafficClass', 8, 'ip.dsfield', {
    hex: 2,
    parts: [part('ip.dsfield.dscp', 2, 6), part('ip.dsfield.ecn', 0, 2)],
  }),
  uint('totalLength', 16, 'ip.len'),
  uint('id', 16, 'ip.id', {hex: 4}),
  uint('flags', 3, 'ip.flags', {
    hex: 2,
    parts: [part('ip.flags.rb', 2), part('ip.flags.df', 1), part('ip.flags.mf', 0)],
  }),
  uint('fragmentOffset', 13, 'ip.frag_offset'),
  uint('ttl', 8, 'ip.ttl'),
  uint('protocol', 8, 'ip.proto'),
  uint('checksum', 16, 'ip.checksum', {hex: 4}),
  ipv4('src', 'ip.src'),
  ipv4('dst', 'ip.dst'),
]);

export const Ipv4Flag = {moreFragments: 1, dontFragment: 2} as const;

/** Returns the place of source and destination address in an IPv4 header at offset `at`, for the pseudo header of a checksum. */
export const ipv4Addresses = (at: number) => ({start: at + 12, end: at + 20});
export const IPV4_CHECKSUM_AT = 10;
