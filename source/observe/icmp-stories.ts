// ICMP of a capture: which messages were sent, which packets did not get through, who sent echo requests to whom, and the hops on the way
// to an end, as traceroute finds them (RFC 792, RFC 4443, RFC 2151 §3.4). The memory that is used is bounded.
import {addressText, type FrameHeaders, LinkTypes, readFrameHeaders} from '../wire/frame-headers.ts';
import {ICMP_SIZE} from '../wire/icmp.ts';
import {hexOf, readUint} from '../wire/octets.ts';
import {type Seq, seqAdd} from '../wire/seq.ts';
import {type FateColumns, type Told, Verdict} from './fate-columns.ts';
import {isGroupAddress} from './group-address.ts';
import {icmpMeaning, isIcmpError} from './icmp-meanings.ts';
import {mtuIn} from './icmp-refusals.ts';
import {mostHops, ProbedWays} from './probed-ways.ts';

export type IcmpError = {
  readonly version: 4 | 6;
  readonly type: number;
  readonly code: number;
  readonly frame: number;
  readonly from: string;
  readonly meaning: string;
  /** The MTU in the ICMP error, if it reports that a packet was too big. */
  readonly mtu?: number;
  /** True if the ICMP error explains why a TCP connection did not open; the report on that connection shows it. */
  readonly refuses: boolean;
  /** The traceroute to which this ICMP error belongs, as its sender may be a hop; undefined if there is none. */
  readonly way: TracedWay | undefined;
  /** The packet that the ICMP error quotes; undefined if it quotes too little. */
  readonly quoted: QuotedPacket | undefined;
};

/**
 * The packet that an ICMP error quotes. `connection` and `conversation` are the numbers of its TCP connection or UDP conversation;
 * undefined if the capture does not contain it.
 */
export type QuotedPacket = {
  readonly from: string;
  readonly to: string;
  readonly protocol: number;
  /** The destination port of the packet that an ICMP error quotes, and its source port; 0 if its protocol has no ports. */
  readonly port: number;
  readonly fromPort: number;
  readonly connection?: number | undefined;
  readonly conversation?: number | undefined;
  /** True if the packet that an ICMP error quotes is itself the answer to a packet of its receiver. */
  readonly answers?: boolean | undefined;
  /** True if the packet that an ICMP error quotes is one of several with different low TTLs, as traceroute sends. */
  readonly probes: boolean;
};

/** Tells what the capture shows of a packet that an ICMP error quotes, beyond the quotation itself. */
export type QuotedAbout = Pick<QuotedPacket, 'connection' | 'conversation' | 'answers'>;

/** An ICMP echo reply that comes this many microseconds after its request, or later, counts as slow. */
const slowUs = 500_000;
const mostSlow = 256;

/** An ICMP echo request without a reply. `told` is the meaning of an ICMP error about it; undefined if there was none. */
export type UnansweredEcho = {readonly frame: number; readonly atUs: number; told: string | undefined};

/** The ICMP echo requests that one host sends to another, with counts and round-trip times. */
export type Ping = {
  readonly from: string;
  readonly to: string;
  readonly firstFrame: number;
  /** The frame of the last echo request, or of its reply. */
  lastFrame: number;
  sent: number;
  answered: number;
  leastUs: number;
  mostUs: number;
  readonly firstUs: number;
  lastUs: number;
  bytes: number;
  /** The first slow echo replies: time after the request in µs, frame of the reply, frame of the request. */
  readonly slow: {readonly us: number; readonly frame: number; readonly asked: number}[];
  /** The lowest and the highest TTL of the echo requests; if they differ, the requests are those of traceroute. */
  leastHops: number;
  mostHops: number;
};

/** The answer to a traceroute probe: an ICMP message, or a TCP segment. */
export type Drawn =
  | 'RST'
  | 'SYN,ACK'
  | {readonly version: 4 | 6; readonly type: number; readonly code: number};

/** A hop found by traceroute: a router that reported that a probe's TTL expired, or the end that the probe reached. */
export type Hop = {
  readonly hops: number;
  readonly from: string;
  readonly us: number;
  readonly frame: number;
  readonly arrived: boolean;
  readonly drew: Drawn;
};

export type TracedWay = {
  readonly from: string;
  readonly to: string;
  readonly by: 'icmp' | 'udp' | 'tcp';
  /** The hops that answered, with the first answer to each TTL. */
  readonly hops: Hop[];
};

/** Tells whether several hops of a traceroute answered; a single one only means that one packet's TTL expired. */
export const isTraced = ({hops}: TracedWay): boolean => hops.length > 1;

