// The facts that findings state in their sentences, by finding ID: counts, times in µs (names end in Us), names and addresses.

import type {Count, Lasted, MessagesFacts, NamesFacts} from './facts-application.ts';
import type {FindingId} from './ids.ts';

type Role = 'client' | 'server';

/** The facts of a finding whose sentence needs none beyond its subject and its packets. */
type Nothing = {readonly [name in never]: never};

type TwoFamilies = {
  /** The IPv6 address that a client tried (`first`) and the IPv4 address that it tried `us` later (`second`). */
  readonly first: string;
  readonly second: string;
  readonly us: number;
};

type OpeningFacts = {
  readonly 'syn-unanswered': {readonly sent: number; readonly us: number};
  /** The facts of a repeated SYN. `here` is true if the capture shows that the SYNs had reached the server's host. */
  readonly 'syn-repeated': {readonly again: number; readonly us: number; readonly here: boolean};
  readonly 'syn-ack-lost': {
    readonly sent: number;
    readonly again: number;
    readonly us: number;
    readonly opened: boolean;
  };
  /**
   * The facts of a full accept queue. `how` is the kind of packet whose repetition shows it; `third` is the packet that completed the
   * handshake, 0 if only SYNs were unanswered.
   */
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
  /** The facts of a SYN flood. `port` is the attacked port, 0 if there were several. */
  readonly 'syn-flood': {
    readonly server: string;
    readonly port: number;
    readonly count: number;
    readonly silent: number;
    readonly sources: number;
    readonly us: number;
  };
  /** The facts of a scan. `host` is the scanned host, empty if there were several. */
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
  /**
   * The facts of reused ports. `before` is the number of the previous connection between them; `waiting` is the end that still had it in
   * TIME-WAIT.
   */
  readonly 'port-reused': {
    readonly before: number;
    readonly us: number;
    readonly waiting: 'nobody' | 'client' | 'server';
  };
  /**
   * The facts of a handshake that was not completed. `sent` counts SYN,ACKs. `reset`: the client's host no longer knew the connection when
   * the answer came.
   */
  readonly 'never-opened': {readonly how: 'silent' | 'reset'; readonly sent: number; readonly us: number};
  /** The TCP options that the client offered and the server did not: window scaling (`scale`) and SACK. */
  readonly 'options-declined': {readonly scale: boolean; readonly sack: boolean};
  readonly 'fast-open': {readonly bytes: number; readonly taken: boolean};
  /**
   * The facts of a challenge ACK. `by` still had an older connection between the ports, number `before` (0 if not captured); `reset` is the
   * packet that ended it, 0 if there was none.
   */
  readonly 'challenge-ack': {
    readonly by: Role;
    readonly before: number;
    readonly challenge: number;
    readonly reset: number;
  };
  /**
   * The facts of attempts over IPv6 and IPv4. `lateUs` is how long the first address took to answer; 0 if it did not answer, or was the one
   * used.
   */
  readonly 'two-families': TwoFamilies & {
    readonly name: string;
    readonly used: string;
    readonly lateUs: number;
  };
};

/** The direction of a transfer: `by` is the sender, `to` the receiver. */
type Way = {readonly by: Role; readonly to: Role};

