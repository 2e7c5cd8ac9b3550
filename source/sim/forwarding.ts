// Forwarding by a router (RFC 1812 §5.2), which decrements the TTL and changes nothing above IP unless it is a NAT.
import type {IpRuleId} from '../stack/ip/rules.ts';
import type {IpPacket} from '../wire/frame.ts';
import {ipPacketLength} from '../wire/ip-packet.ts';
import {type Draft, emit, hostOf} from './draft.ts';
import type {DropReason} from './drop-reason.ts';
import {sendIcmpError, sendPacket, tellUnreachable} from './ip-layer.ts';
import {linkNow} from './link.ts';
import {translateOut} from './nat.ts';
import {type Interface, type Route, routeTo} from './topology.ts';
import type {Arrived} from './world.ts';

/** A packet that has arrived at a host, and the interface by which it came. */
export type Landed = {readonly packet: IpPacket; readonly arrived: Arrived; readonly via: Interface};

const die = (
  draft: Draft,
  host: string,
  {arrived}: Landed,
  why: {readonly reason: DropReason; readonly because: IpRuleId},
): void => emit(draft, {kind: 'drop', host, ...arrived, ...why});

/**
 * Drops a packet that a router cannot send on. The router that is on the destination's link reports the host unreachable, any other the
 * network (RFC 1812 §5.2.7.1).
 */
const dieUnreachable = (
  draft: Draft,
  host: string,
  passing: Landed,
  {reason, route}: {readonly reason: DropReason; readonly route?: Route},
): void => {
  const {packet} = passing;
  const what = route?.nextHop === packet.dst ? 'host' : 'network';
  die(draft, host, passing, {reason, because: `1812:5.2.7.1/unreachable/${what}`});
  tellUnreachable(draft, host, packet, what);
};

/**
 * Tells whether a router knows that no host has the next hop's address. A router that is not set to report unreachable hosts sends the
 * packet anyway.
 */
const knowsOfNobody = (draft: Draft, host: string, {nextHop}: Route): boolean =>
  draft.plan.topology.hosts.get(host)?.unreachable === true &&
  !draft.plan.scenario.arp &&
  hostOf(draft, host).arp.known[nextHop] === undefined;

export const forward = (draft: Draft, host: string, passing: Landed): void => {
  const {packet, arrived} = passing;
  const route = routeTo(draft.plan.topology, host, packet.dst);
  if (packet.ttl <= 1) {
    const because = '1812:5.3.1/ttl';
    die(draft, host, passing, {reason: 'ttl', because});
    sendIcmpError(draft, host, packet, {what: 'ttl', because});
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

const dieTooBig = (draft: Draft, host: string, passing: Landed, route: Route): void => {
  const {packet} = passing;
  const because = '1191:4/too-big';
  const rest = linkNow(draft, route.interface.link)?.mtu ?? 0;
  die(draft, host, passing, {reason: 'too big', because});
  sendIcmpError(draft, host, packet, {what: 'too-big', rest, because});
};
