// The facts of each finding's sentence, by its ID: counts, times in microseconds (names end in Us), names and addresses.

import type {Count, Lasted, MessagesFacts, NamesFacts} from './facts-application.ts';
import type {FindingId} from './ids.ts';

type Role = 'client' | 'server';

/** The facts of a finding whose sentence needs only its subject and its packets. */
type Nothing = {readonly [name in never]: never};

type TwoFamilies = {
  /** The addresses that were tried: that of IPv6 and, `us` later, that of IPv4. */
  readonly first: string;
  readonly second: string;
  readonly us: number;
};

type OpeningFacts = {
  readonly 'syn-unanswered': {readonly sent: number; readonly us: number};
  /** `here` is true if the SYNs had reached the server's host. */
  readonly 'syn-repeated': {readonly again: number; readonly us: number; readonly here: boolean};
  readonly 'syn-ack-lost': {
    readonly sent: number;
    readonly again: number;
    readonly us: number;
    readonly opened: boolean;
  };
  /** `how` is what was repeated and shows it; `third` is the packet that completed the handshake, 0 if SYNs had no answer. */
  readonly 'accept-queue-full': {
    readonly how: 'syn-ack' | 'data' | 'syn';
    readonly again: number;
    readonly us: number;
    readonly served: boolean;
    readonly third: number;
  };
  readonly refused: {readonly sent: number};
  readonly 'refused-by-icmp': {
    readonly from: string;
    readonly frame: number;
    readonly version: 4 | 6;
    readonly type: number;
    readonly code: number;
    readonly byServer: boolean;
  };
  readonly 'ipv6-refused': TwoFamilies;
  readonly 'ipv6-silent': TwoFamilies;
  /** `port` is 0 if there were several. */
  readonly 'syn-flood': {
    readonly server: string;
    readonly port: number;
    readonly count: number;
    readonly silent: number;
    readonly sources: number;
    readonly us: number;
  };
  /** `host` is the empty string if there were several. */
  readonly 'port-scan': {
    readonly source: string;
    readonly host: string;
    readonly hosts: number;
    readonly ports: number;
    readonly tried: number;
    readonly refused: number;
    readonly silent: number;
    readonly answered: number;
  };
  /** `before` is the number of the previous connection with the ports; `waiting` is the end that still had it in TIME-WAIT. */
  readonly 'port-reused': {
    readonly before: number;
    readonly us: number;
    readonly waiting: 'nobody' | 'client' | 'server';
  };
  /** `reset`: the answer came so late that the client's host knew nothing of the connection. `sent` counts SYN,ACKs. */
  readonly 'never-opened': {readonly how: 'silent' | 'reset'; readonly sent: number; readonly us: number};
  /** The options that the client offered and the server left out. */
  readonly 'options-declined': {readonly scale: boolean; readonly sack: boolean};
  readonly 'fast-open': {readonly bytes: number; readonly taken: boolean};
  /** `by` still had the older connection, whose number is `before` (0 if it was not captured); `reset` is 0 if there was none. */
  readonly 'challenge-ack': {
    readonly by: Role;
    readonly before: number;
    readonly challenge: number;
    readonly reset: number;
  };
  /** `lateUs` is how late the first address answered; 0 if it did not, or was used. */
  readonly 'two-families': TwoFamilies & {
    readonly name: string;
    readonly used: string;
    readonly lateUs: number;
  };
};

/** `by` is the sender, `to` the receiver. */
type Way = {readonly by: Role; readonly to: Role};

