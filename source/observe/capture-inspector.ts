// A capture, frame by frame, in one pass: connections with what is deduced of each, DNS, HTTP, TLS. What is kept grows with
// the number of connections and messages, not with the length of the capture.

import {readArp} from '../wire/arp.ts';
import {type DhcpMessage, dhcpPorts, readDhcp} from '../wire/dhcp.ts';
import {dnsPort} from '../wire/dns/carried.ts';
import {addressText, type FrameHeaders, LinkTypes, readFrameHeaders, uint16} from '../wire/frame-headers.ts';
import {readUint} from '../wire/octets.ts';
import {type CaptureRecord, type Stamp, usBetween} from '../wire/pcap/record.ts';
import {isQuic} from '../wire/quic/packet-header.ts';
import {seq} from '../wire/seq.ts';
import {type CapturedBytes, type Inner, innerIn, mostTunnels} from '../wire/tunnel.ts';
import {type DnsHeard, mostTlsOctets} from './application-streams.ts';
import {ArpFates} from './arp-fates.ts';
import {ArpStory} from './arp-story.ts';
import type {Side} from './connections.ts';
import {Copies} from './copies.ts';
import {type DatagramConversation, DatagramConversations, signOf} from './datagrams.ts';
import {DnsTransactions} from './dns-transactions.ts';
import {FateColumns} from './fate-columns.ts';
import {backOf, endsOf, flowOf, portsAt, unitsAt} from './flow-keys.ts';
import {isExpired, type Quoted, readRefusal, verdictOf} from './icmp-refusals.ts';
import {hopsOf, IcmpStories} from './icmp-stories.ts';
import {Fragments} from './ip-fragments.ts';
import {type Endpoint, ObservedConnection} from './observed-connection.ts';
import {OctetStore} from './octet-store.ts';
import {QuicDatagrams} from './quic-datagrams.ts';
import {Flag, has, readSegment, type SeenSegment} from './seen-segment.ts';
import {datagramName, tunnelName, UnreadFrames, unreadName} from './unread-frames.ts';

const Protocol = {icmp: 1, tcp: 6, udp: 17, icmpv6: 58} as const;
const udpHeader = 8;

/** Before the year 2000 nobody wrote such captures. */
const leastUs = 946_684_800_000_000;

/** Each takes about a kilobyte, whatever it carries; frames of later ones are counted, no more. */
export const MAX_CONNECTIONS = 20_000;

export type SeenDhcp = DhcpMessage & {readonly frame: number; readonly from: string; readonly to: string};

/** Further ones are datagrams, no more. */
const mostDhcp = 10_000;

/** Frames beside TCP and UDP. */
export type OtherFrames = {arp: number; icmp: number; icmpv6: number; vlan: number};

type Placed = {readonly connection: ObservedConnection; readonly side: Side};

/** What a frame was found to be: for who wants to know it at once. */
export type SeenSegmentFrame = {
  readonly connection: ObservedConnection;
  readonly side: Side;
  readonly segment: SeenSegment;
  readonly marks: number;
};
export type SeenFrame = SeenSegmentFrame | SeenDatagramFrame;

export type SeenDatagramFrame = {readonly datagrams: DatagramConversation; readonly side: Side};

type Transport = {readonly bytes: Uint8Array; readonly at: number; readonly end: number};

/** The ID of a query, or of a response (RFC 1035 §4.1.1). */
const dnsTurn = (bytes: Uint8Array, at: number) => {
  const id = uint16(bytes, at);
  return (bytes[at + 2] ?? 0) & 0x80 ? {ask: undefined, answers: id} : {ask: id, answers: undefined};
};

const noTurn = {ask: undefined, answers: undefined};

export const endpointText = ({address, port}: Endpoint): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

export class CaptureInspector {
  readonly connections: ObservedConnection[] = [];
  readonly udp: DatagramConversations;
  readonly dns = new DnsTransactions();
  readonly icmp: IcmpStories;
  readonly arp = new ArpStory();
  /** The first ones. */
  readonly dhcp: SeenDhcp[] = [];
  readonly quic = new QuicDatagrams();
  /** Packets of tunnels that were looked into, by what they are. */
  readonly tunnels = new Map<string, number>();
  readonly others: OtherFrames = {arp: 0, icmp: 0, icmpv6: 0, vlan: 0};
  readonly #open = new Map<string, Placed>();
  readonly #copies = new Copies();
  readonly #unread = new UnreadFrames();
  readonly #fragments = new Fragments();
  readonly #store = new OctetStore(mostTlsOctets);
  readonly #contents: boolean;
  readonly #explains: boolean;
  #frames = 0;
  #datagrams = 0;
  #pieces = 0;
  #unfollowed = 0;
  #sawQuic = false;
  #cut = 0;
  #first: Stamp | undefined;
  #lastUs = 0;

