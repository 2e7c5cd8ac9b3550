// Finds packets inside unencrypted tunnels: IP in IP (RFC 2003, RFC 2473, RFC 4213), GRE (RFC 2784, RFC 2890), VXLAN (RFC 7348). It returns
// the place of the inner packet and the headers before it.
import {LinkTypes, readFrameHeaders} from './frame-headers.ts';
import type {LinkType} from './layer.ts';
import {readUint} from './octets.ts';
import {leastUserPort} from './service-port.ts';

export const TunnelProtocol = {ipv4: 4, udp: 17, ipv6: 41, gre: 47} as const;

/** The UDP ports of VXLAN: IANA's, and the one that Linux used before IANA assigned it. */
const vxlanPorts: ReadonlySet<number> = new Set([4789, 8472]);

/** The packet or frame that a tunnel packet carries; it begins at the offset `at`. */
export type Inner = {
  readonly name: 'IP-in-IP' | 'IPv6-in-IP' | 'GRE' | 'VXLAN';
  readonly at: number;
  readonly linkType: LinkType;
};

/** The offsets of the optional fields in a GRE header, which depend on its flags. */
export type GreHeader = {
  readonly checksumAt: number | undefined;
  readonly keyAt: number | undefined;
  readonly sequenceAt: number | undefined;
  readonly protocol: number;
  readonly end: number;
};

const greFlags = {checksum: 0x8000, key: 0x2000, sequence: 0x1000} as const;
/** Flags of a GRE header that are not supported: source routes (RFC 1701), which nobody sends, and other versions (PPTP's). */
const greOther = 0x4fff;

/** Returns the places in a GRE header; undefined if the header has another version, or is incomplete. */
export const greHeader = (bytes: Uint8Array, at: number): GreHeader | undefined => {
  if (at + 4 > bytes.length) return undefined;
  const flags = readUint(bytes, at, 2);
  if ((flags & greOther) !== 0) return undefined;
  let end = at + 4;
  const four = (flag: number): number | undefined => {
    if ((flags & flag) === 0) return undefined;
    end += 4;
    return end - 4;
  };
  const [checksumAt, keyAt, sequenceAt] = [
    four(greFlags.checksum),
    four(greFlags.key),
    four(greFlags.sequence),
  ];
  const protocol = readUint(bytes, at + 2, 2);
  return end > bytes.length ? undefined : {checksumAt, keyAt, sequenceAt, protocol, end};
};

/** The EtherType that a GRE header has for a whole Ethernet frame (IANA). */
export const transparentBridging = 0x6558;

const greLinks: ReadonlyMap<number, LinkType> = new Map([
  [0x0800, LinkTypes.raw],
  [0x86dd, LinkTypes.raw],
  [transparentBridging, LinkTypes.ethernet],
]);

const udpSize = 8;
export const vxlanSize = 8;
/** The only flag of a VXLAN header (RFC 7348 §5): the network identifier is valid. */
const vxlanFlags = 0x08;

export const isVxlan = (
  bytes: Uint8Array,
  at: number,
  [from, to]: readonly [from: number, to: number],
): boolean =>
  from >= leastUserPort &&
  vxlanPorts.has(to) &&
  at + vxlanSize <= bytes.length &&
  (bytes[at] ?? 0) === vxlanFlags;

/**
 * Returns the packet that a tunnel carries in the payload of a whole IP packet, which begins at `at`; undefined if there is no tunnel or
 * the inner packet cannot be read.
 */
export const innerIn = (protocol: number, bytes: Uint8Array, at: number): Inner | undefined => {
  switch (protocol) {
    case TunnelProtocol.ipv4:
      return {name: 'IP-in-IP', at, linkType: LinkTypes.raw};
    case TunnelProtocol.ipv6:
      return {name: 'IPv6-in-IP', at, linkType: LinkTypes.raw};
    case TunnelProtocol.gre: {
      const header = greHeader(bytes, at);
      const linkType = header && greLinks.get(header.protocol);
      return header && linkType !== undefined ? {name: 'GRE', at: header.end, linkType} : undefined;
    }
    case TunnelProtocol.udp: {
      if (at + udpSize > bytes.length) return undefined;
      const inside = at + udpSize;
      return isVxlan(bytes, inside, [readUint(bytes, at, 2), readUint(bytes, at + 2, 2)])
        ? {name: 'VXLAN', at: inside + vxlanSize, linkType: LinkTypes.ethernet}
        : undefined;
    }
    default:
      return undefined;
  }
};

/** The most nested tunnels that are unpacked; a packet with more is an attack on the reader. */
export const mostTunnels = 4;

export type CapturedBytes = {
  readonly bytes: Uint8Array;
  readonly linkType: LinkType;
  readonly originalLength: number;
};

/**
 * Returns the packet inside the tunnels of a captured packet, at most `mostTunnels` of them; the captured packet itself if it has none.
 * Fragments are not unpacked.
 */
export const innermost = (captured: CapturedBytes): CapturedBytes => {
  let found = captured;
  for (let depth = 0; depth < mostTunnels; depth++) {
    const {bytes, linkType, originalLength} = found;
    const {version, protocol, fragment, transportAt, transportEnd} = readFrameHeaders(
      bytes,
      linkType,
      originalLength,
    );
    const inner = version === 0 || fragment ? undefined : innerIn(protocol, bytes, transportAt);
    if (!inner) return found;
    const inside = bytes.subarray(inner.at, Math.min(bytes.length, transportEnd));
    const length = Math.max(inside.length, transportEnd - inner.at);
    found = {bytes: inside, linkType: inner.linkType, originalLength: length};
  }
  return found;
};
