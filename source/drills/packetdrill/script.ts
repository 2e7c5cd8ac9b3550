// A packetdrill script as plain data: the content of the file, with the place of each thing.

import type {Position} from '../../lesson/position.ts';
import type {ProfileName} from '../../stack/tcp/settings.ts';
import type {TcpOption} from '../../wire/tcp.ts';

/** A time in microseconds; `relative` counts from the previous event, `any` is whenever the event happens. */
export type EventTime =
  | {readonly kind: 'absolute'; readonly us: number; readonly untilUs?: number}
  | {readonly kind: 'relative'; readonly us: number; readonly untilUs?: number}
  | {readonly kind: 'any'};

/** A segment in the script's own numbers. */
export type PacketSpec = {
  /** The sum of `TcpFlag` bits. */
  readonly flags: number;
  /** The sequence number; `any` if it is written `...`. */
  readonly seq: number | 'any';
  /** True if the number counts from 0 whatever the connection's first number is (written with `!`). */
  readonly rawSeq: boolean;
  readonly lengthBytes: number;
  readonly ack: number | undefined;
  /** The window; absent: any window. */
  readonly window: number | undefined;
  readonly urgent: number;
  readonly options: readonly TcpOption[] | 'any';
  /** The ECN field of IP, if the script names it. */
  readonly ecn: string | undefined;
};

export type IcmpSpec = {
  readonly type: number;
  readonly code: number;
  readonly mtu: number | undefined;
  /** The sequence number of the quoted segment. */
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
  /** The time for which a blocking call waits. */
  readonly blocksUs: number | undefined;
};

export type Command =
  | {readonly kind: 'sysctl'; readonly name: string; readonly value: string}
  | {
      readonly kind: 'sockstat';
      readonly state: string;
      /** `any` means at least one. */
      readonly count: number | 'any';
      readonly port: number | undefined;
      /** True if only sockets count that a program still holds. */
      readonly owned: boolean;
    }
  | {readonly kind: 'tcpdrop'; readonly state: string}
  /** The queue of the network interface accepts nothing, or all. */
  | {readonly kind: 'queue'; readonly full: boolean}
  /** The settings with which a whole suite begins. */
  | {readonly kind: 'suite-defaults'}
  /** The host forgets everything that it remembers of its peers. */
  | {readonly kind: 'forget-peers'}
  | {readonly kind: 'nothing'}
  | {readonly kind: 'unknown'; readonly text: string};

export type Comparison = '==' | '!=' | '<=' | '>=' | '<' | '>';

/** An expression of code in a script, in which fields of TCP_INFO and variables are names. */
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
  /** A loop; `range` has its one to three bounds. */
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
  /** The system whose behaviour the script assumes. */
  readonly profile: ProfileName;
  /** True if the script names the profile itself and means it unchanged. */
  readonly profileNamed: boolean;
};
