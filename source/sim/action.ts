// The types of the calls that a script makes at hosts, for people, programs and the network, and of the links and firewall rules that they
// change.
import type {ReadMode, SocketOptions} from '../stack/tcp/effect.ts';
import type {DnsQuestion, DnsRecord} from '../wire/dns/message.ts';
import type {IpAddress} from '../wire/frame.ts';
import type {Seq} from '../wire/seq.ts';
import type {AppCall} from './apps.ts';
import type {SegmentPattern} from './segment-pattern.ts';

export type LinkSpec = {
  readonly name: string;
  /** The names of the two hosts. */
  readonly between: readonly [string, string];
  readonly delayUs: number;
  /** Bits per second; absent if sending takes no time. */
  readonly rateBps?: number;
  /** Bytes that may wait for a slow link; absent if there is no limit. */
  readonly queueBytes?: number;
  /** The probability of loss, from 0 to 1. */
  readonly loss: number;
  readonly mtu: number;
};

/** The settings that `setLink` changes; the others stay. With `up: false` nothing passes, not even packets in flight. */
export type LinkChange = Partial<Pick<LinkSpec, 'delayUs' | 'rateBps' | 'queueBytes' | 'loss' | 'mtu'>> & {
  readonly up?: boolean;
};

/** The condition of a firewall rule: all fields that are given have to match. */
export type FirewallPattern = {
  readonly proto?: 'tcp' | 'udp' | 'icmp';
  /** The destination port. */
  readonly port?: number;
  /** The host that owns the packet's source address; `to` is the destination's. */
  readonly from?: string;
  readonly to?: string;
  /** True if only packets match whose source address does not belong to the side that they come from (RFC 3704 §2.2). */
  readonly spoofed?: true;
};

/** A firewall rule. The first one that matches decides; a packet that none matches passes. */
export type FirewallRule = {
  readonly verdict: 'pass' | 'drop' | 'reset' | 'port' | 'host' | 'admin-prohibited';
  readonly at: FirewallPattern;
};

/** A call. It acts on the connection named `of`; without `of` on the one that triggered the call, or else on the host's newest. */
export type Action =
  | {
      readonly call: 'listen';
      readonly port: number;
      readonly read: ReadMode;
      /** Whether the listening program accepts connections at once. @default 'auto' */
      readonly accept?: 'auto' | 'manual';
      readonly backlog?: number;
    }
  /** Takes the oldest complete connection of the listener on that port, or waits for one. */
  | {readonly call: 'accept'; readonly port: number}
  | {
      readonly call: 'connect';
      readonly to: {readonly host: string; readonly port: number};
      /** The local port; absent: an ephemeral port derived from the seed. */
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
      /** More data follows at once and may share a segment (MSG_MORE). */
      readonly more?: boolean;
      /** The octets themselves in base64url; absent: text that names its own offsets. */
      readonly octets?: string;
    }
  | {
      readonly call: 'receive';
      readonly of?: string;
      readonly bytes: number;
      /** The call waits until all octets have arrived (MSG_WAITALL). */
      readonly whole?: boolean;
    }
  /** Ends sending: the CLOSE of RFC 9293. */
  | {readonly call: 'shutdown'; readonly of?: string}
  /** BSD's close(): ends sending, and no program reads any more. */
  | {readonly call: 'close'; readonly of?: string}
  | {readonly call: 'abort'; readonly of?: string}
  | {readonly call: 'status'; readonly of?: string}
  | {readonly call: 'setOption'; readonly of?: string; readonly options: SocketOptions}
  /** Sends a small request at a fixed interval, which the program at the other end answers; silence ends the connection. */
  | {
      readonly call: 'heartbeat';
      readonly of?: string;
      readonly everyUs: number;
      readonly bytes: number;
      readonly limitUs: number;
    }
  /** Powers the host off: all state is lost, and it answers nothing until `reboot`. */
  | {readonly call: 'crash'}
  | {readonly call: 'reboot'}
  /** Sends SYNs under forged addresses: repetition n takes address n of the `count` from `first` on, cyclically. */
  | {
      readonly call: 'spoofSyn';
      readonly to: {readonly host: string; readonly port: number};
      readonly source: {readonly first: IpAddress; readonly count: number};
      /** The source port; absent: another port each time. */
      readonly from?: number;
    }
  /**
   * Sends responses in another's name to a resolver, from an attacker who has not seen its queries (RFC 5452 §3). Repetition n sends
   * `tries` more of them. If `id` or `port` is absent, it is guessed anew for each.
   */
  | {
      readonly call: 'forgeAnswer';
      readonly to: string;
      /** The host whose address the responses carry. */
      readonly source: string;
      readonly tries: number;
      readonly id?: number;
      readonly port?: number;
      readonly question: DnsQuestion;
      readonly answers: readonly DnsRecord[];
      readonly authorities: readonly DnsRecord[];
      readonly additionals: readonly DnsRecord[];
    }
  /** Makes the network deliver the `nth` packet of that kind once more, as an old duplicate. */
  | {
      readonly call: 'replay';
      readonly of: SegmentPattern;
      readonly nth: number;
      /**
       * The destination of a connection of the host's own, on which it sends the data of that packet and of those that left with it, as an
       * attacker who recorded them.
       */
      readonly to?: {readonly host: string; readonly port: number};
    }
  /** Reveals the private key of the host's certificate to an attacker who has recorded the host's connections. */
  | {readonly call: 'leakKey'; readonly of: 'certificate'}
  | {readonly call: 'setLink'; readonly link: string; readonly change: LinkChange}
  | AppAction;

/**
 * A call of an application of the host. `as` is the script's name for its answer. With `cookiesFrom` it carries the cookies that the
 * browser of that host would send, as a stolen copy.
 */
export type AppAction = Exclude<AppCall, {call: 'measured'}> & {
  readonly as?: string;
  readonly cookiesFrom?: string;
};
