// Questions about states (RFC 9293 §3.3.2, figure 5): where a host stands after a segment has come.

import {packetOf} from '../account/packet.ts';
import {sameIn, type Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {hasFlag} from '../wire/tcp.ts';
import {tcpStatesSentences} from '../words/catalogue/questions.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {arrivedAt, givenLines, instantOf, stateAfter, stateBefore} from './instants.ts';
import {type Arrived, segmentsOf} from './segments.ts';

export const state = (value: TcpState, misconception?: string): Option => ({
  text: sameIn(value),
  value,
  ...(misconception === undefined ? {} : {misconception}),
});

/** Arrivals that change a state, or that carry what might; a RST without effect is outside of a window that is not told. */
const turns = oncePer((trace: Trace): readonly Arrived[] =>
  segmentsOf(trace).arrived.filter(
    ({n, segment}) =>
      (['SYN', 'FIN', 'RST'] as const).some((flag) => hasFlag(segment, flag)) ||
      instantOf(trace, n).some(({kind}) => kind === 'state'),
  ),
);

type Turn = {
  readonly arrived: Arrived;
  readonly before: TcpState;
  readonly right: TcpState;
  readonly peer: TcpState;
};

/** What each belief makes of it. */
const beliefs = ({arrived: {segment}, before, right}: Turn): readonly Option[] => {
  const fin = hasFlag(segment, 'FIN');
  return [
    ...(right === 'SYN-RECEIVED' ? [state('ESTABLISHED', 'established-together')] : []),
    ...(fin && right === 'CLOSE-WAIT' ? [state('CLOSED', 'fin-closes-both')] : []),
    ...(right === 'FIN-WAIT-2' ? [state('CLOSED', 'fin-closes-both')] : []),
    ...(before === 'LAST-ACK' && right === 'CLOSED' ? [state('TIME-WAIT', 'time-wait-on-server')] : []),
    ...(right === 'TIME-WAIT' && before !== 'CLOSING' ? [state('CLOSING', 'closing-from-lost-ack')] : []),
    ...(right === 'TIME-WAIT' ? [state('CLOSED', 'time-wait-on-server')] : []),
    ...(right === 'CLOSING' ? [state('TIME-WAIT', 'closing-from-lost-ack')] : []),
  ];
};

/** In the order of a connection's life: neighbours are the likely mistakes. */
const life: readonly TcpState[] = [
  ...(['CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'FIN-WAIT-2'] as const),
  ...(['CLOSING', 'TIME-WAIT', 'CLOSE-WAIT', 'LAST-ACK'] as const),
];

export const neighbours = (of: TcpState): readonly TcpState[] => {
  const at = life.indexOf(of);
  return [at + 1, at - 1, at + 2].flatMap((index) => life[(index + life.length) % life.length] ?? []);
};

export const reasons: {readonly [state in TcpState]: Text} = {
  CLOSED: tcpStatesSentences.reasons.CLOSED,
  LISTEN: tcpStatesSentences.reasons.LISTEN,
  'SYN-SENT': tcpStatesSentences.reasons['SYN-SENT'],
  'SYN-RECEIVED': tcpStatesSentences.reasons['SYN-RECEIVED'],
  ESTABLISHED: tcpStatesSentences.reasons.ESTABLISHED,
  'FIN-WAIT-1': tcpStatesSentences.reasons['FIN-WAIT-1'],
  'FIN-WAIT-2': tcpStatesSentences.reasons['FIN-WAIT-2'],
  'CLOSE-WAIT': tcpStatesSentences.reasons['CLOSE-WAIT'],
  CLOSING: tcpStatesSentences.reasons.CLOSING,
  'LAST-ACK': tcpStatesSentences.reasons['LAST-ACK'],
  'TIME-WAIT': tcpStatesSentences.reasons['TIME-WAIT'],
};

const turnAt = (trace: Trace, place: number): Turn | undefined => {
  const arrived = arrivedAt(trace, place);
  if (!arrived) return undefined;
  const connection = farEndOf(arrived.flow);
  const before = stateBefore(trace, place, arrived.host, connection);
  const right = stateAfter(trace, place, arrived.host, connection);
  const sender = packetOf(trace, arrived.packet).from;
  const peer = stateAfter(trace, place, sender, arrived.flow);
  return before && right && peer ? {arrived, before, right, peer} : undefined;
};

const stateDraft = (trace: Trace, turn: Turn): Draft | undefined => {
  const {arrived, before, right, peer} = turn;
  const prompt = givenLines(trace, arrived.n, farEndOf(arrived.flow), tcpStatesSentences.stateDraft.prompt);
  const change = instantOf(trace, arrived.n).find(({kind}) => kind === 'state');
  if (!prompt || (hasFlag(arrived.segment, 'RST') && before === right)) return undefined;
  return {
    form: 'choice',
    right: state(right),
    wrong: [...beliefs(turn), state(before), state(peer), ...neighbours(right).map((each) => state(each))],
    prompt,
    hints: [tcpStatesSentences.stateDraft.hints],
    explain: reasons[right],
    because: change?.because,
    n: arrived.n + 1,
    evidence: {packet: arrived.packet, field: `state:${arrived.host}`, value: right},
  };
};

export const stateAfterKind: Generator = {
  kind: 'state-after',
  places: ({trace}) => turns(trace).map(({n}) => n),
  ask: ({trace}, place) => {
    const turn = turnAt(trace, place);
    return turn && stateDraft(trace, turn);
  },
};
