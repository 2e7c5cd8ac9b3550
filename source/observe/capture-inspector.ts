// Inspects a capture frame by frame in one pass: its connections, with what is deduced of each, DNS, HTTP and TLS. The memory that is used
// grows with the number of connections and messages, not with the length of the capture.

import {readArp} from '../wire/arp.ts';
import {type DhcpMessage, dhcpPorts, readDhcp} from '../wire/dhcp.ts';
import {dnsPort} from '../wire/dns/carried.ts';
import {addressText, type FrameHeaders, LinkTypes, readFrameHeaders, uint16} from '../wire/frame-headers.ts';
import {readUint} from '../wire/octets.ts';
import type {CaptureRecord} from '../wire/pcap/record.ts';
import {isQuic} from '../wire/quic/packet-header.ts';
import {seq} from '../wire/seq.ts';
import {type CapturedBytes, type Inner, innerIn, mostTunnels} from '../wire/tunnel.ts';
import {type DnsHeard, mostTlsOctets} from './application-streams.ts';
import {ArpFates} from './arp-fates.ts';
import {ArpStory} from './arp-story.ts';
import {Checksums} from './checked-segments.ts';
import type {Side} from './connections.ts';
import {Copies} from './copies.ts';
import type {Crossings} from './crossings.ts';
import {type DatagramConversation, DatagramConversations, dnsTurn, noTurn, signOf} from './datagrams.ts';
import {DnsTransactions} from './dns-transactions.ts';
import {FateColumns} from './fate-columns.ts';
import {FileCourse} from './file-course.ts';
import {backOf, endsOf, flowOf, portsAt} from './flow-keys.ts';
import type {HttpReading} from './http-conversation.ts';
import {icmpMeaning} from './icmp-meanings.ts';
import {isExpired, type Quoted, readRefusal, verdictOf} from './icmp-refusals.ts';
import {hopsOf, IcmpStories} from './icmp-stories.ts';
import {Fragments} from './ip-fragments.ts';
import {neighbourIn} from './neighbours.ts';
import type {Endpoint, ObservedConnection} from './observed-connection.ts';
import {OctetStore} from './octet-store.ts';
import {OpenConnections, type Placed} from './open-connections.ts';
import {QuicDatagrams} from './quic-datagrams.ts';
import {Flag, has, isBroken, readSegment, type SeenSegment} from './seen-segment.ts';
import {SegmentLog} from './segment-log.ts';
import {brokenTcp, type HiddenFrames, UnreadFrames, unreadName} from './unread-frames.ts';

const Protocol = {icmp: 1, tcp: 6, udp: 17, icmpv6: 58} as const;
const udpHeader = 8;

export type SeenDhcp = DhcpMessage & {readonly frame: number; readonly from: string; readonly to: string};

/** The most DHCP messages of a capture that are kept; later ones count only as datagrams. */
const mostDhcp = 10_000;

/** The numbers of a capture's ARP, ICMP and ICMPv6 messages and of its frames with a VLAN tag. */
export type OtherFrames = {arp: number; icmp: number; icmpv6: number; vlan: number};

/** Holds what the inspector found in a frame that carries TCP: its connection, side, segment and marks. */
export type SeenSegmentFrame = {
  readonly connection: ObservedConnection;
  readonly side: Side;
  readonly segment: SeenSegment;
  readonly marks: number;
};
export type SeenFrame = SeenSegmentFrame | SeenDatagramFrame;

export type SeenDatagramFrame = {readonly datagrams: DatagramConversation; readonly side: Side};

type Transport = {readonly bytes: Uint8Array; readonly at: number; readonly end: number};

export const endpointText = ({address, port}: Endpoint): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

type Inspecting = {
  readonly contents?: boolean;
  readonly explains?: boolean | 'if-asked';
  readonly reading?: HttpReading;
};

