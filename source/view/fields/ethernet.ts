// Explains fields of Ethernet and ARP: for which station a frame is, and where its sender has the addresses from (RFC 826, RFC 1112 §6.4,
// RFC 2464 §7, RFC 1122 §3.3.1).
import {worldAt} from '../../account/entries.ts';
import {ipPacketOf, ownerOf, packetOf} from '../../account/packet.ts';
import {theHost} from '../../lesson/host-names.ts';
import type {Trace} from '../../sim/trace.ts';
import {parseIpAddress} from '../../wire/ip-address.ts';
import type {Layer} from '../../wire/layer.ts';
import {fieldCases} from '../../words/catalogue/fields.ts';
import {whyFilled, whyPassedOn, whyStation} from '../../words/catalogue/why.ts';
import type {FieldText} from '../../words/field-texts.ts';
import {askedIn} from '../why/captured-reason.ts';
import {arpOf, arpRequest, asksAround, stationTold} from '../why/protocol-reason.ts';
import {type Entry, either, namedValue, type Protocol, type Source, unasked, valueIn} from './entry.ts';
import {isFirstHand, nextHeader} from './internet.ts';

const everybody = 'ff:ff:ff:ff:ff:ff';

/**
 * Tells whether a hardware address is a group address: the I/G bit, the lowest bit of the first octet, is 1 (IEEE Std 802, clause 8.2.2).
 */
const isGroup = (address: string): boolean => (Number.parseInt(address.slice(0, 2), 16) & 1) === 1;

/** Explains an Ethernet destination address that stands for more than one station; undefined for the address of a single station. */
const stationCase = (address: string): FieldText | undefined => {
  const clause = 'IEEE 802.3 §3.2.3';
  if (address === everybody) return {clause, text: fieldCases.broadcast};
  return isGroup(address) ? {clause, text: fieldCases.multicast} : undefined;
};

const hexOf = (octets: readonly number[]): string =>
  octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':');

/** Returns the Ethernet address that is computed from the IP address of a multicast group; undefined if `group` is no IP address. */
const groupStation = (group: string): string | undefined => {
  const parsed = parseIpAddress(group);
  if (!parsed.ok) return undefined;
  const octets = [...parsed.value];
  if (octets.length !== 4) return `33:33:${hexOf(octets.slice(12))}`;
  const [, second = 0, ...others] = octets;
  return `01:00:5e:${hexOf([second & 0x7f, ...others])}`;
};

/** Explains that an Ethernet destination address was computed from the IP address of a multicast group; undefined if it was not. */
const ofGroup: Source = ({record, language, field}) => {
  const ip = ipPacketOf(record);
  if (!ip || groupStation(ip.dst) !== field.value) return undefined;
  return whyStation.group[language]({group: ip.dst, version: `${ip.version}`});
};

/** The IPv4 broadcast address (RFC 919 §7). */
const allHosts = '255.255.255.255';

const ofAll: Source = ({trace, record, language, host}) => {
  const message = arpOf(trace, record.id);
  if (message?.operation === arpRequest && asksAround(message))
    return whyStation.asks[language]({host, address: message.targetIp});
  return ipPacketOf(record)?.dst === allHosts
    ? whyStation.allHosts[language]({address: allHosts})
    : undefined;
};

/**
 * Explains how the sender knows the hardware address of the next hop; undefined in captures, because only simulated runs know each host's
 * neighbours.
 */
const ofNext: Source = ({trace, record, language, field, host}) => {
  const {from, sendEvent} = record;
  const ip = ipPacketOf(record);
  const neighbours = worldAt(trace, sendEvent)?.hosts[from]?.arp.known ?? {};
  const [next] = Object.entries(neighbours).find(([, mac]) => mac === field.value) ?? [];
  const owner = next === undefined ? undefined : ownerOf(trace, next);
  if (!ip || next === undefined || owner === undefined) return undefined;
  if (ownerOf(trace, ip.dst) === owner)
    return whyStation.onLink[language]({owner: theHost(trace, owner), ip: ip.dst});
  return whyStation.router[language]({host, router: theHost(trace, owner), dst: ip.dst, next});
};

