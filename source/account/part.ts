// The parts of a packet, as values. Writers turn them into characters: the notation (`notation.ts`), the screen, speech.
import type {FrameName} from '../wire/quic/frame.ts';
import type {TcpFlagName} from '../wire/tcp.ts';
import type {Foreign} from './foreign.ts';

/**
 * The start line of an HTTP message. `goesOn` is true if another packet began the message; `behind` contains the messages that begin after
 * it in the same packet.
 */
export type HttpPart = {
  readonly kind: 'http';
  readonly goesOn: boolean;
  readonly behind?: readonly HttpPart[];
} & (
  | {readonly method: Foreign; readonly target: Foreign}
  | {readonly status: number; readonly reason: Foreign}
);

/** An HTTP/2 frame. `goesOn` is true if an earlier packet began it, `begins` if it ends in a later one. */
export type Http2FramePart = {
  /** The name of the frame's type in RFC 9113; undefined for the client's preface (§3.4). */
  readonly name: string | undefined;
  /** The number of the HTTP/2 stream; 0 is the connection. */
  readonly stream: number;
  readonly goesOn: boolean;
  readonly begins: boolean;
  readonly said?:
    | {readonly kind: 'request'; readonly method: Foreign; readonly target: Foreign}
    | {readonly kind: 'status'; readonly status: Foreign}
    | {readonly kind: 'octets' | 'increment'; readonly octets: number}
    | {readonly kind: 'error'; readonly error: number}
    | {readonly kind: 'trailers' | 'ack' | 'end'};
};

export type Http2Part = {readonly kind: 'http2'; readonly frames: readonly Http2FramePart[]};

/** The frames of a WebSocket (RFC 6455 §5.2); `goesOn` and `begins` have the same meaning as in HTTP/2. */
export type WebSocketPart = {
  readonly kind: 'websocket';
  readonly frames: readonly {
    /** The name of the WebSocket frame's opcode. */
    readonly name: string;
    readonly octets: number;
    readonly goesOn: boolean;
    readonly begins: boolean;
    /** The beginning of the text in a WebSocket frame; in a close frame, the reason, with its `code`. */
    readonly said: Foreign | undefined;
    readonly code: number | undefined;
  }[];
};

/** The part of a packet that one TLS record or message fills. `begins` is true if it ends in a later packet, which tells what it says. */
export type TlsPart = {readonly kind: 'tls'; readonly begins: boolean} & (
  | {
      readonly says: 'hello';
      readonly name: string;
      /**
       * The highest TLS version that the hello offers, or the chosen one; undefined if the packet does not contain the whole hello (RFC
       * 9846 §4.3.1).
       */
      readonly version: number | undefined;
      readonly site: Foreign | undefined;
    }
  /** A TLS handshake message by its name in the RFCs. */
  | {readonly says: 'message'; readonly name: string}
  /** A TLS alert; `description` is undefined if the alert is encrypted. */
  | {readonly says: 'alert'; readonly description: number | undefined}
  /** TLS application data; `octets` counts those of the record. */
  | {readonly says: 'data'; readonly octets: number}
  /** An encrypted handshake record, change_cipher_spec, or octets of a TLS record that another packet began (`piece`). */
  | {readonly says: 'handshake' | 'change' | 'piece'}
);

/** The keys of TLS 1.3 that encrypt a record (RFC 9846 §2). */
export type Keys = 'early' | 'handshake' | 'application';

/** The parts of a packet that were decrypted with one set of TLS keys. */
export type OpenedPart = {
  readonly kind: 'opened';
  readonly keys: Keys;
  readonly parts: readonly (TlsPart | HttpPart | Http2Part | WebSocketPart | {readonly kind: 'program'})[];
};

export type DnsRecordPart = {readonly name: Foreign; readonly type: number; readonly data: Foreign};

export type DnsQuestionPart = {readonly name: Foreign; readonly type: number};