/** The place of an IP payload in `bytes`, which are the frame or the reassembled datagram. */
type Carried = {readonly bytes: Uint8Array; readonly at: number; readonly end: number};

export type IcmpPacket = Carried & {
  readonly headers: FrameHeaders;
  readonly from: string;
  readonly to: string;
  /** The TTL or hop limit of the packet that carries the ICMP message. */
  readonly hops: number;
  readonly frame: number;
  readonly atUs: number;
  readonly refuses: boolean;
  readonly about?: QuotedAbout;
};

type Probe = {readonly hops: number; readonly atUs: number; readonly frame: number; readonly key: string};

const mostProbes = 4096;
/**
 * An ICMP echo request with the same identifier and sequence number within this time, in microseconds, counts as a copy of the first one.
 */
const copyUs = 2000;
const mostErrors = 10_000;
const mostStories = 256;

const protocols: ReadonlyMap<number, TracedWay['by']> = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'icmp'],
]);

/** The number of octets of a packet's IP payload that an ICMP error must quote (RFC 792); they tell one probe from another. */
const quotedOctets = 8;
const probeKey = (to: string, bytes: Uint8Array, at: number): string =>
  `${to} ${hexOf(bytes, at, at + quotedOctets)}`;

/** Returns the TTL of an IPv4 packet or the hop limit of an IPv6 packet. */
export const hopsOf = ({version, addressesAt}: FrameHeaders, bytes: Uint8Array): number =>
  bytes[addressesAt - (version === 4 ? 4 : 1)] ?? 0;

/**
 * Returns a key of a packet made from fields that a NAT router leaves unchanged: destination, port and TCP sequence number, or an echo
 * request's sequence number.
 */
const looseKey = (to: string, protocol: number, bytes: Uint8Array, at: number): string => {
  if (protocol === 17) return `${to} ${hexOf(bytes, at + 2, at + 6)}`;
  return protocol === 6 ? `${to} ${hexOf(bytes, at + 2, at + 8)}` : `${to} ${hexOf(bytes, at + 6, at + 8)}`;
};

const forgetOldest = (all: Map<string, unknown>): void => {
  const [oldest] = all.keys();
  if (oldest !== undefined) all.delete(oldest);
};

const echo = {4: {request: 8, reply: 0}, 6: {request: 128, reply: 129}} as const;

export class IcmpStories {
  readonly counts = new Map<string, number>();
  readonly errors: IcmpError[] = [];
  readonly #pings = new Map<string, Ping>();
  readonly #traces = new Map<string, TracedWay>();
  /** The packets that may be traceroute probes, by what an ICMP error would quote of them; the oldest is forgotten first. */
  readonly #probes = new Map<string, Probe>();
  /** The ICMP echo requests without a reply, by their ends, identifier and sequence number. */
  readonly #asked = new Map<string, Probe & UnansweredEcho & {readonly ping: Ping}>();
  readonly ways = new ProbedWays();
  /**
   * The packets that may be traceroute probes, by the fields that a NAT router leaves unchanged; undefined if several probes share these.
   */
  readonly #loose = new Map<string, Probe | undefined>();
  readonly #fates: FateColumns;

  constructor(fates: FateColumns) {
    this.#fates = fates;
  }

