// *Why?* of the address that a packet is for, and of the version of IP: who goes by that address, and how its sender came to it.
import {partnerOf} from '../../account/dns/transaction.ts';
import {worldAt} from '../../account/entries.ts';
import {dnsMessagesOf, icmpMessageOf, ipPacketOf, packetOf, segmentOf} from '../../account/packet.ts';
import {factsOf} from '../../account/reason.ts';
import {theHost} from '../../lesson/host-names.ts';
import type {Language, Text} from '../../lesson/text.ts';
import {dnsRoleOn} from '../../sim/dns-apps.ts';
import type {Trace} from '../../sim/trace.ts';
import {quotedSegment} from '../../wire/icmp-quote.ts';
import {isBareSyn} from '../../wire/tcp.ts';
import {whyAddress} from '../../words/catalogue/why.ts';
import type {InspectorRow} from '../bytes/inspector-rows.ts';
import type {View} from '../view.ts';
import {quotedIn} from './captured-reason.ts';
import {factText} from './case-text.ts';
import {isForged} from './seq-reason.ts';

type Opener = {readonly by: 'own' | 'other'; readonly packet: number};

/** The SYN with which the connection of this segment began, of this end or of the other. */
const openedBy = (trace: Trace, id: number): Opener | undefined => {
  const own = segmentOf(packetOf(trace, id));
  for (let at = id; own && at > 0; at -= 1) {
    const packet = packetOf(trace, at);
    const segment = segmentOf(packet);
    if (!segment || !isBareSyn(segment)) continue;
    if (segment.srcPort === own.srcPort && segment.dstPort === own.dstPort) return {by: 'own', packet: at};
    if (segment.srcPort === own.dstPort && segment.dstPort === own.srcPort) return {by: 'other', packet: at};
  }
  return undefined;
};

/** Of a query: the resolver that a host is set to ask, or a server of the zone at which a resolver has come. */
const queryReason = ({input: {trace}, language}: View, id: number, owner: Text): string | undefined => {
  const {from, sendEvent} = packetOf(trace, id);
  const asker = worldAt(trace, sendEvent)?.hosts[from];
  const role = asker && dnsRoleOn(asker);
  const known = factsOf(trace, sendEvent);
  if (role === 'stub' || known.from === 'set')
    return whyAddress.stub[language]({owner, host: theHost(trace, from)});
  const zone = known.zone === undefined ? undefined : factText(known.zone);
  return zone && whyAddress.zone[language]({owner, zone, from: `${known.from}`});
};

/** Whoever puts segments into a connection of others has not asked for it. */
const openedText = (
  {input: {trace}, language}: View,
  syn: number,
  {id, owner}: {readonly id: number; readonly owner: Text | undefined},
): string | undefined => {
  const opening = packetOf(trace, syn);
  const {from} = opening;
  if (packetOf(trace, id).from !== from) return undefined;
  return whyAddress.opened[language]({owner, host: theHost(trace, from), forged: isForged(trace, opening)});
};

/** What the packet answers, or who opened the connection that it belongs to. `owner`: nobody here, where an address was forged. */
const conversationReason = (view: View, id: number, owner: Text | undefined): string | undefined => {
  const {input, language} = view;
  const {trace} = input;
  const {sendEvent} = packetOf(trace, id);
  const [message] = dnsMessagesOf(packetOf(trace, id));
  const opener = openedBy(trace, id);
  if (opener?.by === 'other') return whyAddress.back[language]({packet: opener.packet});
  if (owner === undefined) return undefined;
  // Of a capture hosts go by their addresses.
  const isNamed = owner.en !== ipPacketOf(packetOf(trace, id))?.dst;
  if (opener !== undefined) return openedText(view, opener.packet, {id, owner: isNamed ? owner : undefined});
  if (!message?.flags.qr) return message && queryReason(view, id, owner);
  const asked = partnerOf(trace, id, sendEvent)?.packet;
  return asked === undefined ? undefined : whyAddress.answers[language]({packet: asked});
};

/** Of an ICMP error: whoever sent the packet that it quotes is told (RFC 1122 §3.2.2). */
const reportReason = ({input: {trace}, language}: View, id: number, dst: string): string | undefined => {
  const error = icmpMessageOf(packetOf(trace, id));
  const about = error && quotedSegment(error) ? quotedIn(trace, id) : undefined;
  return about !== undefined && ipPacketOf(packetOf(trace, about))?.src === dst
    ? whyAddress.reports[language]({packet: about})
    : undefined;
};

/** Of link scope; of any other nobody knows by its address who listens there (RFC 4291 §2.7.1, RFC 3810 §5.2.14, RFC 919 §7). */
const groups: {readonly [address: string]: string} = {
  ...{'ff02::1': 'nodes', 'ff02::2': 'routers', 'ff02::16': 'reports', '255.255.255.255': 'all'},
};
const isGroup = /^(ff|22[4-9]\.|23\d\.|255\.255\.255\.255$)/;
const isSolicited = /^ff02::1:ff/;

/** undefined: it is the address of one host. */
const groupText = (dst: string, language: Language): string | undefined => {
  if (!isGroup.test(dst)) return undefined;
  return whyAddress.group[language]({which: isSolicited.test(dst) ? 'solicited' : (groups[dst] ?? 'other')});
};

/** undefined: it is another field, or nothing tells it, or a question may ask who is meant. */
export const addressReason = (view: View, id: number, {field, layer}: InspectorRow): string | undefined => {
  const {input, language, hidden} = view;
  const ip = ipPacketOf(packetOf(input.trace, id));
  if (!ip || layer.quoted || hidden.length > 0) return undefined;
  const {src, dst} = ip;
  if (field?.name === 'ip.version' || field?.name === 'ipv6.version')
    return whyAddress.version[language]({src, dst, version: layer.protocol === 'ipv6' ? 6 : 4});
  if (field?.name !== `${layer.protocol}.dst` || field.value !== dst) return undefined;
  const group = groupText(dst, language);
  if (group !== undefined) return group;
  const reports = reportReason(view, id, dst);
  if (reports !== undefined) return reports;
  // Two programs on one machine are two hosts of a capture.
  const owners = input.trace.header.hosts.filter((host) => host.ip.includes(dst));
  const owner = owners.find(({name}) => name === packetOf(input.trace, id).to) ?? owners[0];
  return conversationReason(view, id, owner && theHost(input.trace, owner.name));
};
