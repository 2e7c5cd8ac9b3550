// A router passes packets on (RFC 1812 §5.2): it takes one from the TTL and leaves everything above IP alone, unless it is a NAT.
import type {IpRuleId} from '../stack/ip/rules.ts';
import type {IpPacket} from '../wire/frame.ts';
import {ipPacketLength} from '../wire/ip-packet.ts';
import {type Draft, emit, hostOf} from './draft.ts';
import type {DropReason} from './drop-reason.ts';
import {sendIcmpError, sendPacket, tellUnreachable} from './ip-layer.ts';
import {linkNow} from './link.ts';
import {translateOut} from './nat.ts';
import {type Interface, type Route, routeTo} from './topology.ts';

export type Arrived = {readonly packet: number; readonly hop: number};

type Passing = {readonly packet: IpPacket; readonly arrived: Arrived; readonly via: Interface};

const timeExceeded = {4: {type: 11, code: 0}, 6: {type: 3, code: 0}} as const;
const packetTooBig = {4: {type: 3, code: 4}, 6: {type: 2, code: 0}} as const;

const die = (
  draft: Draft,
  host: string,
  {arrived}: Passing,
  why: {readonly reason: DropReason; readonly because: IpRuleId},
): void => emit(draft, {kind: 'drop', host, ...arrived, ...why});

/** RFC 1812 §5.2.7.1: the last router speaks of the host, any other of the network. */
const dieUnreachable = (
  draft: Draft,
  host: string,
  passing: Passing,
  {reason, route}: {readonly reason: DropReason; readonly route?: Route},
): void => {
  const {packet} = passing;
  const last = route?.nextHop === packet.dst;
  const because = last ? '1812:5.2.7.1/unreachable/host' : '1812:5.2.7.1/unreachable/network';
  die(draft, host, passing, {reason, because});
  tellUnreachable(draft, host, packet, because);
};

/** Does the router know that the packet would leave in vain? One that keeps silent about it lets it leave. */
const knowsOfNobody = (draft: Draft, host: string, {nextHop}: Route): boolean =>
  draft.plan.topology.hosts.get(host)?.unreachable === true &&
  !draft.plan.scenario.arp &&
  hostOf(draft, host).arp.known[nextHop] === undefined;

export const forward = (draft: Draft, host: string, passing: Passing): void => {
  const {packet, arrived} = passing;
  const route = routeTo(draft.plan.topology, host, packet.dst);
  if (packet.ttl <= 1) {
    const because = '1812:5.3.1/ttl';
    die(draft, host, passing, {reason: 'ttl', because});
    sendIcmpError(draft, host, packet, {...timeExceeded[packet.version], because});
  } else if (!route) dieUnreachable(draft, host, passing, {reason: 'no route'});
  else if (linkNow(draft, route.interface.link)?.up === false)
    dieUnreachable(draft, host, passing, {reason: 'link down', route});
  else if (knowsOfNobody(draft, host, route))
    dieUnreachable(draft, host, passing, {reason: 'no such host', route});
  else if (ipPacketLength(packet) > (linkNow(draft, route.interface.link)?.mtu ?? Number.POSITIVE_INFINITY))
    dieTooBig(draft, host, passing, route);
  else {
    const {because, packet: translated} = translateOut(draft, host, passing, route);
    const tag = {
      retransmission: false,
      forwarded: {packet: arrived.packet, hop: arrived.hop + 1},
      because: because ?? ('1812:5.2.1/forward' as const),
    };
    sendPacket(draft, host, {packet: {...translated, ttl: packet.ttl - 1}, tag});
  }
};

const dieTooBig = (draft: Draft, host: string, passing: Passing, route: Route): void => {
  const {packet} = passing;
  const because = '1191:4/too-big';
  const rest = linkNow(draft, route.interface.link)?.mtu ?? 0;
  die(draft, host, passing, {reason: 'too big', because});
  sendIcmpError(draft, host, packet, {...packetTooBig[packet.version], rest, because});
};
