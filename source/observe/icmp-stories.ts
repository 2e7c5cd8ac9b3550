// ICMP of a capture: what was said, which packets did not get through, who asked whom with echo requests, and the hops on the way to
// an end, as traceroute finds them (RFC 792, RFC 4443, RFC 2151 §3.4). Bounded, however long the capture is.
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
  /** Of those that ask for smaller packets. */
  readonly mtu?: number;
  /** It says why a connection did not open: that is told there. */
  readonly refuses: boolean;
  /** It may be a hop of this way. */
  readonly way: TracedWay | undefined;
  /** The packet that it quotes; undefined: it quotes too little. */
  readonly quoted: QuotedPacket | undefined;
};

/** `connection`, `conversation`: of TCP, of UDP, by its number; undefined: the capture has none, or it carried something else. */
export type QuotedPacket = {
  readonly from: string;
  readonly to: string;
  readonly protocol: number;
  /** 0 without ports. */
  readonly port: number;
  readonly connection?: number | undefined;
  readonly conversation?: number | undefined;
  /** It answers what the receiver had asked. */
  readonly answers?: boolean | undefined;
  /** One of several that trace a way. */
  readonly probes: boolean;
};

/** What of it the capture tells beside the quotation. */
export type QuotedAbout = Pick<QuotedPacket, 'connection' | 'conversation' | 'answers'>;

/** Longer than so much an answer may be late, in microseconds. */
const slowUs = 500_000;
const mostSlow = 256;

/** Requests that are said to have no answer, by the frames in which they are. */
export type UnansweredEcho = {readonly frame: number; readonly atUs: number; told: string | undefined};

/** One end asks another with echo requests. */
export type Ping = {
  readonly from: string;
  readonly to: string;
  readonly firstFrame: number;
  sent: number;
  answered: number;
  leastUs: number;
  mostUs: number;
  readonly firstUs: number;
  lastUs: number;
  bytes: number;
  /** Answers that took long, the first ones. */
  readonly slow: {readonly us: number; readonly frame: number; readonly asked: number}[];
  /** Their hops to go, the least and the most: those that differ trace a way. */
  leastHops: number;
  mostHops: number;
};

/** What a probe drew: a message of ICMP, or a segment. */
export type Drawn =
  | 'RST'
  | 'SYN,ACK'
  | {readonly version: 4 | 6; readonly type: number; readonly code: number};

/** Who said that a packet's hops were used up, or in the end that it had come. */
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
  /** Of each number of hops the first answer. */
  readonly hops: Hop[];
};

/** One hop alone is a packet that went astray. */
export const isTraced = ({hops}: TracedWay): boolean => hops.length > 1;

/** Where what IP carries begins in `bytes` and ends: the frame itself, or what its fragments make. */
type Carried = {readonly bytes: Uint8Array; readonly at: number; readonly end: number};

export type IcmpPacket = Carried & {
  readonly headers: FrameHeaders;
  readonly from: string;
  readonly to: string;
  /** Of the packet that carries it: how far it may still go. */
  readonly hops: number;
  readonly frame: number;
  readonly atUs: number;
  readonly refuses: boolean;
  readonly about?: QuotedAbout;
};

type Probe = {readonly hops: number; readonly atUs: number; readonly frame: number; readonly key: string};

const mostProbes = 4096;
/** In microseconds. */
const copyUs = 2000;
const mostErrors = 10_000;
const mostStories = 256;

const protocols: ReadonlyMap<number, TracedWay['by']> = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'icmp'],
]);

/** The octets that an error must quote (RFC 792): they tell one probe from another. */
const quotedOctets = 8;
const probeKey = (to: string, bytes: Uint8Array, at: number): string =>
  `${to} ${hexOf(bytes, at, at + quotedOctets)}`;

/** TTL, or the hop limit. */
export const hopsOf = ({version, addressesAt}: FrameHeaders, bytes: Uint8Array): number =>
  bytes[addressesAt - (version === 4 ? 4 : 1)] ?? 0;

