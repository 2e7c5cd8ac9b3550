// A firewall in front of a host or inside a router: the first rule that matches a packet decides (RFC 1812 §5.3.9).
import type {IpBecause} from '../stack/ip/rules.ts';
import {closedPort} from '../stack/tcp/segment-arrives.ts';
import type {IpPacket} from '../wire/frame.ts';
import type {FirewallPattern, FirewallRule} from './action.ts';
import {type Draft, emit} from './draft.ts';
import type {Landed} from './forwarding.ts';
import {type IcmpKind, icmpOf, ownPacket, sendIcmpError, sendPacket, wayBack} from './ip-layer.ts';
import {portsOf} from './nat.ts';
import {routeTo} from './topology.ts';

const protocolOf = ({transport}: IpPacket): string => (transport.kind === 'icmpv6' ? 'icmp' : transport.kind);

/**
 * Tells whether a packet's source address is forged: the route to that address leaves by another link than the one from which the packet
 * came (RFC 3704 §2.2).
 */
const isSpoofed = (draft: Draft, host: string, {packet, via}: Landed): boolean =>
  routeTo(draft.plan.topology, host, packet.src)?.interface.link !== via.link;

const fits = (at: FirewallPattern, draft: Draft, host: string, seen: Landed): boolean => {
  const {packet} = seen;
  const {ownerOf} = draft.plan.topology;
  return (
    (at.proto === undefined || at.proto === protocolOf(packet)) &&
    (at.port === undefined || at.port === portsOf(packet)?.dst) &&
    (at.from === undefined || at.from === ownerOf.get(packet.src)) &&
    (at.to === undefined || at.to === ownerOf.get(packet.dst)) &&
    (!at.spoofed || isSpoofed(draft, host, seen))
  );
};

/**
 * Tells whether the host's firewall stops a packet. A packet that it stops is logged as dropped, and answered by RST or ICMP if the rule
 * says so.
 */
export const isFiltered = (draft: Draft, host: string, seen: Landed): boolean => {
  const rule = draft.plan.firewalls.get(host)?.rules.find(({at}) => fits(at, draft, host, seen));
  if (!rule || rule.verdict === 'pass') return false;
  refuse(draft, host, seen, rule);
  return true;
};

const refuse = (draft: Draft, host: string, {packet, arrived}: Landed, {verdict, at}: FirewallRule): void => {
  const gone = {kind: 'drop', host, ...arrived, reason: 'firewall'} as const;
  if (verdict === 'drop' || verdict === 'pass') {
    emit(draft, {...gone, because: at.spoofed ? '3704:2.2/ingress/spoofed' : '1812:5.3.9/filter/drop'});
    return;
  }
  // A RST can only answer a TCP segment; other packets get an ICMP error instead.
  if (verdict === 'reset' && packet.transport.kind === 'tcp') {
    emit(draft, {...gone, because: '1812:5.3.9/filter/reset'});
    reset(draft, host, packet);
    return;
  }
  const what = verdict === 'reset' ? 'port' : verdict;
  const because = wayBack(draft, host, packet) ? rejects(what, packet.version) : '1812:5.3.9/filter/icmp';
  emit(draft, {...gone, because});
  sendIcmpError(draft, host, packet, {what, because});
};

/** The usual ICMP code for “communication administratively prohibited” over IPv4 and IPv6 (RFC 1812 §5.2.7.1, RFC 4443 §3.1). */
const prohibited = {
  4: {usual: 13, clause: 'RFC 1812 §5.2.7.1'},
  6: {usual: 1, clause: 'RFC 4443 §3.1'},
} as const;

/**
 * Returns the reason of the ICMP error with which a firewall refuses a packet: the rule, the message's type and code, and whether that is
 * the usual code.
 */
const rejects = (what: IcmpKind, version: 4 | 6): IpBecause => {
  const {type, code} = icmpOf(what, version);
  const {usual, clause} = prohibited[version];
  const facts = {type, code, usual, clause};
  return {rule: '1812:5.3.9/filter/icmp', case: code === usual ? 'usual' : 'other', facts};
};

/** Sends a RST for a packet that the firewall refuses, with the destination's address, as a closed port there would. */
const reset = (draft: Draft, host: string, packet: IpPacket): void => {
  const {src, dst, transport} = packet;
  if (transport.kind !== 'tcp') return;
  for (const effect of closedPort({src, dst, segment: transport.segment})) {
    if (effect.kind !== 'send') continue;
    const answer = ownPacket({src: dst, dst: src}, {kind: 'tcp', segment: effect.segment});
    sendPacket(draft, host, {
      packet: answer,
      tag: {retransmission: false, because: '1812:5.3.9/filter/reset'},
    });
  }
};