export type DnsPart = {readonly kind: 'dns'} & (
  | {readonly says: 'asks'; readonly question: DnsQuestionPart | undefined}
  | {readonly says: 'answer'; readonly first: DnsRecordPart; readonly more: number}
  | {readonly says: 'referral'; readonly first: DnsRecordPart; readonly more: number; readonly glue: boolean}
  /** The reason for which a DNS response has no answer: `NODATA`, `truncated`, or the name of an RCODE. */
  | {readonly says: 'nothing'; readonly why: string; readonly question: DnsQuestionPart | undefined}
);

export type DnsFlagPart = {
  readonly kind: 'dns-flag';
  readonly flag: 'RD' | 'AA' | 'TC';
  readonly set: boolean;
};

/** A sequence or acknowledgment number; the value is undefined in a question that asks for it. */
export type NumberPart = {
  readonly kind: 'number';
  readonly field: 'seq' | 'ack';
  readonly value: number | undefined;
  /** The relative sequence or acknowledgment number, if it is to be written beside the raw one. */
  readonly count?: number | undefined;
};

/** The contents of a TCP segment, as far as they are told beside the numbers. If `protocol`, the text names TLS. */
export type CarriedPart =
  | HttpPart
  | Http2Part
  | WebSocketPart
  | DnsPart
  | {
      readonly kind: 'records';
      readonly protocol: boolean;
      readonly records: readonly TlsPart[];
      readonly opened: readonly OpenedPart[];
    };

/** A QUIC frame, or a frame of what its stream carries (RFC 9000 §19, RFC 9114 §7). */
export type QuicFramePart =
  | {readonly frame: 'CRYPTO'; readonly message: string; readonly site: Foreign | undefined}
  | {readonly frame: 'CRYPTO'; readonly octets: number}
  | {readonly frame: 'STREAM'; readonly stream: number; readonly octets: number; readonly fin: boolean}
  | {readonly frame: 'HTTP'; readonly stream: number; readonly method: Foreign; readonly target: Foreign}
  | {readonly frame: 'HTTP'; readonly stream: number; readonly status: number}
  | {readonly frame: 'HTTP'; readonly stream: number; readonly name: string; readonly octets: number}
  | {readonly frame: 'CONNECTION_CLOSE'; readonly code: string}
  /** A QUIC frame that is told by its name alone. */
  | {readonly frame: Exclude<FrameName, 'CRYPTO' | 'STREAM' | 'CONNECTION_CLOSE'>};

export type QuicPart = {
  readonly kind: 'quic';
  /** The QUIC packets of a datagram; `frames` is undefined if the packet could not be decrypted. */
  readonly packets: readonly {
    readonly type: string;
    readonly octets: number;
    readonly frames: readonly QuicFramePart[] | undefined;
  }[];
};

/** A part of a packet. `hops` is the TTL if it is so low that it may be meant to expire on the way. */
export type Part =
  | {readonly kind: 'flags'; readonly flags: readonly TcpFlagName[]}
  | NumberPart
  | {readonly kind: 'length'; readonly octets: number}
  | TlsPart
  | DnsPart
  | DnsFlagPart
  | QuicPart
  | {
      readonly kind: 'udp';
      readonly srcPort: number;
      readonly dstPort: number;
      readonly octets: number;
      readonly hops: number | undefined;
      /** The protocol that the UDP datagram seems to carry, if that protocol is not decoded. */
      readonly carries: string | undefined;
    }
  /** A DHCP message; `address` is the one that it is about. */
  | {readonly kind: 'dhcp'; readonly type: string; readonly address: string | undefined}
  | {
      readonly kind: 'icmp' | 'icmpv6';
      readonly type: number;
      readonly code: number;
      readonly hops: number | undefined;
    }
  | {readonly kind: 'arp'; readonly asks: true; readonly target: string; readonly sender: string}
  | {readonly kind: 'arp'; readonly asks: false; readonly sender: string; readonly mac: string}
  | {readonly kind: 'protocol'; readonly protocol: number}
  | {readonly kind: 'ether-type'; readonly etherType: number};