/** What stays the same behind a translator of addresses: the numbers of an echo request, ports, and of TCP the sequence number. */
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
  /** By what an error quotes of it; the oldest is let go. */
  readonly #probes = new Map<string, Probe>();
  /** When an echo request left, by its ends and its numbers. */
  readonly #asked = new Map<string, Probe & UnansweredEcho & {readonly ping: Ping}>();
  readonly ways = new ProbedWays();
  /** By what a translator of addresses leaves as it is; undefined: of more than one. */
  readonly #loose = new Map<string, Probe | undefined>();
  readonly #fates: FateColumns;

  constructor(fates: FateColumns) {
    this.#fates = fates;
  }

  /** All, those of traced ways, too. */
  get echoes(): readonly Ping[] {
    return [...this.#pings.values()];
  }

  /** Those of which nobody has used up the hops. */
  get pings(): readonly Ping[] {
    return this.echoes.filter(({from, to}) => {
      const way = this.#traces.get(`${from} ${to} icmp`);
      return !way || !isTraced(way);
    });
  }

  get traces(): readonly TracedWay[] {
    return [...this.#traces.values()].filter(isTraced);
  }

  /** A segment that answers a SYN: where somebody traces with those, it is the end of the way. */
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

  /** A packet that may be a probe: it has few hops to go. `octets`: of the frame, of which `headers` are. */
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
    const port = by === 'icmp' || place + 4 > quoted.length ? 0 : readUint(quoted, place + 2, 2);
    const probes = [from, outside].some((each) => this.ways.isProbed(`${each} ${to} ${by}`));
    return {from, to, protocol, port, ...about, probes};
  }

  #ask({bytes, at, end, frame, atUs, from, to, hops}: IcmpPacket): void {
    const key = `${from} ${to}`;
    const ping = this.#pings.get(key) ?? {
      ...{from, to, firstFrame: frame, sent: 0, answered: 0},
      ...{leastUs: Number.POSITIVE_INFINITY, mostUs: 0, firstUs: atUs, lastUs: atUs},
      ...{bytes: 0, slow: [], leastHops: hops, mostHops: hops},
    };
    if (!this.#pings.has(key) && this.#pings.size >= mostStories) return;
    this.#pings.set(key, ping);
    const numbers = `${key} ${readUint(bytes, at + 4, 4)}`;
    const known = this.#asked.get(numbers);
    // Who asks again counts on: the same so soon is a copy.
    if (known && atUs - known.atUs < copyUs) return;
    ping.sent += 1;
    ping.bytes += end - at;
    ping.lastUs = atUs;
    ping.leastHops = Math.min(ping.leastHops, hops);
    ping.mostHops = Math.max(ping.mostHops, hops);
    if (this.#asked.size >= mostProbes) forgetOldest(this.#asked);
    this.#asked.set(numbers, {hops, atUs, frame, key: probeKey(to, bytes, at), ping, told: undefined});
    this.#fates.set(frame, Verdict.unknown);
  }

  /** What became of an echo request, of which ICMP quotes the beginning. */
  told(headers: FrameHeaders, quoted: Uint8Array, {verdict, frame}: Told, meaning = ''): void {
    const [from, to] = [addressText(quoted, headers, 0), addressText(quoted, headers, 1)];
    const at = headers.transportAt;
    const isEcho = protocols.get(headers.protocol) === 'icmp' && at + quotedOctets <= quoted.length;
    const asked = isEcho && this.#asked.get(`${from} ${to} ${readUint(quoted, at + 4, 4)}`);
    if (!asked) return;
    asked.told = meaning;
    this.#fates.set(asked.frame, verdict, frame);
  }

  /** Requests of it that nothing has answered, the oldest first. */
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

  /** The packet that is quoted was a probe. */
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
    // Behind a translator of addresses the prober is whom the message reaches.
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
    // An answer from the end alone is no way that was traced, unless several numbers of hops were tried.
    const isWay = !answer.arrived || this.ways.isProbed(key);
    if (!this.#traces.has(key) && (!isWay || this.#traces.size >= mostStories)) return undefined;
    this.#traces.set(key, trace);
    if (!trace.hops.some(({hops}) => hops === probe.hops) && trace.hops.length < mostHops)
      trace.hops.push({hops: probe.hops, from: sender, us: atUs - probe.atUs, frame, ...answer});
    return trace;
  }
}