  /** What became of each frame, by its number. */
  readonly fates = new FateColumns();
  readonly #arpFates = new ArpFates(this.fates);

  /**
   * Without `contents` what programs say is left alone: fates can do without. Without `explains` segments are counted and timed, and
   * neither what became of them nor why they were sent is worked out.
   */
  constructor({
    contents = true,
    explains = true,
  }: {readonly contents?: boolean; readonly explains?: boolean} = {}) {
    this.#contents = contents;
    this.#explains = explains;
    this.udp = new DatagramConversations(this.fates);
    this.icmp = new IcmpStories(this.fates);
  }

  get frames(): number {
    return this.#frames;
  }

  /** Of UDP, whole ones, beside those of name servers. */
  get datagrams(): number {
    return this.#datagrams;
  }

  /** Frames that carry a fragment. */
  get pieces(): number {
    return this.#pieces;
  }

  /** Frames of connections beyond `MAX_CONNECTIONS`. */
  get unfollowed(): number {
    return this.#unfollowed;
  }

  /** There is something to be opened that needs no secrets (RFC 9001 §5.2). */
  get sawQuic(): boolean {
    return this.#sawQuic;
  }

  /** Frames of which the capture has only the beginning. */
  get cut(): number {
    return this.#cut;
  }

  /** Frames whose inside is not read, by what it is. */
  get unread(): ReadonlyMap<string, number> {
    return this.#unread.counts;
  }

  /** From the first frame to the last, which need not be the latest. */
  get durationUs(): number {
    return this.#lastUs;
  }

  /** When it was taken, in microseconds since 1970; undefined: its clock was not set, or it has none. */
  get takenUs(): number | undefined {
    return this.#first && this.#first.atUs > leastUs ? this.#first.atUs : undefined;
  }

  /** Returns what was found, where the frame carries TCP, or UDP and contents are wanted. */
  add({atUs, nanoseconds, bytes, linkType, originalLength}: CaptureRecord): SeenFrame | undefined {
    const stamp = {atUs, nanoseconds};
    this.#frames += 1;
    this.#first ??= stamp;
    this.#lastUs = usBetween(this.#first, stamp);
    if (bytes.length < originalLength) this.#cut += 1;
    return this.#read({bytes, linkType, originalLength}, this.#lastUs, 0);
  }

