// What people and networks do: the simulator's whole input, as plain data. Lessons compile to this.
import type {ReadMode, SocketOptions} from '../stack/tcp/effect.ts';
import type {ProfileName, TcpSettings} from '../stack/tcp/settings.ts';
import type {CryptoPort} from '../stack/tls/crypto-port.ts';
import type {DnsQuestion, DnsRecord} from '../wire/dns/message.ts';
import type {IpAddress, MacAddress} from '../wire/frame.ts';
import type {Seq} from '../wire/seq.ts';
import type {AppCall, AppSpec} from './apps.ts';
import type {Fault} from './fault.ts';
import type {SegmentPattern} from './segment-pattern.ts';
import type {TraceEvent} from './trace.ts';

export type HostSpec = {
  readonly name: string;
  /** One address per link, in the order of `Scenario.links`. */
  readonly interfaces: readonly {readonly link: string; readonly ip: IpAddress; readonly mac: MacAddress}[];
  readonly router: boolean;
  /** A router that says “unreachable” where it has no way on (RFC 1812 §5.2.7.1). @default false: it is silent */
  readonly unreachable?: boolean;
  /** The lesson's fixed initial sequence number; absent: the recipe of RFC 9293 §3.4.1 from the seed. */
  readonly iss?: Seq;
  /** What differs from the scenario's profile. */
  readonly tcp: Partial<TcpSettings>;
};

export type LinkSpec = {
  readonly name: string;
  /** Names of the two hosts. */
  readonly between: readonly [string, string];
  readonly delayUs: number;
  /** Bits per second; absent: sending takes no time. */
  readonly rateBps?: number;
  /** Bytes that may wait for a slow link; absent: no bound. */
  readonly queueBytes?: number;
  /** Probability of loss, 0 … 1. */
  readonly loss: number;
  readonly mtu: number;
};

/** What `setLink` changes; the rest stays. `up: false`: nothing passes, not even what is under way. */
export type LinkChange = Partial<Pick<LinkSpec, 'delayUs' | 'rateBps' | 'queueBytes' | 'loss' | 'mtu'>> & {
  readonly up?: boolean;
};

/** What a rule of a firewall is about: all that is given has to hold. */
export type FirewallPattern = {
  readonly proto?: 'tcp' | 'udp' | 'icmp';
  /** Destination port. */
  readonly port?: number;
  /** Hosts that own the packet's addresses. */
  readonly from?: string;
  readonly to?: string;
  /** The source address does not belong where the packet comes from (RFC 3704 §2.2). */
  readonly spoofed?: true;
};

/** The first rule that fits decides; a packet that none fits passes. */
export type FirewallRule = {
  readonly verdict: 'pass' | 'drop' | 'reset' | 'port' | 'host' | 'admin-prohibited';
  readonly at: FirewallPattern;
};

/** What stands on the path and does more than pass packets on. */
export type PathActor =
  | {readonly kind: 'firewall'; readonly host: string; readonly rules: readonly FirewallRule[]}
  /** On a router between `outside` (absent: its last link) and its other links; on another host, between it and its link. */
  | {readonly kind: 'nat'; readonly host: string; readonly idleUs: number; readonly outside?: string}
  /** On a router between two hosts: an attacker (RFC 3552 §3.5). It answers in the name of the second one. */
  | {
      readonly kind: 'tap';
      readonly host: string;
      readonly between: readonly [string, string];
      readonly can: readonly TapPower[];
      /** Written over wherever it stands in the data of a segment; both are ASCII and of one length, so that no number shifts. */
      readonly edit?: {readonly find: string; readonly put: string};
    };

/** `edit`: also what the run's faults edit between the two is its doing. */
export type TapPower = 'read' | 'edit' | 'answer';

/** What a program on a host can wait for. */
export type TriggerName =
  | 'connected'
  | 'accepted'
  | 'refused'
  | 'unreachable'
  | 'timedOut'
  | 'received'
  | 'eof'
  | 'urgent'
  | 'reset'
  | 'closed'
  /** An application's answer to a call. */
  | 'answered'
  /** A client of HTTP has read a status line, that of an interim response included. */
  | 'status';

export type CauseTime =
  | {readonly kind: 'at'; readonly atUs: number}
  | {
      readonly kind: 'on';
      readonly host: string;
      readonly event: TriggerName;
      /** Name of a connection (`as`); absent: any connection of the host. */
      readonly of?: string;
      /** With `received`: once that many bytes in all have reached the program. */
      readonly bytes?: number;
      /** With `status`: only this one. */
      readonly status?: number;
      readonly afterUs: number;
    };

