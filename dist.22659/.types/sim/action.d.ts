import type { ReadMode, SocketOptions } from '../stack/tcp/effect.ts';
import type { DnsQuestion, DnsRecord } from '../wire/dns/message.ts';
import type { IpAddress } from '../wire/frame.ts';
import type { Seq } from '../wire/seq.ts';
import type { AppCall } from './apps.ts';
import type { SegmentPattern } from './segment-pattern.ts';
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
/** Calls act on the connection named `of`; without it on the one that triggered them, else on the host's newest. */
export type Action = {
    readonly call: 'listen';
    readonly port: number;
    readonly read: ReadMode;
    /** @default 'auto': programs accept at once */
    readonly accept?: 'auto' | 'manual';
    readonly backlog?: number;
}
/** Takes the oldest complete connection of the listener on that port, or waits for one. */
 | {
    readonly call: 'accept';
    readonly port: number;
} | {
    readonly call: 'connect';
    readonly to: {
        readonly host: string;
        readonly port: number;
    };
    /** Absent: an ephemeral port derived from the seed. */
    readonly from?: number;
    readonly as?: string;
    readonly iss?: Seq;
    /** Bytes of data in the SYN. */
    readonly data?: number;
    readonly read: ReadMode;
} | {
    readonly call: 'send';
    readonly of?: string;
    readonly bytes: number;
    readonly urgent?: boolean;
    /** More follows at once, and may leave with it (MSG_MORE). */
    readonly more?: boolean;
    /** The octets themselves, in base64url; absent: text that says its own offsets. */
    readonly octets?: string;
} | {
    readonly call: 'receive';
    readonly of?: string;
    readonly bytes: number;
    /** It waits until all of them have come (MSG_WAITALL). */
    readonly whole?: boolean;
}
/** Ends sending: the CLOSE of RFC 9293. */
 | {
    readonly call: 'shutdown';
    readonly of?: string;
}
/** BSD's close(): ends sending, and nobody reads any more. */
 | {
    readonly call: 'close';
    readonly of?: string;
} | {
    readonly call: 'abort';
    readonly of?: string;
} | {
    readonly call: 'status';
    readonly of?: string;
} | {
    readonly call: 'setOption';
    readonly of?: string;
    readonly options: SocketOptions;
}
/** A small request at a fixed interval, which the program at the other end answers; silence ends the connection. */
 | {
    readonly call: 'heartbeat';
    readonly of?: string;
    readonly everyUs: number;
    readonly bytes: number;
    readonly limitUs: number;
}
/** Power off: all state is gone. The host answers nothing until `reboot`. */
 | {
    readonly call: 'crash';
} | {
    readonly call: 'reboot';
}
/** SYNs under addresses of others: repetition n takes address n of `count`, from `first` on, round and round. */
 | {
    readonly call: 'spoofSyn';
    readonly to: {
        readonly host: string;
        readonly port: number;
    };
    readonly source: {
        readonly first: IpAddress;
        readonly count: number;
    };
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
    readonly to?: {
        readonly host: string;
        readonly port: number;
    };
}
/** The private key of the host's certificate gets known to somebody who has recorded its connections. */
 | {
    readonly call: 'leakKey';
    readonly of: 'certificate';
} | {
    readonly call: 'setLink';
    readonly link: string;
    readonly change: LinkChange;
} | AppAction;
/**
 * A call of an application of the host; `as` is what the script calls its answer. `cookiesFrom`: with the cookies that
 * the browser of that host would send, a stolen copy.
 */
export type AppAction = Exclude<AppCall, {
    call: 'measured';
}> & {
    readonly as?: string;
    readonly cookiesFrom?: string;
};
