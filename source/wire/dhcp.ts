// Reads DHCP for IPv4 (RFC 2131 §2, options: RFC 2132), as far as a message is about a lease.

import {formatIpv4, formatMac} from './ip-address.ts';
import {namesOf} from './names-of.ts';
import {readUint} from './octets.ts';
import {decodeUtf8} from './utf8.ts';

const DhcpType = {
  Discover: 1,
  Offer: 2,
  Request: 3,
  Decline: 4,
  ACK: 5,
  NAK: 6,
  Release: 7,
  Inform: 8,
} as const;

/** The values of a DHCP message's options about a lease (RFC 2132 §3, §9); absent if the message lacks the option. */
type DhcpOptions = {
  readonly requestedAddress?: string;
  readonly serverIdentifier?: string;
  readonly mask?: string;
  /** The first router address of the DHCP option; `nameServer` is also the first of its option. */
  readonly router?: string;
  readonly nameServer?: string;
  readonly domain?: string;
  readonly hostName?: string;
  readonly leaseSeconds?: number;
};

export type DhcpMessage = DhcpOptions & {
  readonly type: string;
  readonly xid: number;
  readonly clientAddress: string;
  readonly yourAddress: string;
  readonly clientHardware: string;
};

/** The UDP ports of DHCP: 67 of servers, 68 of clients. */
export const dhcpPorts: readonly number[] = [67, 68];

const optionsAt = 240;
const magicAt = 236;
const magic = 0x63825363;

const Option = {pad: 0, mask: 1, router: 3, nameServer: 6, hostName: 12, domain: 15} as const;
const LeaseOption = {requested: 50, lease: 51, type: 53, server: 54, end: 255} as const;

const addressOptions: ReadonlyMap<number, keyof DhcpOptions> = new Map([
  [Option.mask, 'mask'],
  [Option.router, 'router'],
  [Option.nameServer, 'nameServer'],
  [LeaseOption.requested, 'requestedAddress'],
  [LeaseOption.server, 'serverIdentifier'],
]);
const textOptions: ReadonlyMap<number, keyof DhcpOptions> = new Map([
  [Option.hostName, 'hostName'],
  [Option.domain, 'domain'],
]);

const typeNames = namesOf(DhcpType);

/** Returns the octets of each DHCP option in a message by the option's code; of an option that occurs twice, the first one. */
const optionsIn = (bytes: Uint8Array): ReadonlyMap<number, Uint8Array> => {
  const found = new Map<number, Uint8Array>();
  for (let at = optionsAt; at < bytes.length && bytes[at] !== LeaseOption.end; ) {
    const code = readUint(bytes, at, 1);
    const length = readUint(bytes, at + 1, 1);
    if (code !== Option.pad && !found.has(code)) found.set(code, bytes.subarray(at + 2, at + 2 + length));
    at += code === Option.pad ? 1 : 2 + length;
  }
  return found;
};

const told = (code: number, value: Uint8Array): DhcpOptions => {
  const [address, text] = [addressOptions.get(code), textOptions.get(code)];
  if (address && value.length >= 4) return {[address]: formatIpv4(value, 0)};
  if (text) return {[text]: decodeUtf8(value).replace(/\0+$/, '')};
  return code === LeaseOption.lease && value.length === 4 ? {leaseSeconds: readUint(value, 0, 4)} : {};
};

/** Reads the payload of a UDP datagram as a DHCP message; undefined if it is not DHCP, or BOOTP without a DHCP message type. */
export const readDhcp = (bytes: Uint8Array): DhcpMessage | undefined => {
  if (bytes.length < optionsAt || readUint(bytes, magicAt, 4) !== magic) return undefined;
  const options = optionsIn(bytes);
  const type = options.get(LeaseOption.type)?.[0];
  if (type === undefined) return undefined;
  return Object.assign(
    {
      type: typeNames.get(type) ?? String(type),
      xid: readUint(bytes, 4, 4),
      clientAddress: formatIpv4(bytes, 12),
      yourAddress: formatIpv4(bytes, 16),
      clientHardware: formatMac(bytes, 28),
    },
    ...[...options].map(([code, value]) => told(code, value)),
  );
};

const nowhere = '0.0.0.0';

/** Returns the address that a DHCP message is about: assigned, requested, or the client's own, in this order; undefined if it has none. */
export const leasedIn = ({yourAddress, requestedAddress, clientAddress}: DhcpMessage): string | undefined =>
  [yourAddress, requestedAddress, clientAddress].find(
    (address) => address !== undefined && address !== nowhere,
  );
