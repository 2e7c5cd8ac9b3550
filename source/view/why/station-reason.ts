// *Why?* of the station that a frame is for: all of them, a group by the rule that makes its address, or the next one on the way
// (RFC 826, RFC 1112 §6.4, RFC 2464 §7, RFC 1122 §3.3.1).
import {worldAt} from '../../account/entries.ts';
import {ipPacketOf, ownerOf, packetOf} from '../../account/packet.ts';
import {theHost} from '../../lesson/host-names.ts';
import type {Trace} from '../../sim/trace.ts';
import {parseIpAddress} from '../../wire/ip-address.ts';
import {whyStation} from '../../words/catalogue/why.ts';
import type {InspectorRow} from '../bytes/inspector-rows.ts';
import type {View} from '../view.ts';
import {askedIn} from './captured-reason.ts';
import {arpOf, arpRequest, asksAround, stationTold} from './protocol-reason.ts';

const hexOf = (octets: readonly number[]): string =>
  octets.map((octet) => octet.toString(16).padStart(2, '0')).join(':');

/** How the address of a group of IP is made into one of Ethernet. */
const groupStation = (group: string): string | undefined => {
  const parsed = parseIpAddress(group);
  if (!parsed.ok) return undefined;
  const octets = [...parsed.value];
  if (octets.length !== 4) return `33:33:${hexOf(octets.slice(12))}`;
  const [, second = 0, ...others] = octets;
  return `01:00:5e:${hexOf([second & 0x7f, ...others])}`;
};

/** Of a group of IP, whose members anybody can compute. */
const groupReason = ({input: {trace}, language}: View, id: number, station: string): string | undefined => {
  const ip = ipPacketOf(packetOf(trace, id));
  if (!ip || groupStation(ip.dst) !== station) return undefined;
  return whyStation.group[language]({group: ip.dst, version: `${ip.version}`});
};

const everybody = 'ff:ff:ff:ff:ff:ff';

/** RFC 919 §7. */
const allHosts = '255.255.255.255';

const broadcastReason = ({input: {trace}, language}: View, id: number): string | undefined => {
  const host = theHost(trace, packetOf(trace, id).from);
  const message = arpOf(trace, id);
  if (message?.operation === arpRequest && asksAround(message))
    return whyStation.asks[language]({host, address: message.targetIp});
  return ipPacketOf(packetOf(trace, id))?.dst === allHosts
    ? whyStation.allHosts[language]({address: allHosts})
    : undefined;
};

/** Of a run, in which the neighbours of each host are known. */
const nextReason = ({input: {trace}, language}: View, id: number, station: string): string | undefined => {
  const {from, sendEvent, frame} = packetOf(trace, id);
  const ip = ipPacketOf({frame});
  const neighbours = worldAt(trace, sendEvent)?.hosts[from]?.arp.known ?? {};
  const [next] = Object.entries(neighbours).find(([, mac]) => mac === station) ?? [];
  const owner = next === undefined ? undefined : ownerOf(trace, next);
  if (!ip || next === undefined || owner === undefined) return undefined;
  if (ownerOf(trace, ip.dst) === owner)
    return whyStation.onLink[language]({owner: theHost(trace, owner), ip: ip.dst});
  return whyStation.router[language]({
    ...{host: theHost(trace, from), router: theHost(trace, owner), dst: ip.dst},
    next,
  });
};

/** Of a reply of ARP. */
const askerReason = ({input: {trace}, language}: View, id: number, station: string): string | undefined => {
  const asked = askedIn(trace, id);
  return asked !== undefined && packetOf(trace, asked).frame?.src === station
    ? whyStation.asker[language]({packet: asked})
    : undefined;
};

/** Further back nobody looks. */
const searched = 400;

type Told = {readonly packet: number; readonly ip: string; readonly arp: boolean};

/** The packet of a capture before this one that has told that `ip` is at `station`. */
export const toldBefore = (
  trace: Trace,
  id: number,
  {ip, station}: {readonly ip: string | undefined; readonly station: string},
): Told | undefined => {
  if (!trace.connectionPackets || ip === undefined) return undefined;
  for (let packet = id - 1; packet >= Math.max(1, id - searched); packet -= 1) {
    const told = stationTold(trace, packet);
    if (told?.station === station && told.ip === ip)
      return {packet, ip, arp: arpOf(trace, packet) !== undefined};
  }
  return undefined;
};

const toldReason = ({input: {trace}, language}: View, id: number, station: string): string | undefined => {
  const told = toldBefore(trace, id, {ip: ipPacketOf(packetOf(trace, id))?.dst, station});
  return told && whyStation.told[language](told);
};

/** undefined: it is another field, or nothing tells why it is this one. */
export const stationReason = (view: View, id: number, {field, layer}: InspectorRow): string | undefined => {
  if (field?.name !== 'eth.dst' || layer.quoted || view.hidden.length > 0) return undefined;
  const {value} = field;
  if (value === everybody) return broadcastReason(view, id);
  return (
    groupReason(view, id, value) ??
    askerReason(view, id, value) ??
    nextReason(view, id, value) ??
    toldReason(view, id, value)
  );
};
