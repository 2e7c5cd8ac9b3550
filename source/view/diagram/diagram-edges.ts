// TCP's state diagram (RFC 9293 figure 5) as data, and the changes of state that are not in the figure but that the text of an RFC allows.
import type {Language, Text} from '../../lesson/text.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {triggerWords} from '../../words/catalogue/diagram.ts';
import {watermark} from '../../words/catalogue/not-tcp.ts';

export type Edge = {
  readonly from: TcpState;
  readonly to: TcpState;
  /** The trigger of a change of TCP state, as above the line in RFC 9293 figure 5: a call (in lower case), a segment, or a time-out. */
  readonly trigger: string;
};

const edge = (from: TcpState, to: TcpState, trigger: string): Edge => ({from, to, trigger});

/** The edges of TCP's state diagram in RFC 9293 figure 5, from top to bottom. */
export const figureEdges: readonly Edge[] = [
  edge('CLOSED', 'LISTEN', 'passive open'),
  edge('CLOSED', 'SYN-SENT', 'active open'),
  edge('LISTEN', 'CLOSED', 'close'),
  edge('SYN-SENT', 'CLOSED', 'close'),
  edge('LISTEN', 'SYN-RECEIVED', 'SYN'),
  edge('LISTEN', 'SYN-SENT', 'send'),
  /** An RST returns a connection from SYN-RECEIVED to LISTEN only after a passive open (RFC 9293 figure 5, note 1). */
  edge('SYN-RECEIVED', 'LISTEN', 'RST'),
  edge('SYN-SENT', 'SYN-RECEIVED', 'SYN'),
  edge('SYN-RECEIVED', 'ESTABLISHED', 'ACK'),
  edge('SYN-SENT', 'ESTABLISHED', 'SYN,ACK'),
  edge('SYN-RECEIVED', 'FIN-WAIT-1', 'close'),
  edge('ESTABLISHED', 'FIN-WAIT-1', 'close'),
  edge('ESTABLISHED', 'CLOSE-WAIT', 'FIN'),
  edge('FIN-WAIT-1', 'CLOSING', 'FIN'),
  edge('FIN-WAIT-1', 'FIN-WAIT-2', 'ACK'),
  edge('CLOSE-WAIT', 'LAST-ACK', 'close'),
  edge('FIN-WAIT-2', 'TIME-WAIT', 'FIN'),
  edge('CLOSING', 'TIME-WAIT', 'ACK'),
  edge('LAST-ACK', 'CLOSED', 'ACK'),
  edge('TIME-WAIT', 'CLOSED', '2 MSL'),
];

export type EdgeException = {
  /** The beginning of the names of those rules that cause this change of TCP state; undefined if any rule may cause it. */
  readonly rule: string | undefined;
  readonly from: readonly TcpState[] | 'any';
  readonly to: TcpState;
  readonly trigger: string;
  readonly clause: string;
};

type Row = readonly [
  rule: EdgeException['rule'],
  from: EdgeException['from'],
  to: TcpState,
  trigger: string,
  clause: string,
];

/**
 * Changes of TCP state that are not in RFC 9293 figure 5: “error conditions and actions that are not connected with state changes are left
 * out” (§3.3.2).
 */
