// Runs a host's UDP in the simulation: sends datagrams, and delivers them to the application that has the port (RFC 768, RFC 1122 §4.1).
import {refused} from '../stack/refusal.ts';
import type {Socket} from '../stack/tcp/effect.ts';
import type {IcmpMessage, IpAddress, IpPacket, UdpDatagram} from '../wire/frame.ts';
import {quotedDatagram} from '../wire/icmp-quote.ts';
import {ropeFromBytes, ropeToBytes} from '../wire/rope.ts';
import type {AppBecause} from './apps.ts';
import {type Draft, emit, hostOf} from './draft.ts';
import {ownPacket, sendIcmpError, sendPacket} from './ip-layer.ts';
import {translateOwn} from './nat.ts';
import {sourceFor} from './ports.ts';
import {wakeApp} from './wake-app.ts';
import type {Arrived} from './world.ts';

type Leaving = {
  readonly port: number;
  readonly local?: IpAddress;
  readonly to: Socket;
  readonly data: Uint8Array;
  readonly because: AppBecause;
  readonly retransmission?: true;
};

export const sendDatagram = (draft: Draft, host: string, leaving: Leaving): void => {
  const {port, to, data, because, retransmission = false} = leaving;
  const local = leaving.local ?? sourceFor(draft, host, to.ip);
  const datagram = {srcPort: port, dstPort: to.port, payload: ropeFromBytes(data)};
  const packet = ownPacket({src: local, dst: to.ip}, {kind: 'udp', datagram});
  sendPacket(draft, host, {
    packet: translateOwn(draft, host, packet).packet,
    tag: {retransmission, because},
  });
};

export const hearDatagram = (
  draft: Draft,
  host: string,
  {packet, datagram}: {readonly packet: IpPacket; readonly datagram: UdpDatagram},
  arrived: Arrived,
): void => {
  const {srcPort, dstPort, payload} = datagram;
  const app = hostOf(draft, host).udpPorts.get(`${dstPort}`);
  if (app === undefined) {
    const because = refused('1122:4.1.3.1/no-port', 'port');
    emit(draft, {kind: 'drop', host, ...arrived, reason: 'discarded', because});
    sendIcmpError(draft, host, packet, {what: 'port', because});
    return;
  }
  emit(draft, {kind: 'deliver', host, bytes: payload.length, because: '1122:4.1.1/deliver'});
  const from = {ip: packet.src, port: srcPort};
  const data = ropeToBytes(payload);
  wakeApp(draft, host, app, {
    event: {kind: 'datagram', port: dstPort, local: packet.dst, from, data},
    arrived,
  });
};

/**
 * The ICMP codes after which an application stops waiting for UDP answers, as a connected socket does on Linux: unsupported protocol,
 * closed port, prohibited traffic, and others that will not change. After other codes, the network or the host may come back.
 */
const hardCodes: {readonly [type: number]: readonly number[]} = {
  /** Destination unreachable of ICMP for IPv4: codes of RFC 792 and RFC 1812 §5.2.7.1. */
  3: [2, 3, 6, 7, 8, 9, 10, 13, 14, 15],
  /**
   * Destination unreachable of ICMPv6: codes of RFC 4443 §3.1. Type 3 of ICMPv6, time exceeded, has only codes 0 and 1, which are not
   * listed above.
   */
  1: [1, 4, 5, 6],
};

/** Handles an ICMP error about a datagram: the application that sent it is told of permanent errors (RFC 1122 §4.1.3.3). */
export const hearDatagramError = (
  draft: Draft,
  host: string,
  message: IcmpMessage,
  arrived: Arrived,
): void => {
  if (!hardCodes[message.type]?.includes(message.code)) return;
  const quoted = quotedDatagram(message);
  const app = quoted && hostOf(draft, host).udpPorts.get(`${quoted.srcPort}`);
  if (!quoted || app === undefined) return;
  const {srcPort, dst, dstPort} = quoted;
  wakeApp(draft, host, app, {
    event: {kind: 'unreachable', port: srcPort, to: {ip: dst, port: dstPort}},
    arrived,
  });
};