/** The facts of findings about transfers, by ID. `us` is the total delay or the longest one, in µs. */
type CarryingFacts = {
  readonly 'receiver-window': Way &
    Lasted & {
      readonly waits: number;
      readonly room: number;
      readonly tripUs: number;
      readonly small: boolean;
      /** The octets of the window at first, if it grew much; 0 if not. */
      readonly first: number;
    };
  readonly 'no-window-scaling': Way &
    Lasted & {readonly waits: number; readonly room: number; readonly tripUs: number; readonly without: Role};
  readonly 'zero-window': Way &
    Lasted & {readonly times: number; readonly bytes: number; readonly open: boolean};
  readonly 'window-shrunk': Way & {readonly bytes: number};
  readonly 'congestion-window': Way & Lasted & {readonly tripUs: number; readonly bytes: number};
  readonly 'path-rate': Way & {readonly leastUs: number; readonly mostUs: number; readonly bytes: number};
  /** The facts of an outage. `open` is true if perhaps only acknowledgments were lost. */
  readonly outage: Way & Lasted & {readonly tries: number; readonly open: boolean};
  readonly 'mss-over-window': Way &
    Lasted & {readonly waits: number; readonly room: number; readonly mss: number; readonly tripUs: number};
  /** The facts of a receiver that acknowledged only `part` of a segment with `whole` octets, which was then repeated `times` times. */
  readonly 'ack-inside-segment': Way & {
    readonly part: number;
    readonly whole: number;
    readonly times: number;
  };
  readonly loss: Way & Count & Lasted & {readonly open: boolean};
  readonly reordering: Way & Count & {readonly late: number};
  /** `timed`: the sender's timer expired, and the receiver had asked for nothing. */
  readonly 'needless-repeats': Way & Count & Lasted & {readonly timed: boolean};
  readonly 'late-acks': Way & Count & Lasted;
  readonly 'out-of-order': Count & {readonly by: Role};
  readonly 'copied-on-the-way': Count;
  readonly 'ecn-marked': Way & Count;
  readonly 'sender-waits': Count & Lasted & {readonly by: Role};
  readonly 'answer-waits': Count &
    Lasted & {readonly by: Role; readonly tripUs: number; readonly here: boolean; readonly known: boolean};
  readonly 'request-waits': Count & Lasted & {readonly by: Role};
  readonly 'many-round-trips': Count & Lasted & {readonly tripUs: number};
  readonly 'nagle-delayed-ack': Way & Lasted & {readonly waits: number; readonly tripUs: number};
  /**
   * The facts of segments that are too large. `told`: a router reported it by ICMP, in vain. `rewritten`: because the message quotes another
   * address or port.
   */
  readonly 'mtu-black-hole': Way & {
    readonly large: number;
    readonly small: number;
    readonly times: number;
    readonly told: boolean;
    readonly rewritten: boolean;
  };
  readonly 'mtu-lowered': {readonly by: Role; readonly router: string; readonly mtu: number};
  readonly 'h2-stream-window': Way & Lasted & {readonly waits: number; readonly stream: number};
  readonly 'h2-connection-window': Way & Lasted & {readonly waits: number; readonly stream: number};
  readonly 'h2-head-of-line': Lasted & {readonly by: Role; readonly streams: number};
  readonly 'quic-loss': Count;
  readonly 'expect-100': Count & Lasted;
};

/** The facts of an RST. `frame` is its packet; `by` is the end from which it seems to come. */
type ResetFacts = {readonly by: Role; readonly frame: number};

type EndingFacts = {
  /** The facts of a packet of no known connection: `asked` was answered by the RST `frame`. */
  readonly 'ack-probe': {readonly asked: number; readonly frame: number};
  /**
   * The facts of an RST with unread data: the program had not read some of the `octets` that had arrived. `certain` is false if it may have
   * read all.
   */
  readonly 'reset-unread': ResetFacts & {readonly octets: number; readonly certain: boolean};
  /**
   * The facts of a request that the server ended before all of it had been sent, in packet `frame`. `status` is that of its response, 0 if
   * none was read; `octets` is what the client had sent.
   */
  readonly 'request-refused': {readonly frame: number; readonly status: number; readonly octets: number};
  /**
   * The facts of an RST by which a program aborted. `us` is the time since the last data; `data` is false if there were none; `sure` is
   * false if data may have been unread.
   */
  /** `last`: the other end had closed before, and everything had arrived. */
  readonly 'reset-abort': ResetFacts & {
    readonly us: number;
    readonly data: boolean;
    readonly sure: boolean;
    readonly last: boolean;
  };
  /**
   * The facts of an RST from a host without the connection. `known`: the TTL shows that the host sent it. `older`: the connection whose SYN
   * revealed this, 0 if the packet `asked` did.
   */
  readonly 'reset-half-open': ResetFacts & {
    readonly asked: number;
    readonly quietUs: number;
    readonly known: boolean;
    readonly older: number;
  };
  /**
   * The facts of a forged RST. `left` is its TTL and `usual` the end's, both 0 if they do not differ; `wentOn` is the packet with which the
   * end continued, 0 if it did not.
   */
  readonly 'reset-forged': ResetFacts & {
    readonly wentOn: number;
    readonly left: number;
    readonly usual: number;
    readonly ended: boolean;
  };
  /**
   * The facts of a connection forgotten by a middlebox. `by` sent a segment and repeated it `tries` times within `us`; `reset` is the
   * middlebox's RST, 0 if it sent none.
   */
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
  /** The facts of a keep-alive race: the packets of the `request` and of the FIN or RST (`closed`) that crossed on the way. */
  readonly 'keep-alive-race': {
    readonly frame: number;
    readonly closed: number;
    readonly request: number;
    readonly quietUs: number;
  };
  /**
   * The facts of an end that no longer answers. `by` retried; `heard` is the last packet from the other end; `reset` is the RST with which
   * `by` gave up, 0 if there is none.
   */
  readonly 'peer-gone': {
    readonly by: Role;
    readonly tries: number;
    readonly us: number;
    readonly heard: number;
    readonly reset: number;
  };
  readonly 'keep-alive-gave-up': ResetFacts & {readonly probes: number; readonly us: number};
  /** The facts of a half-closed connection. `by` closed first; `left` is true if the other end had not closed by the end of the capture. */
  readonly 'half-closed': {
    readonly by: Role;
    readonly octets: number;
    readonly us: number;
    readonly left: boolean;
  };
  /**
   * The facts of a connection that continues another one (`before`) from a new port of the NAT; `oldAddress` and `oldPort` were those of
   * its client before.
   */
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
  /** The facts of an RST that ended nothing. `answers` is the packet that it answers, 0 if there is none. */
  readonly 'reset-stray': ResetFacts & {readonly answers: number};
};

