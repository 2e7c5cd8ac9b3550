// What a packet says, as values. Writers make characters of them: the notation of `plain.ts`, the screen, speech.
import type {FrameName} from '../wire/quic/frame.ts';
import type {TcpFlagName} from '../wire/tcp.ts';
import type {Foreign} from './foreign.ts';

/** A start line. `goesOn`: another packet began it; `behind`: those that begin behind it in the same packet. */
export type HttpPart = {
  readonly kind: 'http';
  readonly goesOn: boolean;
  readonly behind?: readonly HttpPart[];
} & (
  | {readonly method: Foreign; readonly target: Foreign}
  | {readonly status: number; readonly reason: Foreign}
);

/** A frame. `goesOn`: an earlier packet began it; `begins`: it ends in a later one. */
export type Http2FramePart = {
  /** As RFC 9113 writes its type; undefined: what a client says first (§3.4). */
  readonly name: string | undefined;
  /** 0: the connection. */
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

/** Of a WebSocket (RFC 6455 §5.2). `goesOn`, `begins`: as of HTTP/2. */
export type WebSocketPart = {
  readonly kind: 'websocket';
  readonly frames: readonly {
    /** Of its opcode. */
    readonly name: string;
    readonly octets: number;
    readonly goesOn: boolean;
    readonly begins: boolean;
    /** Of text its beginning, of what closes the code and the reason. */
    readonly said: Foreign | undefined;
    readonly code: number | undefined;
  }[];
};

/** `begins`: it ends in a later packet, and is said there. */
export type TlsPart = {readonly kind: 'tls'; readonly begins: boolean} & (
  | {
      readonly says: 'hello';
      readonly name: string;
      /** The highest that is offered, or the chosen one; undefined: not all of the hello is here (RFC 9846 §4.3.1). */
      readonly version: number | undefined;
      readonly site: Foreign | undefined;
    }
  /** As the RFCs write its name. */
  | {readonly says: 'message'; readonly name: string}
  /** undefined: encrypted. */
  | {readonly says: 'alert'; readonly description: number | undefined}
  /** Of the record. */
  | {readonly says: 'data'; readonly octets: number}
  /** An encrypted handshake record, change_cipher_spec, octets of a record that another packet began. */
  | {readonly says: 'handshake' | 'change' | 'piece'}
);

/** Under which keys of TLS 1.3 it is encrypted (RFC 9846 §2). */
export type Keys = 'early' | 'handshake' | 'application';

/** What came out of encryption. */
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
  /** `NODATA`, `truncated`, or the name of an RCODE. */
  | {readonly says: 'nothing'; readonly why: string; readonly question: DnsQuestionPart | undefined}
);

export type DnsFlagPart = {
  readonly kind: 'dns-flag';
  readonly flag: 'RD' | 'AA' | 'TC';
  readonly set: boolean;
};

/** undefined: it is asked for. */
export type NumberPart = {
  readonly kind: 'number';
  readonly field: 'seq' | 'ack';
  readonly value: number | undefined;
  /** The relative number, where it is to stand beside the raw one. */
  readonly count?: number | undefined;
};

/** What a segment carries, as far as it is told beside its numbers. `protocol`: TLS is named. */
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

/** A frame of QUIC, or of what its stream carries (RFC 9000 §19, RFC 9114 §7). */
export type QuicFramePart =
  | {readonly frame: 'CRYPTO'; readonly message: string; readonly site: Foreign | undefined}
  | {readonly frame: 'CRYPTO'; readonly octets: number}
  | {readonly frame: 'STREAM'; readonly stream: number; readonly octets: number; readonly fin: boolean}
  | {readonly frame: 'HTTP'; readonly stream: number; readonly method: Foreign; readonly target: Foreign}
  | {readonly frame: 'HTTP'; readonly stream: number; readonly status: number}
  | {readonly frame: 'HTTP'; readonly stream: number; readonly name: string; readonly octets: number}
  | {readonly frame: 'CONNECTION_CLOSE'; readonly code: string}
  /** By its name alone. */
  | {readonly frame: Exclude<FrameName, 'CRYPTO' | 'STREAM' | 'CONNECTION_CLOSE'>};

export type QuicPart = {
  readonly kind: 'quic';
  /** `frames` undefined: closed. */
  readonly packets: readonly {
    readonly type: string;
    readonly octets: number;
    readonly frames: readonly QuicFramePart[] | undefined;
  }[];
};

/** `hops`: how far it may still go, where that is so little that it may be meant to end on the way. */
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
      /** What it seems to carry that is not read. */
      readonly carries: string | undefined;
    }
  /** `address`: the one that it is about. */
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
