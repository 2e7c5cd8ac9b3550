// Finds only the places of a captured frame's headers, which is fast enough for hundreds of thousands of frames (IEEE 802.3, 802.1Q,
// tcpdump.org/linktypes.html, RFC 791, RFC 8200).
import {formatIpv4, formatIpv6} from './ip-address.ts';
import type {LinkType} from './layer.ts';
import {finalDestinationAt} from './routing-header.ts';

const EtherType = {ipv4: 0x0800, arp: 0x0806, ipv6: 0x86dd} as const;

/** The EtherTypes of VLAN tags: 802.1Q, 802.1ad and its predecessor (QinQ). */
const tagTypes: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);

/** The kinds of link headers by their LINKTYPE numbers in capture files. */
export const LinkTypes = {
  null: 0,
  ethernet: 1,
  raw: 101,
  loop: 108,
  sll: 113,
  ipv4: 228,
  ipv6: 229,
  sll2: 276,
} as const;

/** The IPv6 extension headers that give their length in units of 8 octets: hop-by-hop, routing, destination, mobility, HIP and Shim6. */
const extensionTypes: ReadonlySet<number> = new Set([0, 43, 60, 135, 139, 140]);
const AUTHENTICATION = 51;
const FRAGMENT = 44;
const ROUTING = 43;

/**
 * Holds what an IP header says of a fragment: the identification of its packet, its offset in octets, and whether more fragments follow.
 */
export type FragmentPlace = {readonly id: number; readonly offset: number; readonly more: boolean};

/**
 * The places of a frame's headers, as offsets from the frame's first octet. `version` is 0 if the frame has no readable IP header; then all
 * fields below are 0 except `transportAt`.
 */
export type FrameHeaders = {
  readonly arp: boolean;
  readonly tagged: boolean;
  /** The EtherType after all VLAN tags, of a frame without IP whose link has one, otherwise undefined; below 0x600 it is a length. */
  readonly etherType: number | undefined;
  readonly version: 0 | 4 | 6;
  /** The offset of the IP source address; the destination address in the IP header follows it. */
  readonly addressesAt: number;
  /** The offset of the final destination's IP address, which may be in a routing header (RFC 8200 §4.4). */
  readonly destinationAt: number;
  /** The number of the protocol that the IP packet carries, after all extension headers (IANA protocol numbers). */
  readonly protocol: number;
  /** The offset of the transport header; in a frame without IP, of what follows the link's header. */
  readonly transportAt: number;
  /** The offset at which the IP packet ends on the wire: a frame cut by the capture ends earlier, a padded one later. */
  readonly transportEnd: number;
  readonly fragment: FragmentPlace | undefined;
};

export const uint16 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
export const uint32 = (bytes: Uint8Array, at: number): number =>
  ((uint16(bytes, at) << 16) | uint16(bytes, at + 2)) >>> 0;

const withoutIp = (tagged: boolean, etherType?: number, transportAt = 0): FrameHeaders => ({
  arp: etherType === EtherType.arp,
  tagged,
  etherType,
  version: 0,
  addressesAt: 0,
  destinationAt: 0,
  protocol: 0,
  transportAt,
  transportEnd: 0,
  fragment: undefined,
});

const none = withoutIp(false);

const readIpv4 = (bytes: Uint8Array, at: number, wireEnd: number, tagged: boolean): FrameHeaders => {
  const size = ((bytes[at] ?? 0) & 0x0f) * 4;
  if (size < 20 || at + 20 > bytes.length) return withoutIp(tagged);
  const total = uint16(bytes, at + 2);
  const place = uint16(bytes, at + 6);
  const offset = (place & 0x1fff) * 8;
  const more = (place & 0x2000) !== 0;
  return {
    arp: false,
    tagged,
    etherType: undefined,
    version: 4,
    addressesAt: at + 12,
    destinationAt: at + 16,
    protocol: bytes[at + 9] ?? 0,
    transportAt: at + size,
    // A total length of 0 means that the network card was to split the packet and to fill in the length.
    transportEnd: total === 0 ? wireEnd : Math.min(wireEnd, at + Math.max(total, size)),
    fragment: more || offset > 0 ? {id: uint16(bytes, at + 4), offset, more} : undefined,
  };
};

