// Reads IPv6 neighbor discovery in the form of ARP messages: who asks for which address, and who says that an address is its own
// (RFC 4861 §4.3, §4.4).

import type {ArpMessage} from '../wire/arp.ts';
import {addressText, type FrameHeaders} from '../wire/frame-headers.ts';
import {formatIpv6, formatMac} from '../wire/ip-address.ts';

const solicitation = 135;
const advertisement = 136;
const targetAt = 8;
const optionsAt = 24;
/** The types of the neighbor discovery options for the source and the target link-layer address. */
const hardwareOptions: readonly number[] = [1, 2];

/** Returns the MAC address in the options of a neighbor discovery message; undefined if there is none or it is not an Ethernet address. */
const hardwareIn = (bytes: Uint8Array, at: number, end: number): string | undefined => {
  for (let place = at + optionsAt; place + 8 <= Math.min(end, bytes.length); ) {
    const size = (bytes[place + 1] ?? 0) * 8;
    if (size === 0) return undefined;
    if (hardwareOptions.includes(bytes[place] ?? 0) && size === 8) return formatMac(bytes, place + 2);
    place += size;
  }
  return undefined;
};

/**
 * Returns a neighbor solicitation or advertisement in the form of an ARP message; undefined for other messages. An advertisement to one
 * host may lack the MAC address, which is then empty (RFC 4861 §4.4). `headers` are those of `frame`.
 */
export const neighbourIn = (
  headers: FrameHeaders,
  frame: Uint8Array,
  {bytes, at, end}: {readonly bytes: Uint8Array; readonly at: number; readonly end: number},
): Pick<ArpMessage, 'operation' | 'senderMac' | 'senderIp' | 'targetIp'> | undefined => {
  const type = bytes[at];
  if (headers.version !== 6 || at + optionsAt > Math.min(end, bytes.length)) return undefined;
  if (type !== solicitation && type !== advertisement) return undefined;
  const target = formatIpv6(bytes, at + targetAt);
  const senderMac = hardwareIn(bytes, at, end);
  const from = addressText(frame, headers, 0);
  if (type === solicitation)
    return {
      operation: 1,
      senderMac: senderMac ?? '',
      senderIp: senderMac === undefined ? '::' : from,
      targetIp: target,
    };
  const isForAll = addressText(frame, headers, 1).startsWith('ff02:');
  return {operation: 2, senderMac: senderMac ?? '', senderIp: target, targetIp: isForAll ? target : from};
};