export class CaptureInspector {
  readonly udp: DatagramConversations;
  readonly dns = new DnsTransactions();
  readonly icmp: IcmpStories;
  readonly arp = new ArpStory();
  /** IPv6 neighbor discovery in the capture: who asked for which address, and which had no answer. */
  readonly neighbours = new ArpStory();
  /** The first `mostDhcp` DHCP messages of the capture. */
  readonly dhcp: SeenDhcp[] = [];
  readonly quic = new QuicDatagrams();
  /** The number of packets that came in tunnels, by the kind of tunnel. */
  readonly tunnels = new Map<string, number>();
  readonly file = new FileCourse();
  readonly others: OtherFrames = {arp: 0, icmp: 0, icmpv6: 0, vlan: 0};
  readonly #copies = new Copies();
  readonly #places: OpenConnections;
  readonly #checksums = new Checksums();
  readonly #unread = new UnreadFrames();
  readonly fragments = new Fragments();
  readonly #store = new OctetStore(mostTlsOctets);
  readonly #contents: boolean;
  readonly #explains: boolean | SegmentLog;
  #datagrams = 0;
  #unfollowed = 0;
  #sawQuic = false;

  /** The known fate of each frame (arrived, lost …), by frame number. */
  readonly fates = new FateColumns();
  readonly #arpFates = new ArpFates(this.fates);