const exceptions: readonly Row[] = [
  [undefined, ['FIN-WAIT-1'], 'TIME-WAIT', 'FIN,ACK', 'RFC 9293 §3.3.2, note 2 of figure 5'],
  ['9293:3.10.7.3/syn-sent/rst', ['SYN-SENT'], 'CLOSED', 'RST', 'RFC 9293 §3.10.7.3'],
  ['9293:3.10.7.4/rst/', 'any', 'CLOSED', 'RST', 'RFC 9293 §3.10.7.4'],
  ['5961:3.2/rst/', 'any', 'CLOSED', 'RST', 'RFC 5961 §3.2'],
  ['linux:rst/as-next', 'any', 'CLOSED', 'RST', 'Linux tcp_reset_check'],
  ['5961:4.1/syn/', 'any', 'CLOSED', 'SYN', 'RFC 9293 §3.10.7.4'],
  ['9293:3.10.7.4/syn/listen', ['SYN-RECEIVED'], 'LISTEN', 'SYN', 'RFC 9293 §3.10.7.4'],
  ['linux:syn-received/other-syn', ['SYN-RECEIVED'], 'LISTEN', 'SYN', 'Linux tcp_check_req'],
  ['9293:3.10.5/abort/', 'any', 'CLOSED', 'abort', 'RFC 9293 §3.10.5'],
  ['9293:3.6.1/close/reader-gone', 'any', 'CLOSED', 'data', 'RFC 9293 §3.6.1'],
  ['linux:close/fin-beyond-gap', 'any', 'CLOSED', 'FIN', 'Linux tcp_rcv_state_process'],
  [
    'linux:close/text-across-fin',
    ['CLOSE-WAIT', 'CLOSING', 'LAST-ACK'],
    'CLOSED',
    'data',
    'Linux tcp_rcv_state_process',
  ],
  ['2525:2.17/close/unread-data', 'any', 'CLOSED', 'close', 'RFC 2525 §2.17'],
  ['9293:3.8.3/give-up/listen', ['SYN-RECEIVED'], 'LISTEN', 'R2', 'RFC 9293 §3.8.3'],
  ['9293:3.8.3/give-up', 'any', 'CLOSED', 'R2', 'RFC 9293 §3.8.3'],
  ['9293:3.8.4/keep-alive/dead', 'any', 'CLOSED', 'keep-alive', 'RFC 9293 §3.8.4'],
  ['1122:4.2.3.9/', 'any', 'CLOSED', 'ICMP', 'RFC 1122 §4.2.3.9'],
  ['5461:4.1/opening/abort', ['SYN-SENT', 'SYN-RECEIVED'], 'CLOSED', 'ICMP', 'RFC 5461 §4.1'],
  ['linux:tcp_fin_timeout', ['FIN-WAIT-2'], 'CLOSED', 'FIN-WAIT-2', 'Linux tcp_fin_timeout'],
  ['linux:syn-queue/listener-gone', ['SYN-RECEIVED'], 'CLOSED', 'close', 'Linux listen(2)'],
  ['counterfactual:no-time-wait/', ['FIN-WAIT-2', 'CLOSING'], 'CLOSED', 'not TCP', 'RFC 9293 §3.6.1'],
  ['6191:2/time-wait/reuse', ['TIME-WAIT'], 'CLOSED', 'SYN', 'RFC 6191 §2'],
];

export const edgeExceptions = exceptions.map(
  ([rule, from, to, trigger, clause]): EdgeException => ({rule, from, to, trigger, clause}),
);

export const figureEdge = (from: TcpState, to: TcpState): Edge | undefined =>
  figureEdges.find((each) => each.from === from && each.to === to);

/**
 * Returns the trigger of a change of TCP state, named as in RFC 9293 figure 5. For a change outside the figure, `clause` is the section
 * that allows it, or empty if none does.
 */
export const namedStep = (
  from: TcpState,
  to: TcpState,
  because: string | undefined,
): {readonly trigger: string; readonly clause: string | undefined} => {
  const exception = exceptionFor(from, to, because);
  const edge = exception ? undefined : figureEdge(from, to);
  return {
    trigger: edge?.trigger ?? exception?.trigger ?? '',
    clause: edge ? undefined : (exception?.clause ?? ''),
  };
};

/**
 * Returns the exception that allows a change of TCP state outside RFC 9293 figure 5; undefined if the figure has the change or nothing
 * allows it. `because` is the rule that caused it.
 */
export const exceptionFor = (
  from: TcpState,
  to: TcpState,
  because: string | undefined,
): EdgeException | undefined =>
  edgeExceptions.find(
    (each) =>
      each.to === to &&
      (each.from === 'any' || each.from.includes(from)) &&
      (each.rule === undefined || (because?.startsWith(each.rule) ?? false)),
  );

const worded: Readonly<Record<string, Text>> = {
  crash: triggerWords.crash,
  data: triggerWords.data,
  'keep-alive': triggerWords.keepAlive,
  'not TCP': watermark,
};

/** Returns the trigger of a change of TCP state as text. Names of states, segments, calls and ICMP are the same in all languages. */
export const triggerText = (trigger: string, language: Language): string =>
  worded[trigger]?.[language] ?? trigger;