/** Calls act on the connection named `of`; without it on the one that triggered them, else on the host's newest. */
export type Action =
  | {
      readonly call: 'listen';
      readonly port: number;
      readonly read: ReadMode;
      /** @default 'auto': programs accept at once */
      readonly accept?: 'auto' | 'manual';
      readonly backlog?: number;
    }
  /** Takes the oldest complete connection of the listener on that port, or waits for one. */
  | {readonly call: 'accept'; readonly port: number}
  | {
      readonly call: 'connect';
      readonly to: {readonly host: string; readonly port: number};
      /** Absent: an ephemeral port derived from the seed. */
      readonly from?: number;
      readonly as?: string;
      readonly iss?: Seq;
      /** Bytes of data in the SYN. */
      readonly data?: number;
      readonly read: ReadMode;
    }
  | {
      readonly call: 'send';
      readonly of?: string;
      readonly bytes: number;
      readonly urgent?: boolean;
      /** More follows at once, and may leave with it (MSG_MORE). */
      readonly more?: boolean;
      /** The octets themselves, in base64url; absent: text that says its own offsets. */
      readonly octets?: string;
    }
  | {
      readonly call: 'receive';
      readonly of?: string;
      readonly bytes: number;
      /** It waits until all of them have come (MSG_WAITALL). */
      readonly whole?: boolean;
    }
  /** Ends sending: the CLOSE of RFC 9293. */
  | {readonly call: 'shutdown'; readonly of?: string}
  /** BSD's close(): ends sending, and nobody reads any more. */
  | {readonly call: 'close'; readonly of?: string}
  | {readonly call: 'abort'; readonly of?: string}
  | {readonly call: 'status'; readonly of?: string}
  | {readonly call: 'setOption'; readonly of?: string; readonly options: SocketOptions}
  /** A small request at a fixed interval, which the program at the other end answers; silence ends the connection. */
  | {
      readonly call: 'heartbeat';
      readonly of?: string;
      readonly everyUs: number;
      readonly bytes: number;
      readonly limitUs: number;
    }
  /** Power off: all state is gone. The host answers nothing until `reboot`. */
  | {readonly call: 'crash'}
  | {readonly call: 'reboot'}
  /** SYNs under addresses of others: repetition n takes address n of `count`, from `first` on, round and round. */
  | {
      readonly call: 'spoofSyn';
      readonly to: {readonly host: string; readonly port: number};
      readonly source: {readonly first: IpAddress; readonly count: number};
      /** Absent: another port each time. */
      readonly from?: number;
    }
  /**
   * Responses in another's name, sent to a resolver by a stranger who has not seen its queries (RFC 5452 §3). Repetition n makes
   * `tries` more of them; absent `id` and `port` are guessed anew for each.
   */
  | {
      readonly call: 'forgeAnswer';
      readonly to: string;
      /** The host whose address they bear. */
      readonly source: string;
      readonly tries: number;
      readonly id?: number;
      readonly port?: number;
      readonly question: DnsQuestion;
      readonly answers: readonly DnsRecord[];
      readonly authorities: readonly DnsRecord[];
      readonly additionals: readonly DnsRecord[];
    }
  /** The network delivers the `nth` packet of that kind once more: an old duplicate. */
  | {
      readonly call: 'replay';
      readonly of: SegmentPattern;
      readonly nth: number;
      /** On a connection of the host's own: the data of that packet and of what left with it, as an attacker has recorded them. */
      readonly to?: {readonly host: string; readonly port: number};
    }
  /** The private key of the host's certificate gets known to somebody who has recorded its connections. */
  | {readonly call: 'leakKey'; readonly of: 'certificate'}
  | {readonly call: 'setLink'; readonly link: string; readonly change: LinkChange}
  | AppAction;

/**
 * A call of an application of the host; `as` is what the script calls its answer. `cookiesFrom`: with the cookies that
 * the browser of that host would send, a stolen copy.
 */
export type AppAction = Exclude<AppCall, {call: 'measured'}> & {
  readonly as?: string;
  readonly cookiesFrom?: string;
};

export type Cause = {
  readonly when: CauseTime;
  readonly host: string;
  readonly action: Action;
  readonly repeat?: {readonly times: number; readonly everyUs: number};
};

/** Is shown each event once, in order, and says whether it is the one waited for. */
export type Watch = (event: TraceEvent) => boolean;

export type Scenario = {
  readonly profile: ProfileName;
  readonly seed: number;
  readonly hosts: readonly HostSpec[];
  readonly links: readonly LinkSpec[];
  /** false: every neighbour's hardware address is known from the start. */
  readonly arp: boolean;
  readonly script: readonly Cause[];
  readonly actors?: readonly PathActor[];
  /** `inNameOf`: an attacker's, who answers under the address of that host. */
  readonly apps?: readonly {readonly host: string; readonly spec: AppSpec; readonly inNameOf?: string}[];
  readonly faults: readonly Fault[];
  /** `quiet`: until no event is left, timers included. A watch ends the run with the instant of the event it waits for. */
  readonly until: 'quiet' | {readonly atUs: number} | {readonly watch: () => Watch};
  readonly limitUs: number;
  /**
   * The run stops once it has so many events; an instant without any counts as one, and calls of programs as more, the more there
   * are. @default usualEvents (budget.ts)
   */
  readonly mostEvents?: number;
  /** What TLS computes with; a run that has TLS cannot do without (`needsCrypto`). */
  readonly crypto?: CryptoPort;
  /** Names of the respects in which the machines are not TCP; absent: in none. */
  readonly notTcp?: readonly string[];
};
