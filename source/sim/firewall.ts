// A firewall in front of a host or inside a router: the first rule that fits a packet decides (RFC 1812 §5.3.9).
import {closedPort} from '../stack/tcp/segment-arrives.ts';
import type {IpPacket} from '../wire/frame.ts';
import type {FirewallPattern, FirewallRule} from './action.ts';
import {type Draft, emit} from './draft.ts';
import type {Arrived} from './forwarding.ts';
import {ownPacket, sendIcmpError, sendPacket} from './ip-layer.ts';
import {type Interface, routeTo} from './topology.ts';

type Seen = {readonly packet: IpPacket; readonly arrived: Arrived; readonly via: Interface};

const portOf = ({transport}: IpPacket): number | undefined => {
  if (transport.kind === 'tcp') return transport.segment.dstPort;
  return transport.kind === 'udp' ? transport.datagram.dstPort : undefined;
};

const protocolOf = ({transport}: IpPacket): string => (transport.kind === 'icmpv6' ? 'icmp' : transport.kind);

/** Would an answer to the packet's source leave by another link (RFC 3704 §2.2)? */
const isSpoofed = (draft: Draft, host: string, {packet, via}: Seen): boolean =>
  routeTo(draft.plan.topology, host, packet.src)?.interface.link !== via.link;

const fits = (at: FirewallPattern, draft: Draft, host: string, seen: Seen): boolean => {
  const {packet} = seen;
  const {ownerOf} = draft.plan.topology;
  return (
    (at.proto === undefined || at.proto === protocolOf(packet)) &&
    (at.port === undefined || at.port === portOf(packet)) &&
    (at.from === undefined || at.from === ownerOf.get(packet.src)) &&
    (at.to === undefined || at.to === ownerOf.get(packet.dst)) &&
    (!at.spoofed || isSpoofed(draft, host, seen))
  );
};

/** Codes of destination unreachable (RFC 1812 §5.2.7.1, RFC 4443 §3.1). */
const icmpKinds = {
  port: {4: {type: 3, code: 3}, 6: {type: 1, code: 4}},
  host: {4: {type: 3, code: 1}, 6: {type: 1, code: 3}},
  'admin-prohibited': {4: {type: 3, code: 13}, 6: {type: 1, code: 1}},
} as const;

/** True: the packet's way ends here. */
export const isFiltered = (draft: Draft, host: string, seen: Seen): boolean => {
  const rules = draft.plan.firewalls.get(host) ?? [];
  const rule = rules.find(({at}) => fits(at, draft, host, seen));
  if (!rule || rule.verdict === 'pass') return false;
  refuse(draft, host, seen, rule);
  return true;
};

const refuse = (draft: Draft, host: string, {packet, arrived}: Seen, {verdict, at}: FirewallRule): void => {
  const gone = {kind: 'drop', host, ...arrived, reason: 'firewall'} as const;
  if (verdict === 'drop' || verdict === 'pass') {
    emit(draft, {...gone, because: at.spoofed ? '3704:2.2/ingress/spoofed' : '1812:5.3.9/filter/drop'});
    return;
  }
  // A reset can only answer a segment, and never another reset.
  if (verdict === 'reset' && packet.transport.kind === 'tcp') {
    emit(draft, {...gone, because: '1812:5.3.9/filter/reset'});
    reset(draft, host, packet);
    return;
  }
  const because = '1812:5.3.9/filter/icmp';
  emit(draft, {...gone, because});
  const kind = icmpKinds[verdict === 'reset' ? 'port' : verdict][packet.version];
  sendIcmpError(draft, host, packet, {...kind, because});
};

/** In the name of the host that was meant: its closed port would answer like this. */
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