/** Explains that a frame with an ARP reply is addressed to the station that asked; undefined for other frames. */
const ofAsker: Source = ({trace, record, language, field}) => {
  const asked = askedIn(trace, record.id);
  return asked !== undefined && packetOf(trace, asked).frame?.src === field.value
    ? whyStation.asker[language]({packet: asked})
    : undefined;
};

/** The number of packets that are searched backwards for one that shows the hardware address of an IP address. */
const searched = 400;

type Told = {readonly packet: number; readonly ip: string; readonly arp: boolean};

/**
 * Returns the last earlier packet of a capture that shows that the address `ip` is at the hardware address `station`; undefined if none
 * does.
 */
const toldBefore = (trace: Trace, id: number, ip: string | undefined, station: string): Told | undefined => {
  if (!trace.connectionPackets || ip === undefined) return undefined;
  for (let packet = id - 1; packet >= Math.max(1, id - searched); packet -= 1) {
    const told = stationTold(trace, packet);
    if (told?.station === station && told.ip === ip)
      return {packet, ip, arp: arpOf(trace, packet) !== undefined};
  }
  return undefined;
};

const ofTold: Source = ({trace, record, language, field}) => {
  const told = toldBefore(trace, record.id, ipPacketOf(record)?.dst, field.value);
  return told && whyStation.told[language](told);
};

/**
 * Explains that each link has frames of its own, so that it is unknown which station made a captured frame; undefined if the frame was
 * captured on the sender's link.
 */
const ofLink: Source = ({trace, record, language, host}) =>
  isFirstHand(trace, record.id) ? undefined : whyPassedOn.frame[language]({host});

const source: Source = (asked) => {
  const {trace, record, language, field, first} = asked;
  if (isFirstHand(trace, record.id)) return whyPassedOn.own[language]({host: first});
  const told = toldBefore(trace, record.id, ipPacketOf(record)?.src, field.value);
  return told ? whyPassedOn.known[language](told) : ofLink(asked);
};

export const ethernet: Protocol = {
  line: (layer, _, size) => namedValue('eth.type', valueIn(layer, 'eth.type') ?? size),
  fields: {
    'eth.dst': {
      means: ({value}) => stationCase(value),
      from: either(
        unasked((asked) =>
          (asked.field.value === everybody ? ofAll : either(ofGroup, ofAsker, ofNext, ofTold))(asked),
        ),
        ofLink,
      ),
    },
    'eth.src': {from: source},
    'eth.type': nextHeader,
  },
  others: {from: ofLink},
};

/**
 * The registry entry of the sender's addresses in an ARP packet: they are the sender's own, and in a reply those that the request asked
 * for.
 */
const ownPair: Entry = {
  from({trace, record, language, first}) {
    const packet = askedIn(trace, record.id);
    return packet === undefined
      ? whyFilled.ownAddress[language]({host: first})
      : whyFilled.told[language]({packet, address: arpOf(trace, record.id)?.senderIp ?? ''});
  },
};

const othersPair: Entry = {
  from({trace, record, language, first}) {
    const packet = askedIn(trace, record.id);
    return packet === undefined ? undefined : whyFilled.asker[language]({host: first, packet});
  },
};

/** Returns the registry entry of an ARP field that has this value whenever IPv4 runs on Ethernet. */
const always = (value: number): Entry => ({
  from: ({field, language}) => (Number(field.value) === value ? whyFilled.always[language] : undefined),
});

const arpLine = (layer: Layer): string => {
  const [opcode = '', asks, told] = ['opcode', 'src.proto_ipv4', 'dst.proto_ipv4'].map((name) =>
    valueIn(layer, `arp.${name}`),
  );
  if (asks === undefined || told === undefined) return namedValue('arp.opcode', opcode);
  return opcode === `${arpRequest}`
    ? `who has ${told}? tell ${asks}`
    : `${asks} is at ${valueIn(layer, 'arp.src.hw_mac')}`;
};

export const arp: Protocol = {
  line: arpLine,
  fields: {
    'arp.hw.type': always(1),
    'arp.proto.type': always(0x0800),
    'arp.hw.size': always(6),
    'arp.proto.size': always(4),
    'arp.opcode': {decided: () => true},
    'arp.src.hw_mac': ownPair,
    'arp.src.proto_ipv4': ownPair,
    'arp.dst.hw_mac': othersPair,
    'arp.dst.proto_ipv4': othersPair,
  },
};
