// Reads and writes ARP messages for IPv4 over Ethernet (RFC 826).
import {EtherType} from './ethernet.ts';
import type {IpAddress, MacAddress} from './ip-address.ts';
import {ipv4, layout, mac, uint} from './layout.ts';

export type ArpMessage = {
  readonly operation: 1 | 2;
  readonly senderMac: MacAddress;
  readonly senderIp: IpAddress;
  readonly targetMac: MacAddress;
  readonly targetIp: IpAddress;
};

/** The field table of the first eight octets of an ARP message, which are the same for all kinds of addresses. */
export const arpHeader = layout('arp', [
  uint('hardware', 16, 'arp.hw.type'),
  uint('protocol', 16, 'arp.proto.type', {hex: 4}),
  uint('hardwareSize', 8, 'arp.hw.size'),
  uint('protocolSize', 8, 'arp.proto.size'),
  uint('operation', 16, 'arp.opcode'),
]);

/** The field table of an ARP message's addresses after its header, if hardware is Ethernet and protocol IPv4. */
const arpAddresses = layout('arp', [
  mac('senderMac', 'arp.src.hw_mac'),
  ipv4('senderIp', 'arp.src.proto_ipv4'),
  mac('targetMac', 'arp.dst.hw_mac'),
  ipv4('targetIp', 'arp.dst.proto_ipv4'),
]);

export const ARP_SIZE = arpHeader.size + arpAddresses.size;

/** The values of an ARP header for IPv4 over Ethernet: hardware type 1 (IANA) and the sizes of the addresses. */
const ethernetIpv4 = {hardware: 1, protocol: EtherType.ipv4, hardwareSize: 6, protocolSize: 4};

const isEthernetArp = (bytes: Uint8Array, at: number): boolean => {
  const {hardware, protocol, hardwareSize, protocolSize} = arpHeader.read(bytes, at);
  return (
    hardware === ethernetIpv4.hardware &&
    protocol === ethernetIpv4.protocol &&
    hardwareSize === ethernetIpv4.hardwareSize &&
    protocolSize === ethernetIpv4.protocolSize
  );
};

export const writeArp = (bytes: Uint8Array, at: number, message: ArpMessage): void => {
  arpHeader.write(bytes, at, {...ethernetIpv4, operation: message.operation});
  arpAddresses.write(bytes, at + arpHeader.size, message);
};

/** Reads an ARP message; undefined for anything except a whole request or reply for IPv4 over Ethernet. */
export const readArp = (bytes: Uint8Array, at: number): ArpMessage | undefined => {
  const {operation} = arpHeader.read(bytes, at);
  if (bytes.length - at < ARP_SIZE || !isEthernetArp(bytes, at)) return undefined;
  return operation === 1 || operation === 2
    ? {operation, ...arpAddresses.read(bytes, at + arpHeader.size)}
    : undefined;
};