  /** All ICMP echo requests by their ends, including those of traceroute. */
  get echoes(): readonly Ping[] {
    return [...this.#pings.values()];
  }

  /** The ICMP echo requests by their ends, without those of traceroute. */
  get pings(): readonly Ping[] {
    return this.echoes.filter(({from, to}) => {
      const way = this.#traces.get(`${from} ${to} icmp`);
      return !way || !isTraced(way);
    });
  }

  get traces(): readonly TracedWay[] {
    return [...this.#traces.values()].filter(isTraced);
  }

  /** Takes a TCP segment that answers a SYN: if the SYN was a traceroute probe, the segment comes from the end of the traced path. */
  segment(
    {bytes, at, headers, ...packet}: Omit<IcmpPacket, 'refuses' | 'hops'>,
    ack: Seq,
    drew: 'RST' | 'SYN,ACK',
  ): void {
    const {from, to} = packet;
    if (headers.version === 0 || !this.#traces.has(`${to} ${from} tcp`)) return;
    const ports = `${hexOf(bytes, at + 2, at + 4)}${hexOf(bytes, at, at + 2)}`;
    const number = seqAdd(ack, -1).toString(16).padStart(8, '0');
    const probe = this.#probes.get(`${from} ${ports}${number}`);
    if (probe) this.#add(packet, {probe, from: to, to: from, by: 'tcp', arrived: true, drew});
  }

  /**
   * Notes a packet that may be a traceroute probe because its TTL is low. `headers` are those of the frame `octets`; the payload is given
   * apart.
   */
  watch(
    headers: FrameHeaders,
    octets: Uint8Array,
    {bytes, at}: Carried,
    {frame, atUs}: {readonly frame: number; readonly atUs: number},
  ): void {
    const hops = hopsOf(headers, octets);
    if (hops > mostHops || at + quotedOctets > bytes.length) return;
    const to = addressText(octets, headers, 1);
    const key = probeKey(to, bytes, at);
    if (this.#probes.has(key)) return;
    const probe = {hops, atUs, frame, key};
    const loose = looseKey(to, headers.protocol, bytes, at);
    this.#loose.set(loose, this.#loose.has(loose) ? undefined : probe);
    if (this.#loose.size > mostProbes) forgetOldest(this.#loose);
    const by = protocols.get(headers.protocol);
    if (by !== undefined && !isGroupAddress(to))
      this.ways.saw(`${addressText(octets, headers, 0)} ${to} ${by}`, hops, {frame, atUs});
    this.#probes.set(key, probe);
    if (this.#probes.size > mostProbes) forgetOldest(this.#probes);
  }

  take(packet: IcmpPacket): void {
    const {headers, bytes, at, frame, from, refuses} = packet;
    if (headers.version === 0 || at + 4 > bytes.length) return;
    const {version} = headers;
    const [type, code] = [readUint(bytes, at, 1), readUint(bytes, at + 1, 1)];
    const meaning = icmpMeaning(version, type, code);
    this.counts.set(meaning, (this.counts.get(meaning) ?? 0) + 1);
    if (type === echo[version].request) this.#ask(packet);
    if (type === echo[version].reply) this.#answer(packet);
    if (!isIcmpError(meaning) || this.errors.length >= mostErrors) return;
    const isHop = /hop limit|port$/.test(meaning);
    const drew = {version, type, code};
    const mtu = mtuIn(bytes, at, drew);
    const way = isHop ? this.#hop(packet, meaning.startsWith('unreachable'), drew) : undefined;
    const quoted = this.#quoted(packet);
    this.errors.push({
      version,
      type,
      code,
      frame,
      from,
      meaning,
      ...(mtu !== undefined && {mtu}),
      refuses,
      way,
      quoted,
    });
  }

  #quoted({bytes, at, end, about, to: outside}: IcmpPacket): QuotedPacket | undefined {
    const quoted = bytes.subarray(at + ICMP_SIZE, end);
    const inner = readFrameHeaders(quoted, LinkTypes.raw, quoted.length);
    if (inner.version === 0) return undefined;
    const {protocol, transportAt: place} = inner;
    const [from, to] = [addressText(quoted, inner, 0), addressText(quoted, inner, 1)];
    const by = protocols.get(protocol);
    // Only the first fragment of a datagram has the ports.
    const hasPorts = by !== 'icmp' && !inner.fragment?.offset && place + 4 <= quoted.length;
    const [fromPort, port] = hasPorts ? [readUint(quoted, place, 2), readUint(quoted, place + 2, 2)] : [0, 0];
    const probes = [from, outside].some((each) => this.ways.isProbed(`${each} ${to} ${by}`));
    return {from, to, protocol, port, fromPort, ...about, probes};
  }

  #ask({bytes, at, end, frame, atUs, from, to, hops}: IcmpPacket): void {
    const key = `${from} ${to}`;
    const ping = this.#pings.get(key) ?? {
      ...{from, to, firstFrame: frame, lastFrame: frame, sent: 0, answered: 0},
      ...{leastUs: Number.POSITIVE_INFINITY, mostUs: 0, firstUs: atUs, lastUs: atUs},
      ...{bytes: 0, slow: [], leastHops: hops, mostHops: hops},
    };
    if (!this.#pings.has(key) && this.#pings.size >= mostStories) return;
    this.#pings.set(key, ping);
    const numbers = `${key} ${readUint(bytes, at + 4, 4)}`;
    const known = this.#asked.get(numbers);
    // An echo request with the same identifier and sequence number so soon is a copy; a new request has a higher sequence number.
    if (known && atUs - known.atUs < copyUs) return;
    ping.sent += 1;
    ping.bytes += end - at;
    ping.lastUs = atUs;
    ping.lastFrame = frame;
    ping.leastHops = Math.min(ping.leastHops, hops);
    ping.mostHops = Math.max(ping.mostHops, hops);
    if (this.#asked.size >= mostProbes) forgetOldest(this.#asked);
    this.#asked.set(numbers, {hops, atUs, frame, key: probeKey(to, bytes, at), ping, told: undefined});
    this.#fates.set(frame, Verdict.unknown);
  }

  /** Notes the fate of an ICMP echo request that an ICMP error quotes; `meaning` is that of the error. */
  told(headers: FrameHeaders, quoted: Uint8Array, {verdict, frame}: Told, meaning = ''): void {
    const [from, to] = [addressText(quoted, headers, 0), addressText(quoted, headers, 1)];
    const at = headers.transportAt;
    const isEcho = protocols.get(headers.protocol) === 'icmp' && at + quotedOctets <= quoted.length;
    const asked = isEcho && this.#asked.get(`${from} ${to} ${readUint(quoted, at + 4, 4)}`);
    if (!asked) return;
    asked.told = meaning;
    this.#fates.set(asked.frame, verdict, frame);
  }

  /** Returns the ICMP echo requests between these hosts that have no reply, the oldest first. */
  unanswered(ping: Ping): readonly UnansweredEcho[] {
    return [...this.#asked.values()].filter((each) => each.ping === ping);
  }

  #answer(packet: IcmpPacket): void {
    const {bytes, at, end, frame, atUs, from, to, headers} = packet;
    const ping = this.#pings.get(`${to} ${from}`);
    const numbers = `${to} ${from} ${readUint(bytes, at + 4, 4)}`;
    const asked = this.#asked.get(numbers);
    if (!ping || !asked) return;
    this.#asked.delete(numbers);
    this.#fates.set(asked.frame, Verdict.delivered, frame);
    ping.answered += 1;
    ping.bytes += end - at;
    ping.lastUs = atUs;
    ping.lastFrame = frame;
    if (atUs - asked.atUs >= slowUs && ping.slow.length < mostSlow)
      ping.slow.push({us: atUs - asked.atUs, frame, asked: asked.frame});
    ping.leastUs = Math.min(ping.leastUs, atUs - asked.atUs);
    ping.mostUs = Math.max(ping.mostUs, atUs - asked.atUs);
    const probe = this.#probes.get(asked.key);
    const {version} = headers;
    if (!probe || version === 0) return;
    const drew = {version, type: echo[version].reply, code: 0};
    this.#add(packet, {probe, from: to, to: from, by: 'icmp', arrived: true, drew});
  }

  /** Adds the sender of an ICMP error as a hop of a traceroute, if the error quotes a probe; returns the traced path. */
  #hop(packet: IcmpPacket, arrived: boolean, drew: Drawn): TracedWay | undefined {
    const {bytes, at, end, from: sender} = packet;
    const quoted = bytes.subarray(at + ICMP_SIZE, end);
    const inner = readFrameHeaders(quoted, LinkTypes.raw, quoted.length);
    const by = protocols.get(inner.protocol);
    if (inner.version === 0 || by === undefined) return undefined;
    const to = addressText(quoted, inner, 1);
    const probe =
      this.#probes.get(probeKey(to, quoted, inner.transportAt)) ??
      this.#loose.get(looseKey(to, inner.protocol, quoted, inner.transportAt));
    // The quoted sender may differ from the prober behind a NAT router, so the receiver of the ICMP error counts as the prober.
    const from = packet.to;
    return probe && this.#add(packet, {probe, from, to, by, arrived: arrived && sender === to, drew});
  }

  #add(
    {frame, atUs, from: sender}: Pick<IcmpPacket, 'frame' | 'atUs' | 'from'>,
    {
      probe,
      from,
      to,
      by,
      ...answer
    }: {readonly probe: Probe} & Pick<Hop, 'arrived' | 'drew'> & Omit<TracedWay, 'hops'>,
  ): TracedWay | undefined {
    const key = `${from} ${to} ${by}`;
    const trace = this.#traces.get(key) ?? {from, to, by, hops: []};
    // An answer from the destination alone does not make a traceroute, unless probes with several TTLs were sent.
    const isWay = !answer.arrived || this.ways.isProbed(key);
    if (!this.#traces.has(key) && (!isWay || this.#traces.size >= mostStories)) return undefined;
    this.#traces.set(key, trace);
    if (!trace.hops.some(({hops}) => hops === probe.hops) && trace.hops.length < mostHops)
      trace.hops.push({hops: probe.hops, from: sender, us: atUs - probe.atUs, frame, ...answer});
    return trace;
  }
}