/** The facts about transfers; `us` is the total time or the longest one. */
type CarryingFacts = {
  readonly 'receiver-window': Way &
    Lasted & {
      readonly waits: number;
      readonly room: number;
      readonly tripUs: number;
      readonly small: boolean;
    };
  readonly 'no-window-scaling': Way &
    Lasted & {readonly waits: number; readonly room: number; readonly tripUs: number; readonly without: Role};
  readonly 'zero-window': Way &
    Lasted & {readonly times: number; readonly bytes: number; readonly open: boolean};
  readonly 'window-shrunk': Way & {readonly bytes: number};
  readonly 'congestion-window': Way & Lasted & {readonly tripUs: number; readonly bytes: number};
  readonly 'path-rate': Way & {readonly leastUs: number; readonly mostUs: number; readonly bytes: number};
  readonly loss: Way & Count & Lasted & {readonly open: boolean};
  readonly reordering: Way & Count & {readonly late: number};
  readonly 'needless-repeats': Way & Count & Lasted;
  readonly 'late-acks': Way & Count & Lasted;
  readonly 'out-of-order': Count & {readonly by: Role};
  readonly 'copied-on-the-way': Count;
  readonly 'ecn-marked': Way & Count;
  readonly 'sender-waits': Count & Lasted & {readonly by: Role};
  readonly 'answer-waits': Count &
    Lasted & {readonly by: Role; readonly tripUs: number; readonly here: boolean};
  readonly 'request-waits': Count & Lasted & {readonly by: Role};
  readonly 'many-round-trips': Count & Lasted & {readonly tripUs: number};
  readonly 'nagle-delayed-ack': Way & Lasted & {readonly waits: number; readonly tripUs: number};
  readonly 'mtu-black-hole': Way & {readonly large: number; readonly small: number; readonly times: number};
  readonly 'mtu-lowered': {readonly by: Role; readonly router: string; readonly mtu: number};
  readonly 'h2-stream-window': Way & Lasted & {readonly waits: number; readonly stream: number};
  readonly 'h2-connection-window': Way & Lasted & {readonly waits: number; readonly stream: number};
  readonly 'h2-head-of-line': Lasted & {readonly by: Role; readonly streams: number};
  readonly 'quic-loss': Count;
  readonly 'expect-100': Count & Lasted;
};

/** `by` is the end in whose name the RST in `frame` came. */
type ResetFacts = {readonly by: Role; readonly frame: number};

type EndingFacts = {
  /** Some of the `octets` that had arrived were not read; if not `certain`, perhaps. */
  readonly 'reset-unread': ResetFacts & {readonly octets: number; readonly certain: boolean};
  /** `us` is the time since the last data. `data` is false if there were none; `sure` is false if some data may have been unread. */
  readonly 'reset-abort': ResetFacts & {readonly us: number; readonly data: boolean; readonly sure: boolean};
  /** `known`: the TTL shows that the RST is that end's. `older`: the connection whose SYN revealed it, 0 if data (`asked`) did. */
  readonly 'reset-half-open': ResetFacts & {
    readonly asked: number;
    readonly quietUs: number;
    readonly known: boolean;
    readonly older: number;
  };
  /** `left` and `usual` are TTLs, 0 if they do not differ; `wentOn` is the packet with which the end went on, 0 if it did not. */
  readonly 'reset-forged': ResetFacts & {
    readonly wentOn: number;
    readonly left: number;
    readonly usual: number;
    readonly ended: boolean;
  };
  /** `by` asked, and `tries` times again within `us`; `reset` is the middlebox's RST, 0 if nothing came. */
  readonly 'idle-forgotten': {
    readonly by: Role;
    readonly quietUs: number;
    readonly tries: number;
    readonly us: number;
    readonly reset: number;
    readonly left: number;
    readonly usual: number;
  };
  readonly 'idle-closed': ResetFacts & {readonly us: number; readonly reset: boolean};
  /** The `request` and the FIN or RST in `closed` crossed. */
  readonly 'keep-alive-race': {
    readonly frame: number;
    readonly closed: number;
    readonly request: number;
    readonly quietUs: number;
  };
  /** `by` retried; the other end was last heard in `heard`; `reset` gave the connection up, 0 if there is none. */
  readonly 'peer-gone': {
    readonly by: Role;
    readonly tries: number;
    readonly us: number;
    readonly heard: number;
    readonly reset: number;
  };
  readonly 'keep-alive-gave-up': ResetFacts & {readonly probes: number; readonly us: number};
  /** `by` closed first; `left` is true if the other end did not close before the end of the capture. */
  readonly 'half-closed': {
    readonly by: Role;
    readonly octets: number;
    readonly us: number;
    readonly left: boolean;
  };
  /** The number and the client's ports of the connection that this one continues. */
  readonly 'nat-new-port': {
    readonly before: number;
    readonly address: string;
    readonly port: number;
    readonly oldAddress: string;
    readonly oldPort: number;
    readonly quietUs: number;
    readonly reset: number;
  };
  readonly 'keep-alives': Count;
  /** `answers` is the packet that the RST answers; 0 if there is none. */
  readonly 'reset-stray': ResetFacts & {readonly answers: number};
};