  /**
   * Without `contents`, application data are not parsed, because fates don't need them. `explains` says when the fates of segments and the
   * reasons for them are worked out: as they pass (true), if somebody asks, or never (false). HTTP is read with `reading`.
   */
  constructor({contents = true, explains = true, reading}: Inspecting = {}) {
    this.#contents = contents;
    this.#explains = explains === 'if-asked' ? new SegmentLog() : explains;
    this.#places = new OpenConnections({
      store: this.#store,
      fates: this.fates,
      explains: this.#explains,
      reading,
    });
    this.udp = new DatagramConversations(this.fates);
    this.icmp = new IcmpStories(this.fates);
  }

  get connections(): readonly ObservedConnection[] {
    return this.#places.connections;
  }

  /** The devices on both sides of which connections were captured. */
  get crossings(): Crossings {
    return this.#places.crossings;
  }

  get frames(): number {
    return this.file.frames;
  }

  /** The number of whole UDP datagrams in the capture, without those to or from name servers. */
  get datagrams(): number {
    return this.#datagrams;
  }
  /** The number of captured frames that carry an IP fragment. */
  get pieces(): number {
    return this.fragments.frames;
  }
  /** The number of packets of TCP connections and UDP conversations that came after too many others; they are only counted. */
  get unfollowed(): number {
    return this.#unfollowed + this.udp.unfollowed;
  }

  /** True if the capture contains a QUIC packet that can be decrypted without secrets (an Initial packet, RFC 9001 §5.2). */
  get sawQuic(): boolean {
    return this.#sawQuic;
  }

  /** The number of frames that were captured only in part. */
  get cut(): number {
    return this.file.cut.frames;
  }

  /** The number of frames whose payload is not parsed, by protocol. */
  get unread(): ReadonlyMap<string, number> {
    return this.#unread.counts;
  }

  /** The frames whose payload is not parsed, without payloads of UDP: tunnels, and protocols other than UDP and TCP. */
  get hidden(): ReadonlyMap<string, HiddenFrames> {
    return this.#unread.hidden;
  }

  /** The time in µs from the first frame to the last one in the file, which need not be the latest. */
  get durationUs(): number {
    return this.file.durationUs;
  }

  /** The time in microseconds since 1970 at which the capture was taken; undefined if its clock was not set or it has none. */
  get takenUs(): number | undefined {
    return this.file.takenUs;
  }

  /** Reads the next frame of a capture; returns what was found if it carries TCP, or UDP with contents wanted; otherwise undefined. */
  add(record: CaptureRecord): SeenFrame | undefined {
    return this.#read(record, this.file.take(record), 0);
  }

  #read(captured: CapturedBytes, atUs: number, depth: number): SeenFrame | undefined {
    const {bytes, linkType, originalLength} = captured;
    const headers = readFrameHeaders(bytes, linkType, originalLength);
    if (depth === 0) this.file.twice.take(captured, headers, atUs, this.file.frames);
    if (headers.tagged) this.others.vlan += 1;
    const onEthernet = linkType === LinkTypes.ethernet;
    if (headers.arp) this.#arp(headers, bytes, onEthernet, atUs);
    else if (onEthernet && headers.version === 4 && this.#arpFates.watches)
      this.#arpFates.pass(bytes, headers.destinationAt, this.file.frames);
    const transport =
      headers.version === 0
        ? undefined
        : this.fragments.carried(headers, bytes, {frame: this.file.frames, atUs});
    const inner =
      transport && depth < mostTunnels ? innerIn(headers.protocol, transport.bytes, transport.at) : undefined;
    if (transport && inner) return this.#inside(inner, transport, atUs, depth);
    const unread = unreadName(headers, bytes);
    if (unread !== undefined) this.#unread.addHidden(unread, this.file.frames);
    if (!transport) return undefined;
    if (this.#contents) this.icmp.watch(headers, bytes, transport, {frame: this.file.frames, atUs});
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

  /** Ends the capture: reads the data that still waited behind gaps in its connections. */
  finish(): void {
    for (const connection of this.connections) this.#heard(connection, connection.finish(this.file.frames));
  }

  #arp({transportAt: at}: FrameHeaders, bytes: Uint8Array, onEthernet: boolean, atUs: number): void {
    this.others.arp += 1;
    const message = readArp(bytes, at);
    if (!message) return;
    this.arp.take(message, {frame: this.file.frames, atUs});
    this.#arpFates.take(message, {bytes, at, frame: this.file.frames, onEthernet});
  }

  #tcp(
    headers: FrameHeaders,
    frame: Uint8Array,
    {bytes, at, end}: Transport,
    atUs: number,
  ): SeenSegmentFrame | undefined {
    const segment = readSegment(bytes, at, end, {
      frame: this.file.frames,
      atUs,
      hops: hopsOf(headers, frame),
    });
    if (!segment) {
      if (isBroken(bytes, at, end)) this.#unread.addHidden(brokenTcp, this.file.frames);
      return undefined;
    }
    if (this.#contents && has(segment, Flag.ack) && has(segment, Flag.syn | Flag.rst)) {
      const [from, to] = [addressText(frame, headers, 0), addressText(frame, headers, 1)];
      const drew = has(segment, Flag.rst) ? 'RST' : 'SYN,ACK';
      this.icmp.segment(
        {headers, bytes, at, end, from, to, frame: this.file.frames, atUs},
        segment.ack,
        drew,
      );
    }
    const {version, addressesAt} = headers;
    // IPv4's identification precedes the addresses by 8 octets (RFC 791 §3.1).
    const identification = version === 4 && !headers.fragment ? uint16(frame, addressesAt - 8) : 0;
    const placed = this.#places.place(headers, frame, {bytes, at}, segment, identification);
    if (!placed) {
      this.#unfollowed += 1;
      return undefined;
    }
    const {connection, side} = placed;
    const ports = (uint16(bytes, at) << 16) | uint16(bytes, at + 2);
    const marks = connection.take(side, segment, this.#copies.take(identification, ports, segment));
    if (this.#explains !== false)
      connection.checked(side, segment, this.#checksums.of(headers, frame, {bytes, at, end}));
    if (this.file.isBehind) connection.disordered = true;
    const heard = this.#contents ? connection.read(side, segment) : [];
    if (heard.length > 0) this.#heard(connection, heard);
    return {connection, side, segment, marks};
  }

  /** Reads an ICMP message. It belongs to no TCP connection, but it may quote a packet of one. */
  #icmp(headers: FrameHeaders, frame: Uint8Array, transport: Transport, atUs: number): undefined {
    if (headers.version === 0) return;
    const {bytes, at, end} = transport;
    const [from, to] = [addressText(frame, headers, 0), addressText(frame, headers, 1)];
    const quoted = readRefusal(bytes, at, end, headers.version);
    const neighbour = neighbourIn(headers, frame, transport);
    if (neighbour) this.neighbours.take(neighbour, {frame: this.file.frames, atUs});
    const found =
      quoted?.headers.protocol === Protocol.tcp
        ? this.#places.find(flowOf(quoted.headers, quoted.bytes, quoted.bytes, quoted.headers.transportAt))
        : undefined;
    const about = found ?? (quoted && this.#rewritten(quoted));
    const refusal = quoted && !isExpired(quoted.reason) ? quoted : undefined;
    // An ICMP message "packet too big" refuses the packet's size, not the connection.
    const refuses = about !== undefined && refusal !== undefined && refusal.mtu === undefined;
    const datagrams =
      quoted?.headers.protocol === Protocol.udp
        ? this.udp.find(flowOf(quoted.headers, quoted.bytes, quoted.bytes, quoted.headers.transportAt))
        : undefined;
    const said = {
      connection: about?.connection.id,
      conversation: datagrams?.conversation.id,
      answers: datagrams?.answers,
    };
    const seen = {frame: this.file.frames, atUs, refuses, about: said};
    this.icmp.take({headers, ...transport, from, to, hops: hopsOf(headers, frame), ...seen});
    const rewritten = about !== undefined && !found;
    if (refusal) about?.connection.notes.refuse({frame: this.file.frames, from, to, rewritten, ...refusal});
    if (quoted) this.#refused(quoted, from, about);
  }

  /** Returns who sent a quoted TCP segment whose addresses or ports were changed on its way; undefined if nobody in the file did. */
  #rewritten({headers, bytes}: Quoted): Placed | undefined {
    const {protocol, transportAt: at} = headers;
    if (protocol !== Protocol.tcp || at + 8 > bytes.length) return undefined;
    return this.#places.sender(endsOf(headers, bytes, bytes, at), seq(readUint(bytes, at + 4, 4)));
  }

  /** Notes what the ICMP message tells about the fate of the packet that it quotes. */
  #refused(quoted: Quoted, from: string, about: Placed | undefined): void {
    const {headers, bytes} = quoted;
    const {protocol, transportAt: at} = headers;
    const verdict = verdictOf(quoted, from === addressText(bytes, headers, 1));
    if (verdict === undefined) return;
    const told = {verdict, frame: this.file.frames};
    if (protocol === Protocol.udp) this.udp.told(flowOf(headers, bytes, bytes, at), signOf(bytes, at), told);
    else if (about && at + 8 <= bytes.length)
      about.connection.told(about.side, seq(readUint(bytes, at + 4, 4)), told);
    else
      this.icmp.told(
        headers,
        bytes,
        told,
        icmpMeaning(quoted.reason.version, quoted.reason.type, quoted.reason.code),
      );
  }

  #udp(headers: FrameHeaders, frame: Uint8Array, carried: Transport, atUs: number): SeenFrame | undefined {
    const {bytes, at, end} = carried;
    const {frames: number} = this.file;
    const ports = portsAt(bytes, at);
    const isDns = ports.includes(dnsPort);
    if (!isDns) this.#datagrams += 1;
    const tunnel = this.#unread.addDatagram(bytes, at, isDns, number);
    if (at + udpHeader > bytes.length) return undefined;
    if (!isDns) this.#sawQuic ||= isQuic(bytes.subarray(at + udpHeader, end), ports);
    const ends = (): readonly [Endpoint, Endpoint] => endsOf(headers, frame, bytes, at);
    const length = Math.max(0, uint16(bytes, at + 4) - udpHeader);
    const flow = flowOf(headers, frame, bytes, at);
    const back = (): string => backOf(flow);
    const sign = signOf(bytes, at);
    const checked = this.#checksums.of(headers, frame, carried);
    const {ask, answers} = isDns ? dnsTurn(bytes, at + udpHeader) : noTurn;
    const told = {flow, back, ends, length, sign, frame: number, atUs, ask, answers, carried, checked};
    const placed = this.udp.take(told);
    if (!this.#contents) return undefined;
    const payload = bytes.subarray(at + udpHeader, Math.min(end, at + udpHeader + length));
    if (dhcpPorts.includes(uint16(bytes, at + 2)) && this.dhcp.length < mostDhcp) {
      const [from, to] = [addressText(frame, headers, 0), addressText(frame, headers, 1)];
      const message = readDhcp(payload);
      if (message) this.dhcp.push({frame: number, from, to, ...message});
    }
    if (isDns) {
      const sides = placed?.conversation.ends ?? ends();
      const from = endpointText(sides[placed?.side ?? 0]);
      const to = endpointText(sides[placed?.side === 1 ? 0 : 1]);
      const [cut, hops, altered] = [payload.length < length, hopsOf(headers, frame), checked === 'wrong'];
      this.dns.take(payload, {transport: 'udp', from, to, frame: number, atUs, cut, hops, altered});
    } else if (placed && tunnel === undefined && this.#sawQuic) {
      const {conversation, side} = placed;
      const kept = {frame: number, atUs, ends: conversation.ends, side, bytes: payload};
      if (!this.quic.take(kept)) this.#unread.add('QUIC');
    }
    return placed && {datagrams: placed.conversation, side: placed.side};
  }

  #heard({ends}: ObservedConnection, heard: readonly DnsHeard[]): void {
    for (const {side, bytes, frame, atUs} of heard) {
      const from = endpointText(ends[side]);
      const to = endpointText(ends[side === 0 ? 1 : 0]);
      this.dns.take(bytes, {transport: 'tcp', from, to, frame, atUs});
    }
  }
}