  #read(
    {bytes, linkType, originalLength}: CapturedBytes,
    atUs: number,
    depth: number,
  ): SeenFrame | undefined {
    const headers = readFrameHeaders(bytes, linkType, originalLength);
    if (headers.tagged) this.others.vlan += 1;
    const onEthernet = linkType === LinkTypes.ethernet;
    if (headers.arp) this.#arp(headers, bytes, onEthernet);
    else if (onEthernet && headers.version === 4 && this.#arpFates.watches)
      this.#arpFates.pass(bytes, headers.destinationAt, this.#frames);
    const transport = headers.version === 0 ? undefined : this.#transport(headers, bytes);
    const inner =
      transport && depth < mostTunnels ? innerIn(headers.protocol, transport.bytes, transport.at) : undefined;
    if (transport && inner) return this.#inside(inner, transport, atUs, depth);
    const unread = unreadName(headers);
    if (unread !== undefined) this.#unread.add(unread);
    if (!transport) return undefined;
    if (this.#contents) this.icmp.watch(headers, bytes, transport, {frame: this.#frames, atUs});
    switch (headers.protocol) {
      case Protocol.tcp:
        return this.#tcp(headers, bytes, transport, atUs);
      case Protocol.udp:
        return this.#udp(headers, bytes, transport, atUs);
      case Protocol.icmp:
        this.others.icmp += headers.version === 4 ? 1 : 0;
        return this.#icmp(headers, bytes, transport, atUs);
      case Protocol.icmpv6:
        this.others.icmpv6 += headers.version === 6 ? 1 : 0;
        return this.#icmp(headers, bytes, transport, atUs);
      default:
        return undefined;
    }
  }

  #inside(
    {name, at, linkType}: Inner,
    {bytes, end}: Transport,
    atUs: number,
    depth: number,
  ): SeenFrame | undefined {
    this.tunnels.set(name, (this.tunnels.get(name) ?? 0) + 1);
    const inside = bytes.subarray(at, Math.min(bytes.length, end));
    return this.#read(
      {bytes: inside, linkType, originalLength: Math.max(inside.length, end - at)},
      atUs,
      depth + 1,
    );
  }

  /** Nothing comes any more. */
  finish(): void {
    for (const connection of this.connections) this.#heard(connection, connection.finish(this.#frames));
  }

  #arp({transportAt: at}: FrameHeaders, bytes: Uint8Array, onEthernet: boolean): void {
    this.others.arp += 1;
    const message = readArp(bytes, at);
    if (!message) return;
    this.arp.take(message);
    this.#arpFates.take(message, {bytes, at, frame: this.#frames, onEthernet});
  }

  #transport(headers: FrameHeaders, bytes: Uint8Array): Transport | undefined {
    const {fragment, transportAt: at, transportEnd: end, version, addressesAt, protocol} = headers;
    if (!fragment) return {bytes, at, end};
    this.#pieces += 1;
    if (end > bytes.length) return fragment.offset === 0 ? {bytes, at, end} : undefined;
    const addresses = String.fromCharCode(
      ...unitsAt(bytes, addressesAt, addressesAt + (version === 4 ? 8 : 32)),
    );
    const whole = this.#fragments.add(`${addresses} ${protocol}`, fragment, bytes.subarray(at, end));
    return whole && {bytes: whole, at: 0, end: whole.length};
  }

  #tcp(
    headers: FrameHeaders,
    frame: Uint8Array,
    {bytes, at, end}: Transport,
    atUs: number,
  ): SeenSegmentFrame | undefined {
    const segment = readSegment(bytes, at, end, {frame: this.#frames, atUs, hops: hopsOf(headers, frame)});
    if (!segment) return undefined;
    if (this.#contents && has(segment, Flag.ack) && has(segment, Flag.syn | Flag.rst)) {
      const [from, to] = [addressText(frame, headers, 0), addressText(frame, headers, 1)];
      const drew = has(segment, Flag.rst) ? 'RST' : 'SYN,ACK';
      this.icmp.segment({headers, bytes, at, end, from, to, frame: this.#frames, atUs}, segment.ack, drew);
    }
    const placed = this.#place(headers, frame, bytes, at, segment);
    if (!placed) {
      this.#unfollowed += 1;
      return undefined;
    }
    const {connection, side} = placed;
    const {version, addressesAt} = headers;
    // The identification stands 8 octets before the addresses (RFC 791 §3.1).
    const identification = version === 4 && !headers.fragment ? uint16(frame, addressesAt - 8) : 0;
    const ports = (uint16(bytes, at) << 16) | uint16(bytes, at + 2);
    const marks = connection.take(side, segment, this.#copies.take(identification, ports, segment));
    const heard = this.#contents ? connection.read(side, segment) : [];
    if (heard.length > 0) this.#heard(connection, heard);
    return {connection, side, segment, marks};
  }

  /** No frame of a connection, but it may be about one. */
  #icmp(headers: FrameHeaders, frame: Uint8Array, transport: Transport, atUs: number): undefined {
    if (headers.version === 0) return;
    const {bytes, at, end} = transport;
    const [from, to] = [addressText(frame, headers, 0), addressText(frame, headers, 1)];
    const quoted = readRefusal(bytes, at, end, headers.version);
    const about =
      quoted?.headers.protocol === Protocol.tcp
        ? this.#open.get(flowOf(quoted.headers, quoted.bytes, quoted.bytes, quoted.headers.transportAt))
        : undefined;
    const refusal = quoted && !isExpired(quoted.reason) ? quoted : undefined;
    // Of too big a packet the size is refused, not the way.
    const refuses = about !== undefined && refusal !== undefined && refusal.mtu === undefined;
    const seen = {frame: this.#frames, atUs, refuses};
    this.icmp.take({headers, ...transport, from, to, hops: hopsOf(headers, frame), ...seen});
    if (refusal) about?.connection.notes.refuse({frame: this.#frames, from, to, ...refusal});
    if (quoted) this.#refused(quoted, from, about);
  }

  /** What of the packet that is quoted is known by now. */
  #refused(quoted: Quoted, from: string, about: Placed | undefined): void {
    const {headers, bytes} = quoted;
    const {protocol, transportAt: at} = headers;
    const verdict = verdictOf(quoted, from === addressText(bytes, headers, 1));
    if (verdict === undefined) return;
    const told = {verdict, frame: this.#frames};
    if (protocol === Protocol.udp) this.udp.told(flowOf(headers, bytes, bytes, at), signOf(bytes, at), told);
    else if (about && at + 8 <= bytes.length)
      about.connection.told(about.side, seq(readUint(bytes, at + 4, 4)), told);
    else this.icmp.told(headers, bytes, told);
  }

  #place(
    headers: FrameHeaders,
    frame: Uint8Array,
    bytes: Uint8Array,
    at: number,
    segment: SeenSegment,
  ): Placed | undefined {
    const key = flowOf(headers, frame, bytes, at);
    const known = this.#open.get(key);
    if (known && !known.connection.isAnother(known.side, segment)) return known;
    if (this.connections.length >= MAX_CONNECTIONS) return undefined;
    const ends = endsOf(headers, frame, bytes, at);
    const connection = new ObservedConnection({
      id: this.connections.length + 1,
      ends,
      frame: segment.frame,
      atUs: segment.atUs,
      store: this.#store,
      fates: this.fates,
      explains: this.#explains,
      before: known?.connection,
    });
    this.connections.push(connection);
    const placed: Placed = {connection, side: 0};
    this.#open.set(backOf(key), {connection, side: 1});
    this.#open.set(key, placed);
    return placed;
  }

  #udp(
    headers: FrameHeaders,
    frame: Uint8Array,
    {bytes, at, end}: Transport,
    atUs: number,
  ): SeenFrame | undefined {
    const ports = portsAt(bytes, at);
    const isDns = ports.includes(dnsPort);
    if (!isDns) this.#datagrams += 1;
    const tunnel = tunnelName(ports);
    if (tunnel !== undefined) this.#unread.add(tunnel);
    else if (!isDns) this.#name(bytes, at);
    if (at + udpHeader > bytes.length) return undefined;
    if (!isDns) this.#sawQuic ||= isQuic(bytes.subarray(at + udpHeader, end), ports);
    const ends = (): readonly [Endpoint, Endpoint] => endsOf(headers, frame, bytes, at);
    const length = Math.max(0, uint16(bytes, at + 4) - udpHeader);
    const flow = flowOf(headers, frame, bytes, at);
    const sign = signOf(bytes, at);
    const {ask, answers} = isDns ? dnsTurn(bytes, at + udpHeader) : noTurn;
    const back = (): string => backOf(flow);
    const placed = this.udp.take({flow, back, ends, length, sign, frame: this.#frames, atUs, ask, answers});
    if (!this.#contents) return undefined;
    const payload = bytes.subarray(at + udpHeader, Math.min(end, at + udpHeader + length));
    if (dhcpPorts.includes(uint16(bytes, at + 2)) && this.dhcp.length < mostDhcp) {
      const [from, to] = [addressText(frame, headers, 0), addressText(frame, headers, 1)];
      const message = readDhcp(payload);
      if (message) this.dhcp.push({frame: this.#frames, from, to, ...message});
    }
    if (isDns) {
      const [a, b] = placed?.conversation.ends ?? ends();
      const [from, to] = placed?.side === 1 ? [b, a] : [a, b];
      const names = {from: endpointText(from), to: endpointText(to)};
      this.dns.take(payload, {
        ...{transport: 'udp', ...names, frame: this.#frames, atUs},
        ...{cut: payload.length < length, hops: hopsOf(headers, frame)},
      });
    } else if (placed && tunnel === undefined && this.#sawQuic) {
      const {conversation, side} = placed;
      const kept = {frame: this.#frames, atUs, ends: conversation.ends, side, bytes: payload};
      if (!this.quic.take(kept)) this.#unread.add('QUIC');
    }
    return placed && {datagrams: placed.conversation, side: placed.side};
  }

  /** What the datagram at `at` carries, where that has a name. */
  #name(bytes: Uint8Array, at: number): void {
    const name = datagramName(
      portsAt(bytes, at),
      bytes.subarray(at + udpHeader),
      uint16(bytes, at + 4) - udpHeader,
    );
    if (name !== undefined) this.#unread.add(name);
  }

  #heard({ends}: ObservedConnection, heard: readonly DnsHeard[]): void {
    for (const {side, bytes, frame, atUs} of heard) {
      const from = endpointText(ends[side]);
      const to = endpointText(ends[side === 0 ? 1 : 0]);
      this.dns.take(bytes, {transport: 'tcp', from, to, frame, atUs});
    }
  }
}
