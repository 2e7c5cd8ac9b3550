// Questions about states (RFC 9293 §3.3.2, figure 5): where a host stands after a segment has come.

import type {Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {hasFlag} from '../wire/tcp.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {arrivedAt, givenText, instantOf, stateAfter, stateBefore} from './instants.ts';
import {perTrace} from './per-trace.ts';
import {type Arrived, segmentsOf} from './segments.ts';
import {same, sentence} from './words.ts';

export const state = (value: TcpState, misconception?: string): Option => ({
  text: same(value),
  value,
  ...(misconception === undefined ? {} : {misconception}),
});

/** Arrivals that change a state, or that carry what might; a RST without effect is outside of a window that is not told. */
const turns = perTrace((trace: Trace): readonly Arrived[] =>
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
  CLOSED: sentence('Nothing of the connection is left at this end.', '这一端已经没有这条连接的任何记录。'),
  LISTEN: sentence('It goes on waiting for a SYN from anyone.', '它继续等待任意一方的 SYN。'),
  'SYN-SENT': sentence(
    'Its SYN still waits for an answer that fits.',
    '它发出的 SYN 还没有等到对得上的回应。',
  ),
  'SYN-RECEIVED': sentence(
    'It has the other end’s number, but its own SYN is not acknowledged yet.',
    '它拿到了对方的序号，但自己的 SYN 还没有得到确认。',
  ),
  ESTABLISHED: sentence(
    'Its own SYN is acknowledged, and it has the other end’s number.',
    '自己的 SYN 已得到确认，对方的序号也拿到了。',
  ),
  'FIN-WAIT-1': sentence('Its FIN is out and not acknowledged yet.', '它的 FIN 已经发出，还没有得到确认。'),
  'FIN-WAIT-2': sentence(
    'Its FIN is acknowledged. The other end may still send, and has not closed.',
    '它的 FIN 已得到确认；对方还可以发送，尚未关闭。',
  ),
  'CLOSE-WAIT': sentence(
    'The other end’s stream has ended. The program here has not called close() yet.',
    '对方的字节流结束了，本端的程序还没有调用 close()。',
  ),
  CLOSING: sentence(
    'The two FINs have crossed: the other one is here, its own is not acknowledged yet.',
    '两个 FIN 在途中交错：对方的到了，自己的还没有得到确认。',
  ),
  'LAST-ACK': sentence(
    'Both streams have ended; its FIN still waits for the last ACK.',
    '两个方向都结束了，它的 FIN 还在等最后一个 ACK。',
  ),
  'TIME-WAIT': sentence(
    'Both FINs are there and acknowledged, and this end closed first or both did: it waits 2 MSL.',
    '双方的 FIN 都已到达并得到确认；这一端是先关闭的（或双方同时关闭），要等 2 MSL。',
  ),
};

const turnAt = (trace: Trace, place: number): Turn | undefined => {
  const arrived = arrivedAt(trace, place);
  if (!arrived) return undefined;
  const connection = farEndOf(arrived.flow);
  const before = stateBefore(trace, place, arrived.host, connection);
  const right = stateAfter(trace, place, arrived.host, connection);
  const sender = trace.packet(arrived.packet).from;
  const peer = stateAfter(trace, place, sender, arrived.flow);
  return before && right && peer ? {arrived, before, right, peer} : undefined;
};

const stateDraft = (trace: Trace, turn: Turn): Draft | undefined => {
  const {arrived, before, right, peer} = turn;
  const given = givenText(trace, arrived.n, farEndOf(arrived.flow));
  const change = instantOf(trace, arrived.n).find(({kind}) => kind === 'state');
  if (!given || (hasFlag(arrived.segment, 'RST') && before === right)) return undefined;
  return {
    form: 'choice',
    right: state(right),
    wrong: [...beliefs(turn), state(before), state(peer), ...neighbours(right).map((each) => state(each))],
    prompt: sentence(
      `${given.en}In which state is the connection there then?`,
      `${given.zh}之后这条连接在它那里处于什么状态？`,
    ),
    hints: [
      sentence(
        'Which of the two streams has ended, which SYN or FIN is acknowledged?',
        '哪个方向结束了？哪个 SYN 或 FIN 得到了确认？',
      ),
    ],
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
