// *Why?* of fields of a captured packet that those fill in who pass it on: the frame of each link, the header of a tunnel, what routers count
// down and sum up anew (RFC 1812 §4.2.2.5, §5.3.1, RFC 8200 §3).
import {ipPacketOf, packetOf} from '../../account/packet.ts';
import {theHost, theHostFirst} from '../../lesson/host-names.ts';
import type {Trace} from '../../sim/trace.ts';
import {whyPassedOn as say} from '../../words/catalogue/why.ts';
import {type InspectorRow, rowTree} from '../bytes/inspector-rows.ts';
import type {PacketView} from '../bytes/inspector-view.ts';
import type {View} from '../view.ts';
import {toldBefore} from './station-reason.ts';

/** Nobody counts up: what began with the largest number has passed no router (RFC 4861 §6.1.1). */
const largest = 255;

/** No router passes on what comes from such an address (RFC 4291 §2.5.2, §2.5.6, RFC 3927 §2.7). */
const staysOnLink = /^(::$|fe[89ab][0-9a-f]:|169\.254\.)/;

/** Whether its sender has put it on the link where it was seen, for all that is known: of a run a packet is told as it left. */
export const isFirstHand = (trace: Trace, id: number): boolean => {
  if (!trace.connectionPackets) return true;
  const packet = packetOf(trace, id);
  const ip = ipPacketOf(packet);
  return ip === undefined
    ? packet.frame?.payload.kind === 'arp'
    : ip.ttl === largest || staysOnLink.test(ip.src);
};

const ofCapture: ReadonlySet<string> = new Set(['sll', 'null']);
const ofTag: ReadonlySet<string> = new Set(['vlan', 'ieee8021ad']);

/** Of what was put around the packet whose sender is told. */
const isAround = (packet: PacketView, {layer}: InspectorRow): boolean => {
  const own = rowTree(packet).findLast(
    ({layer: {protocol, quoted}}) => !quoted && (protocol === 'ip' || protocol === 'ipv6'),
  );
  return own !== undefined && layer.start < own.start;
};

const frameReason = (
  {language, input: {trace}}: View,
  id: number,
  {row: {field}, isFirst}: {readonly row: InspectorRow; readonly isFirst: boolean},
): string | undefined => {
  const record = packetOf(trace, id);
  const isSource = field?.name === 'eth.src';
  if (isFirst) return isSource ? say.own[language]({host: theHostFirst(trace, record.from)}) : undefined;
  const told = isSource
    ? toldBefore(trace, id, {ip: ipPacketOf(record)?.src, station: field.value})
    : undefined;
  return told ? say.known[language](told) : say.frame[language]({host: theHost(trace, record.from)});
};

/** undefined: its sender has filled it in, and nobody after it. */
export const passedOnReason = (view: View, packet: PacketView, row: InspectorRow): string | undefined => {
  const {language, input} = view;
  const {trace} = input;
  const {protocol} = row.layer;
  const record = packetOf(trace, packet.id);
  if (ofCapture.has(protocol)) return say.capture[language];
  if (ofTag.has(protocol)) return say.tag[language];
  const isFirst = isFirstHand(trace, packet.id);
  // What follows, it tells on every link.
  if (row.field?.name === 'eth.type') return undefined;
  if (protocol === 'eth') return frameReason(view, packet.id, {row, isFirst});
  if (isAround(packet, row)) return say.tunnel[language];
  const isCount = row.field?.name === 'ip.ttl' || row.field?.name === 'ipv6.hlim';
  return isCount && !isFirst ? say.hops[language]({host: theHostFirst(trace, record.from)}) : undefined;
};
