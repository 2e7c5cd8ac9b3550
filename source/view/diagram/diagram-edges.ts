// RFC 9293 figure 5, the connection state diagram, as data; and the changes of state that its text allows beside the figure.
import type {RuleId} from '../../stack/tcp/rules.ts';
import type {TcpState} from '../../stack/tcp/states.ts';

export type Edge = {
  readonly from: TcpState;
  readonly to: TcpState;
  /** What the figure writes above its line: a call, a segment, a time-out; calls in lower case. */
  readonly trigger: string;
};

const edge = (from: TcpState, to: TcpState, trigger: string): Edge => ({from, to, trigger});

/** In the figure's order, from above. */
export const figureEdges: readonly Edge[] = [
  edge('CLOSED', 'LISTEN', 'passive open'),
  edge('CLOSED', 'SYN-SENT', 'active open'),
  edge('LISTEN', 'CLOSED', 'close'),
  edge('SYN-SENT', 'CLOSED', 'close'),
  edge('LISTEN', 'SYN-RECEIVED', 'SYN'),
  edge('LISTEN', 'SYN-SENT', 'send'),
  /** Note 1: only after a passive open. */
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
  /** Beginning of the rules that cause it; undefined: whatever the rule. */
  readonly rule: string | undefined;
  readonly from: readonly TcpState[] | 'any';
  readonly to: TcpState;
  readonly trigger: string;
  readonly clause: string;
};

/** Not in the figure: “error conditions and actions that are not connected with state changes are left out” (§3.3.2). */
export const edgeExceptions: readonly EdgeException[] = [
  {
    rule: undefined,
    from: ['FIN-WAIT-1'],
    to: 'TIME-WAIT',
    trigger: 'FIN,ACK',
    clause: 'RFC 9293 §3.3.2, note 2 of figure 5',
  },
  {
    rule: '9293:3.10.7.3/syn-sent/rst',
    from: ['SYN-SENT'],
    to: 'CLOSED',
    trigger: 'RST',
    clause: 'RFC 9293 §3.10.7.3',
  },
  {rule: '9293:3.10.7.4/rst/', from: 'any', to: 'CLOSED', trigger: 'RST', clause: 'RFC 9293 §3.10.7.4'},
  {rule: '5961:3.2/rst/', from: 'any', to: 'CLOSED', trigger: 'RST', clause: 'RFC 5961 §3.2'},
  {rule: '5961:4.1/syn/', from: 'any', to: 'CLOSED', trigger: 'SYN', clause: 'RFC 9293 §3.10.7.4'},
  {
    rule: '9293:3.10.7.4/syn/listen',
    from: ['SYN-RECEIVED'],
    to: 'LISTEN',
    trigger: 'SYN',
    clause: 'RFC 9293 §3.10.7.4',
  },
  {rule: '9293:3.10.5/abort/', from: 'any', to: 'CLOSED', trigger: 'abort', clause: 'RFC 9293 §3.10.5'},
  {
    rule: '9293:3.6.1/close/reader-gone',
    from: 'any',
    to: 'CLOSED',
    trigger: 'data',
    clause: 'RFC 9293 §3.6.1',
  },
  {
    rule: '2525:2.17/close/unread-data',
    from: 'any',
    to: 'CLOSED',
    trigger: 'close',
    clause: 'RFC 2525 §2.17',
  },
  {
    rule: '9293:3.8.3/give-up/listen',
    from: ['SYN-RECEIVED'],
    to: 'LISTEN',
    trigger: 'R2',
    clause: 'RFC 9293 §3.8.3',
  },
  {rule: '9293:3.8.3/give-up', from: 'any', to: 'CLOSED', trigger: 'R2', clause: 'RFC 9293 §3.8.3'},
  {
    rule: '9293:3.8.4/keep-alive/dead',
    from: 'any',
    to: 'CLOSED',
    trigger: 'keep-alive',
    clause: 'RFC 9293 §3.8.4',
  },
  {rule: '1122:4.2.3.9/', from: 'any', to: 'CLOSED', trigger: 'ICMP', clause: 'RFC 1122 §4.2.3.9'},
  {
    rule: '5461:4.1/opening/abort',
    from: ['SYN-SENT'],
    to: 'CLOSED',
    trigger: 'ICMP',
    clause: 'RFC 5461 §4.1',
  },
  {
    rule: 'linux:tcp_fin_timeout',
    from: ['FIN-WAIT-2'],
    to: 'CLOSED',
    trigger: 'FIN-WAIT-2',
    clause: 'Linux tcp_fin_timeout',
  },
  {
    rule: 'linux:syn-queue/listener-gone',
    from: ['SYN-RECEIVED'],
    to: 'CLOSED',
    trigger: 'close',
    clause: 'Linux listen(2)',
  },
  {
    rule: 'counterfactual:no-time-wait/',
    from: ['FIN-WAIT-2', 'CLOSING'],
    to: 'CLOSED',
    trigger: 'not TCP',
    clause: 'RFC 9293 §3.6.1',
  },
  {rule: '6191:2/time-wait/reuse', from: ['TIME-WAIT'], to: 'CLOSED', trigger: 'SYN', clause: 'RFC 6191 §2'},
];

export const figureEdge = (from: TcpState, to: TcpState): Edge | undefined =>
  figureEdges.find((each) => each.from === from && each.to === to);

/** The exception that a change of state takes; undefined where the figure or nothing has it. */
export const exceptionFor = (
  from: TcpState,
  to: TcpState,
  because: RuleId | undefined,
): EdgeException | undefined =>
  edgeExceptions.find(
    (each) =>
      each.to === to &&
      (each.from === 'any' || each.from.includes(from)) &&
      (each.rule === undefined || (because?.startsWith(each.rule) ?? false)),
  );