/** Two machines claim an address: the one that was heard first, and the other. */
type TwoMachines = {readonly address: string; readonly first: string; readonly second: string};

type Pinged = {readonly from: string; readonly to: string; readonly sent: number};

/** An ICMP report of `by` about packets from one end to another; `port` is 0 if they have none. */
type Told = {
  readonly by: string;
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly count: number;
};

type NetworkFacts = {
  readonly 'arp-unanswered': {readonly asker: string; readonly address: string; readonly tries: number};
  readonly 'arp-two-macs': TwoMachines;
  readonly 'address-conflict': TwoMachines;
  readonly 'dhcp-no-offer': {readonly client: string; readonly tries: number};
  readonly 'dhcp-nak': {readonly client: string; readonly server: string};
  readonly 'ping-loss': Pinged & {readonly lost: number};
  readonly 'ping-unanswered': Pinged;
  readonly 'ping-late': Pinged & {readonly late: number; readonly leastUs: number; readonly mostUs: number};
  readonly 'hop-silent': {readonly from: string; readonly to: string; readonly hops: readonly number[]};
  readonly 'route-loop': {readonly from: string; readonly to: string; readonly routers: readonly string[]};
  readonly 'ttl-expired': Told;
  readonly 'port-unreachable': Told;
  readonly 'admin-prohibited': Told;
  readonly 'host-unreachable': Told;
  readonly 'net-unreachable': Told;
  readonly 'fragments-incomplete': {readonly from: string; readonly to: string; readonly datagrams: number};
  readonly 'fragment-flood': {
    readonly from: string;
    readonly to: string;
    readonly datagrams: number;
    readonly octets: number;
    readonly us: number;
  };
  readonly 'too-big': Told & {readonly mtu: number};
  /** `from` and `to` are empty if too little is quoted. */
  readonly 'icmp-error': Pick<Told, 'by' | 'from' | 'to' | 'count'> & {readonly meaning: string};
};

type CaptureFacts = {
  readonly 'one-direction': {readonly by: 'client' | 'server'};
  readonly 'capture-gap': {readonly by: 'client' | 'server'; readonly bytes: number};
  readonly snapped: {readonly packets: number; readonly bytes: number};
  readonly 'clock-backwards': {readonly packets: number; readonly mostUs: number};
  readonly 'twice-captured': {readonly copies: number; readonly packets: number; readonly mostUs: number};
  readonly offload: {
    readonly host: string;
    readonly giants: number;
    readonly largest: number;
    readonly left: number;
  };
  readonly 'bad-checksum': {readonly from: string; readonly count: number; readonly repaired: number};
  readonly 'not-read': {
    /** The usual service of the port; undefined if none is known. */
    readonly service: string | undefined;
    /** `frame` is a protocol beside TCP and UDP, or a tunnel; it has no port. */
    readonly transport: 'TCP' | 'UDP' | 'frame';
    readonly port: number;
    /** The first line of text; undefined if the data don't begin with text. */
    readonly line: string | undefined;
    readonly packets: number;
    readonly there: number;
    readonly back: number;
  };
  /** The number of requests of each kind. */
  readonly 'no-answer-seen': {
    readonly dns: number;
    readonly http: number;
    readonly pings: number;
    readonly arp: number;
  };
};

type Facts = OpeningFacts &
  CarryingFacts &
  EndingFacts &
  NamesFacts &
  MessagesFacts &
  NetworkFacts &
  CaptureFacts;

export type FactsOf<Id extends FindingId> = Id extends keyof Facts ? Facts[Id] : Nothing;
