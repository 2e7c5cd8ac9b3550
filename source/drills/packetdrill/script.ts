// The types of a parsed packetdrill script: its options and events as plain data, with the line and column of each.

import type {Position} from '../../lesson/position.ts';
import type {ProfileName} from '../../stack/tcp/settings.ts';
import type {TcpOption} from '../../wire/tcp.ts';

/**
 * When an event of a script happens, in microseconds: `absolute` counts from the start, `relative` from the previous event, `any` accepts
 * any time. `untilUs` is the end of a range.
 */
export type EventTime =
  | {readonly kind: 'absolute'; readonly us: number; readonly untilUs?: number}
  | {readonly kind: 'relative'; readonly us: number; readonly untilUs?: number}
  | {readonly kind: 'any'};

/** A segment of a script, with sequence numbers that count from each side's ISN. */
export type PacketSpec = {
  /** The TCP flags, as a sum of `TcpFlag` bits. */
  readonly flags: number;
  /** The sequence number of the segment; `any` if the script writes `...`. */
  readonly seq: number | 'any';
  /** True if the sequence number is the one on the wire, not counted from the ISN (written with `!`). */
  readonly rawSeq: boolean;
  readonly lengthBytes: number;
  readonly ack: number | undefined;
  /** The window in the segment's header; undefined: any window. */
  readonly window: number | undefined;
  readonly urgent: number;
  readonly options: readonly TcpOption[] | 'any';
  /** The ECN field of the IP header by packetdrill's name, such as `ect0` or `ce`; undefined: any. */
  readonly ecn: string | undefined;
};

export type IcmpSpec = {
  readonly type: number;
  readonly code: number;
  readonly mtu: number | undefined;
  /** The sequence number of the segment that the ICMP error quotes; undefined if the script gives none. */
  readonly quotedSeq: number | undefined;
};

export type Expression =
  | {readonly kind: 'wildcard'}
  | {readonly kind: 'number'; readonly value: number}
  | {readonly kind: 'word'; readonly value: string}
  | {readonly kind: 'string'; readonly value: string}
  | {readonly kind: 'or'; readonly words: readonly string[]}
  | {readonly kind: 'list'; readonly items: readonly Expression[]}
  | {readonly kind: 'struct'; readonly fields: Readonly<Record<string, Expression>>}
  | {readonly kind: 'call'; readonly name: string; readonly items: readonly Expression[]};

export type Syscall = {
  readonly name: string;
  readonly args: readonly Expression[];
  readonly result: Expression;
  readonly errno: string | undefined;
  /** The time in µs that a blocking call waits before it returns, as the script says; undefined if the call returns at once. */
  readonly blocksUs: number | undefined;
};

export type Command =
  | {readonly kind: 'sysctl'; readonly name: string; readonly value: string}
  | {
      readonly kind: 'sockstat';
      readonly state: string;
      /** How many sockets have to be in the state; `any` means at least one. */
      readonly count: number | 'any';
      readonly port: number | undefined;
      /** True if only sockets count of which a program still has a descriptor. */
      readonly owned: boolean;
    }
  | {readonly kind: 'tcpdrop'; readonly state: string}
  /** Makes the queue of the network interface accept no packet (`full`), or all. */
  | {readonly kind: 'queue'; readonly full: boolean}
  /** Applies the settings with which the scripts of Google's packetdrill suite begin (defaults.sh). */
  | {readonly kind: 'suite-defaults'}
  /** Makes the host forget the Fast Open cookies of its peers (`ip tcp_metrics flush`). */
  | {readonly kind: 'forget-peers'}
  | {readonly kind: 'nothing'}
  | {readonly kind: 'unknown'; readonly text: string};

export type Comparison = '==' | '!=' | '<=' | '>=' | '<' | '>';

/** An expression in a script's Python code; names are variables or fields of TCP_INFO. */
export type CodeExpression =
  | {readonly kind: 'value'; readonly value: number | string}
  | {readonly kind: 'name'; readonly name: string}
  | {readonly kind: 'call'; readonly name: string; readonly items: readonly CodeExpression[]}
  | {readonly kind: 'sign'; readonly sign: string; readonly of: CodeExpression}
  | {
      readonly kind: 'operation';
      readonly sign: string;
      readonly left: CodeExpression;
      readonly right: CodeExpression;
    }
  | {
      readonly kind: 'comparison';
      readonly left: CodeExpression;
      readonly sign: Comparison;
      readonly right: CodeExpression;
    }
  | {readonly kind: 'all' | 'any'; readonly parts: readonly CodeExpression[]}
  | {readonly kind: 'not'; readonly of: CodeExpression}
  | {
      readonly kind: 'choice';
      readonly when: CodeExpression;
      readonly value: CodeExpression;
      readonly otherwise: CodeExpression;
    };

export type Statement =
  | {readonly kind: 'assert'; readonly what: CodeExpression}
  | {readonly kind: 'assign'; readonly name: string; readonly value: CodeExpression}
  | {
      readonly kind: 'if';
      readonly when: CodeExpression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  | {readonly kind: 'while'; readonly when: CodeExpression; readonly body: readonly Statement[]}
  /** A `for` loop in a script's code over `range(…)`, with the one to three arguments of range. */
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly range: readonly CodeExpression[];
      readonly body: readonly Statement[];
    }
  | {readonly kind: 'nothing'}
  | {readonly kind: 'unknown'; readonly text: string};

export type ScriptAction =
  | {readonly kind: 'inject'; readonly packet: PacketSpec}
  | {readonly kind: 'expect'; readonly packet: PacketSpec}
  | {readonly kind: 'icmp'; readonly message: IcmpSpec}
  | {readonly kind: 'syscall'; readonly call: Syscall}
  | {readonly kind: 'command'; readonly commands: readonly Command[]}
  | {readonly kind: 'code'; readonly statements: readonly Statement[]};

export type ScriptEvent = {
  readonly position: Position;
  readonly time: EventTime;
  readonly action: ScriptAction;
};

export type ScriptOption = {readonly name: string; readonly value: string; readonly position: Position};

export type Script = {
  readonly options: readonly ScriptOption[];
  readonly events: readonly ScriptEvent[];
  /** The profile of the system for which the script was written. */
  readonly profile: ProfileName;
  /** True if the script names the profile by packet_tutor.profile; it then runs on that profile without a real system's memory limits. */
  readonly profileNamed: boolean;
};
