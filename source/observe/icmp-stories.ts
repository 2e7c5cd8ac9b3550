// ICMP of a capture: what was said, which packets did not get through, who asked whom with echo requests, and the hops on the way to
// an end, as traceroute finds them (RFC 792, RFC 4443, RFC 2151 §3.4). Bounded, however long the capture is.
import {addressText, type FrameHeaders, LinkTypes, readFrameHeaders} from '../wire/frame-headers.ts';
import {ICMP_SIZE} from '../wire/icmp.ts';
import {hexOf, readUint} from '../wire/octets.ts';
import {type Seq, seqAdd} from '../wire/seq.ts';
import {type FateColumns, type Told, Verdict} from './fate-columns.ts';
import {icmpMeaning, isIcmpError} from './icmp-meanings.ts';
import {mtuIn} from './icmp-refusals.ts';

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
};

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
};

type Probe = {readonly hops: number; readonly atUs: number; readonly frame: number; readonly key: string};

/** traceroute stops there; ordinary packets have more left, unless they come from afar. */
const mostHops = 30;
const mostProbes = 4096;
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

const echo = {4: {request: 8, reply: 0}, 6: {request: 128, reply: 129}} as const;

export class IcmpStories {
  readonly counts = new Map<string, number>();
  readonly errors: IcmpError[] = [];
  readonly #pings = new Map<string, Ping>();
  readonly #traces = new Map<string, TracedWay>();
  /** By what an error quotes of it; the oldest is let go. */
  readonly #probes = new Map<string, Probe>();
  /** When an echo request left, by its ends and its numbers. */
  readonly #asked = new Map<string, Probe>();
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
    const key = probeKey(addressText(octets, headers, 1), bytes, at);
    if (this.#probes.has(key)) return;
    this.#probes.set(key, {hops, atUs, frame, key});
    const [oldest] = this.#probes.keys();
    if (this.#probes.size > mostProbes && oldest !== undefined) this.#probes.delete(oldest);
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
    });
  }

  #ask({bytes, at, frame, atUs, from, to, hops}: IcmpPacket): void {
    const key = `${from} ${to}`;
    const ping = this.#pings.get(key) ?? {
      ...{from, to, firstFrame: frame, sent: 0, answered: 0},
      ...{leastUs: Number.POSITIVE_INFINITY, mostUs: 0, firstUs: atUs, lastUs: atUs},
    };
    if (!this.#pings.has(key) && this.#pings.size >= mostStories) return;
    this.#pings.set(key, ping);
    ping.sent += 1;
    ping.lastUs = atUs;
    const numbers = `${key} ${readUint(bytes, at + 4, 4)}`;
    if (this.#asked.size >= mostProbes) return;
    this.#asked.set(numbers, {hops, atUs, frame, key: probeKey(to, bytes, at)});
    this.#fates.set(frame, Verdict.unknown);
  }

  /** What became of an echo request, of which ICMP quotes the beginning. */
  told(headers: FrameHeaders, quoted: Uint8Array, {verdict, frame}: Told): void {
    const [from, to] = [addressText(quoted, headers, 0), addressText(quoted, headers, 1)];
    const at = headers.transportAt;
    const isEcho = protocols.get(headers.protocol) === 'icmp' && at + quotedOctets <= quoted.length;
    const asked = isEcho && this.#asked.get(`${from} ${to} ${readUint(quoted, at + 4, 4)}`);
    if (asked) this.#fates.set(asked.frame, verdict, frame);
  }

  #answer(packet: IcmpPacket): void {
    const {bytes, at, frame, atUs, from, to, headers} = packet;
    const ping = this.#pings.get(`${to} ${from}`);
    const numbers = `${to} ${from} ${readUint(bytes, at + 4, 4)}`;
    const asked = this.#asked.get(numbers);
    if (!ping || !asked) return;
    this.#asked.delete(numbers);
    this.#fates.set(asked.frame, Verdict.delivered, frame);
    ping.answered += 1;
    ping.lastUs = atUs;
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
    const probe = this.#probes.get(probeKey(to, quoted, inner.transportAt));
    const from = addressText(quoted, inner, 0);
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
    // An answer from the end alone is no way that was traced.
    if (!this.#traces.has(key) && (answer.arrived || this.#traces.size >= mostStories)) return undefined;
    this.#traces.set(key, trace);
    if (!trace.hops.some(({hops}) => hops === probe.hops) && trace.hops.length < mostHops)
      trace.hops.push({hops: probe.hops, from: sender, us: atUs - probe.atUs, frame, ...answer});
    return trace;
  }
}