const readIpv6 = (bytes: Uint8Array, at: number, wireEnd: number, tagged: boolean): FrameHeaders => {
  if (at + 40 > bytes.length) return withoutIp(tagged);
  const payload = uint16(bytes, at + 4);
  const end = payload === 0 ? wireEnd : Math.min(wireEnd, at + 40 + payload);
  let protocol = bytes[at + 6] ?? 0;
  let next = at + 40;
  let destinationAt = at + 24;
  let fragment: FragmentPlace | undefined;
  while (next + 8 <= bytes.length) {
    if (protocol === FRAGMENT) {
      const place = uint16(bytes, next + 2);
      const [offset, more] = [place & 0xfff8, (place & 1) !== 0];
      if (more || offset > 0) fragment = {id: uint32(bytes, next + 4), offset, more};
    } else if (!extensionTypes.has(protocol) && protocol !== AUTHENTICATION) break;
    const size =
      protocol === FRAGMENT
        ? 8
        : ((bytes[next + 1] ?? 0) + (protocol === AUTHENTICATION ? 2 : 1)) *
          (protocol === AUTHENTICATION ? 4 : 8);
    if (protocol === ROUTING) destinationAt = finalDestinationAt(bytes, next, next + size) ?? destinationAt;
    protocol = bytes[next] ?? 0;
    next += size;
    // The octets after the fragment header of a later fragment are the middle of a payload, not a header.
    if (fragment && fragment.offset > 0) break;
  }
  const transportAt = Math.min(next, Math.max(end, at + 40));
  return {
    arp: false,
    tagged,
    etherType: undefined,
    version: 6,
    addressesAt: at + 8,
    destinationAt,
    protocol,
    transportAt,
    transportEnd: end,
    fragment,
  };
};

const readIp = (bytes: Uint8Array, at: number, wireEnd: number, tagged = false): FrameHeaders => {
  const version = (bytes[at] ?? 0) >> 4;
  if (version === 4) return readIpv4(bytes, at, wireEnd, tagged);
  return version === 6 ? readIpv6(bytes, at, wireEnd, tagged) : withoutIp(tagged);
};

/** Reads the EtherType at offset `at`, skips VLAN tags, and reads the headers that follow at `next`. */
const readEtherType = (bytes: Uint8Array, at: number, next: number, wireEnd: number): FrameHeaders => {
  let type = uint16(bytes, at);
  let start = next;
  while (tagTypes.has(type) && start + 4 <= bytes.length) {
    type = uint16(bytes, start + 2);
    start += 4;
  }
  const tagged = start > next;
  if (type === EtherType.ipv4 || type === EtherType.ipv6) return readIp(bytes, start, wireEnd, tagged);
  return withoutIp(tagged, type, start);
};

/** Returns the places of the headers in a captured frame. It never throws; a header that is cut counts as absent. */
export const readFrameHeaders = (
  bytes: Uint8Array,
  linkType: LinkType,
  originalLength: number,
): FrameHeaders => {
  const wireEnd = Math.max(bytes.length, originalLength);
  switch (linkType) {
    case LinkTypes.ethernet:
      return readEtherType(bytes, 12, 14, wireEnd);
    case LinkTypes.sll:
      return readEtherType(bytes, 14, 16, wireEnd);
    case LinkTypes.sll2:
      return readEtherType(bytes, 0, 20, wireEnd);
    case LinkTypes.null:
    case LinkTypes.loop:
      return readIp(bytes, 4, wireEnd);
    case LinkTypes.raw:
    case LinkTypes.ipv4:
    case LinkTypes.ipv6:
      return readIp(bytes, 0, wireEnd);
    default:
      return none;
  }
};

/** Returns the IP address of a packet's sender (0) or of its final destination (1). */
export const addressText = (bytes: Uint8Array, headers: FrameHeaders, which: 0 | 1): string => {
  const at = which === 0 ? headers.addressesAt : headers.destinationAt;
  return headers.version === 4 ? formatIpv4(bytes, at) : formatIpv6(bytes, at);
};