/** The facts of an address that two machines claim: `first` is the hardware address heard first, `second` the other. */
type TwoMachines = {readonly address: string; readonly first: string; readonly second: string};

type Pinged = {readonly from: string; readonly to: string; readonly sent: number};

/**
 * The facts of ICMP errors that the host `by` sent about packets from one host to another. `port` is the destination port, 0 if there is
 * none.
 */
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
  /** The facts of a search for a DHCP server. `server` answered another client; undefined if none did. */
  readonly 'dhcp-no-offer': {
    readonly client: string;
    readonly tries: number;
    readonly server: string | undefined;
  };
  readonly 'dhcp-nak': {readonly client: string; readonly server: string};
  readonly 'ping-loss': Pinged & {readonly lost: number};
  readonly 'ping-unanswered': Pinged;
  readonly 'ping-late': Pinged & {readonly late: number; readonly leastUs: number; readonly mostUs: number};
  readonly 'hop-silent': {readonly from: string; readonly to: string; readonly hops: readonly number[]};
  readonly 'route-loop': {readonly from: string; readonly to: string; readonly routers: readonly string[]};
  readonly 'ttl-expired': Told;
  /** `late` is true if the quoted datagram is an answer that nobody waited for any more. */
  readonly 'port-unreachable': Told & {readonly late: boolean};
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
  /**
   * The facts of another ICMP error. `from` and `to` are the ends of the quoted packet, empty if too little of it is quoted; `group`: it
   * went to many hosts.
   */
  readonly 'icmp-error': Pick<Told, 'by' | 'from' | 'to' | 'count'> & {
    readonly meaning: string;
    readonly group: boolean;
  };
};

type CaptureFacts = {
  readonly 'one-direction': {readonly by: 'client' | 'server'};
  readonly 'capture-gap': {readonly by: 'client' | 'server'; readonly bytes: number; readonly acked: boolean};
  readonly snapped: {readonly packets: number; readonly bytes: number};
  readonly 'clock-backwards': {readonly packets: number; readonly mostUs: number};
  readonly 'twice-captured': {readonly copies: number; readonly packets: number; readonly mostUs: number};
  /** The facts of packets captured on both sides of a device; `aside` is the connection with the second captures, 0 if there is none. */
  readonly 'captured-across': {
    readonly device: 'router' | 'nat' | 'numbers';
    readonly packets: number;
    readonly aside: number;
  };
  readonly edited: {readonly from: string; readonly count: number};
  readonly offload: {
    readonly host: string;
    readonly giants: number;
    readonly largest: number;
    readonly left: number;
  };
  readonly 'bad-checksum': {readonly from: string; readonly count: number; readonly repaired: number};
  readonly 'not-read': {
    /** The service that usually has this port; undefined if none is known. */
    readonly service: string | undefined;
    /** The transport of data that were not decoded; `frame` for a protocol other than TCP and UDP or a tunnel, which has no port. */
    readonly transport: 'TCP' | 'UDP' | 'frame';
    readonly port: number;
    /** The first line of the undecoded data; undefined if they do not begin with text. */
    readonly line: string | undefined;
    readonly packets: number;
    readonly there: number;
    readonly back: number;
  };
  /** The numbers of requests without an answer in the file, by protocol. */
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
