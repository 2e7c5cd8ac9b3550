// Frames as values, and their encoding and decoding: a frame contains a packet, a packet contains a segment, datagram or message (RFC 894).

import {ARP_SIZE, type ArpMessage, readArp, writeArp} from './arp.ts';
import {EtherType, ethernetHeader, vlanTag} from './ethernet.ts';
import type {MacAddress} from './ip-address.ts';
import {decodeIpPacket, type IpPacket, ipPacketLength, type ReadOptions, writeIpPacket} from './ip-packet.ts';
import {err, ok, type Result} from './result.ts';
import {type Rope, ropeCopy, ropeFromBytes} from './rope.ts';
import type {TcpSegment} from './tcp.ts';
import type {WireError} from './wire-error.ts';

/** The link type number of Ethernet in capture files. */
export const linkTypeEthernet = 1;

export type {ArpMessage} from './arp.ts';
export type {IcmpMessage} from './icmp.ts';
export type {IpAddress, MacAddress} from './ip-address.ts';
export type {IpPacket, Transport} from './ip-packet.ts';
export type {UdpDatagram} from './udp.ts';

/** An Ethernet II frame as a value; it is the only kind of link that the simulator uses. */
export type Frame = {
  readonly src: MacAddress;
  readonly dst: MacAddress;
  /** The frame's 802.1Q tag; absent on an untagged frame. */
  readonly vlan?: {readonly priority: number; readonly dei: number; readonly id: number};
  readonly payload:
    | {readonly kind: 'ip'; readonly packet: IpPacket}
    | {readonly kind: 'arp'; readonly message: ArpMessage}
    | {readonly kind: 'raw'; readonly etherType: number; readonly bytes: Rope};
};

type FramePayload = Frame['payload'];

const payloadLength = (payload: FramePayload): number => {
  if (payload.kind === 'ip') return ipPacketLength(payload.packet);
  return payload.kind === 'arp' ? ARP_SIZE : payload.bytes.length;
};

const etherTypeOf = (payload: FramePayload): number => {
  if (payload.kind === 'ip') return payload.packet.version === 4 ? EtherType.ipv4 : EtherType.ipv6;
  return payload.kind === 'arp' ? EtherType.arp : payload.etherType;
};

/** Returns the TCP segment that a frame carries; undefined if it carries none. */
export const segmentIn = ({payload}: Frame): TcpSegment | undefined => {
  const transport = payload.kind === 'ip' ? payload.packet.transport : undefined;
  return transport?.kind === 'tcp' ? transport.segment : undefined;
};

export const frameLength = ({vlan, payload}: Frame): number =>
  ethernetHeader.size + (vlan ? vlanTag.size : 0) + payloadLength(payload);

/** Encodes an Ethernet frame without padding to the minimum size and without check sequence, as captures show a sent frame. */
export const encodeFrame = (frame: Frame): Uint8Array => {
  const {src, dst, vlan, payload} = frame;
  const at = ethernetHeader.size + (vlan ? vlanTag.size : 0);
  const bytes = new Uint8Array(frameLength(frame));
  const type = etherTypeOf(payload);
  ethernetHeader.write(bytes, 0, {dst, src, type: vlan ? EtherType.vlan : type});
  if (vlan) vlanTag.write(bytes, ethernetHeader.size, {...vlan, type});
  if (payload.kind === 'ip') writeIpPacket(bytes, at, payload.packet);
  else if (payload.kind === 'arp') writeArp(bytes, at, payload.message);
  else ropeCopy(payload.bytes, bytes, at);
  return bytes;
};

const decodePayload = (
  bytes: Uint8Array,
  etherType: number,
  options: ReadOptions,
): Result<FramePayload, WireError> => {
  if (etherType === EtherType.ipv4 || etherType === EtherType.ipv6) {
    const packet = decodeIpPacket(bytes, options);
    if (!packet.ok) return packet;
    const expected = etherType === EtherType.ipv4 ? 4 : 6;
    return packet.value.version === expected
      ? ok({kind: 'ip', packet: packet.value})
      : err({code: 'malformed', protocol: 'ip', field: 'ip.version'});
  }
  const message = etherType === EtherType.arp ? readArp(bytes, 0) : undefined;
  return ok(message ? {kind: 'arp', message} : {kind: 'raw', etherType, bytes: ropeFromBytes(bytes)});
};

/**
 * Decodes an Ethernet frame strictly: lengths and checksums have to be correct. The payload refers to `bytes`, which must not change
 * afterwards.
 */
export const decodeFrame = (bytes: Uint8Array, options: ReadOptions = {}): Result<Frame, WireError> => {
  const short = (needed: number) =>
    err({code: 'short', protocol: 'eth', needed, found: bytes.length} as const);
  if (bytes.length < ethernetHeader.size) return short(ethernetHeader.size);
  const {dst, src, type} = ethernetHeader.read(bytes, 0);
  const tagEnd = ethernetHeader.size + vlanTag.size;
  if (type === EtherType.vlan && bytes.length < tagEnd) return short(tagEnd);
  const tag = type === EtherType.vlan ? vlanTag.read(bytes, ethernetHeader.size) : undefined;
  const carried = bytes.subarray(tag ? tagEnd : ethernetHeader.size);
  const payload = decodePayload(carried, tag?.type ?? type, options);
  if (!payload.ok) return payload;
  if (!tag) return ok({src, dst, payload: payload.value});
  return ok({src, dst, vlan: {priority: tag.priority, dei: tag.dei, id: tag.id}, payload: payload.value});
};
