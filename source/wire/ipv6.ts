// The field table of the IPv6 header, and a reader of the chain of extension headers (RFC 8200 §3–4, RFC 4302 §2 for the authentication
// header).
import {ipv6, layout, part, uint} from './layout.ts';
import {readUint} from './octets.ts';

export const ipv6Header = layout('ipv6', [
  uint('version', 4, 'ipv6.version'),
  uint('trafficClass', 8, 'ipv6.tclass', {
    hex: 8,
    parts: [part('ipv6.tclass.dscp', 2, 6), part('ipv6.tclass.ecn', 0, 2)],
  }),
  uint('flowLabel', 20, 'ipv6.flow', {hex: 6}),
  uint('payloadLength', 16, 'ipv6.plen'),
  uint('nextHeader', 8, 'ipv6.nxt'),
  uint('hopLimit', 8, 'ipv6.hlim'),
  ipv6('src', 'ipv6.src'),
  ipv6('dst', 'ipv6.dst'),
]);

export const ipv6Addresses = (at: number) => ({start: at + 8, end: at + 40});

/** Maps the protocol numbers of IPv6 extension headers to Wireshark's names of their layers. */
export const extensionNames: ReadonlyMap<number, string> = new Map([
  [0, 'ipv6.hopopts'],
  [43, 'ipv6.routing'],
  [44, 'ipv6.fraghdr'],
  [51, 'ah'],
  [60, 'ipv6.dstopts'],
]);

const FRAGMENT = 44;
const AUTHENTICATION = 51;

export type ExtensionSpan = {readonly type: number; readonly start: number; readonly end: number};

/**
 * The extension headers of an IPv6 packet, and the protocol and offset of what follows them. `fragmented` means that the packet is a
 * fragment.
 */
type ExtensionChain = {
  readonly spans: readonly ExtensionSpan[];
  readonly protocol: number;
  readonly start: number;
  readonly fragmented: boolean;
  /** The offset of the IPv6 fragment in its packet, in bytes; 0 without a fragment header. */
  readonly fragmentOffset: number;
  /** False if an IPv6 extension header reaches beyond the packet. */
  readonly whole: boolean;
};

/** Returns the length of an IPv6 extension header at offset `at`, in octets; it is at least 8. */
const extensionLength = (bytes: Uint8Array, at: number, type: number): number => {
  const units = readUint(bytes, at + 1, 1);
  if (type === FRAGMENT) return 8;
  return type === AUTHENTICATION ? 4 * (units + 2) : 8 * (units + 1);
};

/** Returns the IPv6 extension headers from `start`, the first of which `nextHeader` names, up to `end`, and what follows them. */
export const walkExtensions = (
  bytes: Uint8Array,
  nextHeader: number,
  start: number,
  end: number,
): ExtensionChain => {
  const spans: ExtensionSpan[] = [];
  let chain = {protocol: nextHeader, start, fragmented: false, fragmentOffset: 0};
  while (extensionNames.has(chain.protocol)) {
    const {protocol: type, start: at} = chain;
    const next = at + extensionLength(bytes, at, type);
    if (next > end) return {...chain, spans, whole: false};
    spans.push({type, start: at, end: next});
    chain = {...chain, protocol: readUint(bytes, at, 1), start: next};
    if (type === FRAGMENT) {
      const word = readUint(bytes, at + 2, 2);
      const fragmentOffset = word & 0xfff8;
      chain = {...chain, fragmented: fragmentOffset > 0 || (word & 1) === 1, fragmentOffset};
      // A fragment other than the first has no further headers after the fragment header (RFC 8200 §4.5).
      if (fragmentOffset > 0) break;
    }
  }
  return {...chain, spans, whole: true};
};
