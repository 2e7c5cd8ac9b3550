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
  /** The names of the two hosts that the link connects. */
  readonly between: readonly [string, string];
  readonly delayUs: number;
  /** The rate of the link in bits per second; absent if sending a packet takes no time. */
  readonly rateBps?: number;
  /** How many bytes may wait in the queue before the link; absent if there is no limit. */
  readonly queueBytes?: number;
  /** The probability that the link loses a packet, from 0 to 1. */
  readonly loss: number;
  readonly mtu: number;
};

/** The settings of a link that the call `setLink` changes; the others stay. With `up: false` nothing passes, not even packets in flight. */
export type LinkChange = Partial<Pick<LinkSpec, 'delayUs' | 'rateBps' | 'queueBytes' | 'loss' | 'mtu'>> & {
  readonly up?: boolean;
};

/** The condition of a firewall rule: all fields that are given have to match. */
export type FirewallPattern = {
  readonly proto?: 'tcp' | 'udp' | 'icmp';
  /** The destination port of the packets; absent: any. */
  readonly port?: number;
  /** The host that owns the packet's source address; `to` is the destination's. */
  readonly from?: string;
  readonly to?: string;
  /** True if only packets with a forged source address match, one that does not belong to the side that they come from (RFC 3704 §2.2). */
  readonly spoofed?: true;
};

/** A firewall rule and what happens to packets that it matches. The first matching rule decides; a packet that none matches passes. */
export type FirewallRule = {
  readonly verdict: 'pass' | 'drop' | 'reset' | 'port' | 'host' | 'admin-prohibited';
  readonly at: FirewallPattern;
};

/**
 * A call of a run's script at a host. It acts on the connection named `of`; without `of` on the one that triggered the call, or else on the
 * host's newest.
 */
export type Action =
  | {
      readonly call: 'listen';
      readonly port: number;
      readonly read: ReadMode;
      /** Whether the listening program accepts connections at once (`auto`) or only by calls to accept (`manual`). @default 'auto' */
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
      /** How many bytes of data the SYN carries (TCP Fast Open); absent: none. */
      readonly data?: number;
      readonly read: ReadMode;
    }
  | {
      readonly call: 'send';
      readonly of?: string;
      readonly bytes: number;
      readonly urgent?: boolean;
      /** True if more data follow at once and may share a segment with these (MSG_MORE). */
      readonly more?: boolean;
      /** The octets to send in base64url; absent: a text in which each line says its own offset. */
      readonly octets?: string;
    }
  | {
      readonly call: 'receive';
      readonly of?: string;
      readonly bytes: number;
      /** True if the call waits until all octets have arrived (MSG_WAITALL). */
      readonly whole?: boolean;
    }
  /** Ends sending with a FIN; the program can still read (the CLOSE of RFC 9293). */
  | {readonly call: 'shutdown'; readonly of?: string}
  /** Ends sending with a FIN, and no program reads any more, as close() of BSD sockets. */
  | {readonly call: 'close'; readonly of?: string}
  | {readonly call: 'abort'; readonly of?: string}
  | {readonly call: 'status'; readonly of?: string}
  | {readonly call: 'setOption'; readonly of?: string; readonly options: SocketOptions}
  /**
   * Makes the program send a small request at a fixed interval, which the other end's program answers; if nothing comes for `limitUs`, the
   * connection ends.
   */
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
  /**
   * Sends a SYN with a forged source address. When the call is repeated, repetition n takes the n-th of the `count` addresses from `first`
   * on, then begins again.
   */
  | {
      readonly call: 'spoofSyn';
      readonly to: {readonly host: string; readonly port: number};
      readonly source: {readonly first: IpAddress; readonly count: number};
      /** The source port of the forged SYN; absent: another port each time. */
      readonly from?: number;
    }
  /**
   * Sends `tries` forged DNS responses to a resolver, from an attacker who has not seen its query (RFC 5452 §3). If `id` or `port` is
   * absent, it is guessed anew for each response; a repetition sends further ones.
   */
  | {
      readonly call: 'forgeAnswer';
      readonly to: string;
      /** The host whose address the forged responses have as their source. */
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
       * If present, the host opens a connection of its own to this destination and sends the recorded data of that packet, and of those
       * that left with it, on the connection, as an attacker would.
       */
      readonly to?: {readonly host: string; readonly port: number};
    }
  /** Reveals the private key of the host's certificate to an attacker who has recorded the host's connections. */
  | {readonly call: 'leakKey'; readonly of: 'certificate'}
  | {readonly call: 'setLink'; readonly link: string; readonly change: LinkChange}
  | AppAction;

/**
 * A call of the script to an application of the host, such as HTTP. `as` names its answer. With `cookiesFrom`, the request has the cookies
 * that the browser of that host would send, as a thief would.
 */
export type AppAction = Exclude<AppCall, {call: 'measured'}> & {
  readonly as?: string;
  readonly cookiesFrom?: string;
};
