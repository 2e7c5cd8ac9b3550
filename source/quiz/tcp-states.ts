// Quiz questions about TCP states (RFC 9293 §3.3.2, figure 5): the state of a host after a segment has arrived.

import {instantOf} from '../account/entries.ts';
import type {Text} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {hasFlag} from '../wire/tcp.ts';
import {tcpStatesSentences as said} from '../words/catalogue/questions.ts';
import {
  gotIn,
  isOffSubject,
  type Situation,
  situationAt,
  situationLines,
  stateAfter,
  stepFrom,
} from './instants.ts';
import {type Belief, beliefsIn, kindOf} from './kind.ts';
import {arrivalOf, exchangeOf} from './pictured.ts';
import {type Arrived, segmentsOf} from './segments.ts';

/** Returns the arriving segments that change their receiver's TCP state, or that carry SYN, FIN or RST and so might. */
const turns = oncePer((trace: Trace): readonly Arrived[] =>
  segmentsOf(trace).arrived.filter(
    ({n, segment}) =>
      (['SYN', 'FIN', 'RST'] as const).some((flag) => hasFlag(segment, flag)) ||
      instantOf(trace, n).some(({kind}) => kind === 'state'),
  ),
);

const reasons: {readonly [state in TcpState]: Text} = said.reasons;

/**
 * Returns the reason why a connection is in a TCP state, as the reply gives it; `before` is the previous state, if the question tells it.
 */
export const reasonOf = (state: TcpState, before?: TcpState): Text => {
  if (state !== 'TIME-WAIT' || before === undefined || before === state) return reasons[state];
  return before === 'CLOSING' ? said.timeWait.bothAtOnce : said.timeWait.closedFirst;
};

type Turn = {
  readonly before: TcpState;
  readonly right: TcpState;
  readonly fin: boolean;
  readonly reset: boolean;
};

const turnOf = (situation: Situation): Turn | undefined => {
  const {state: before, given} = situation;
  const right = stepFrom(situation)?.state;
  const got = gotIn(given);
  return right && {before, right, fin: got?.has('FIN') === true, reset: got?.has('RST') === true};
};

const where = (answer: (turn: Turn) => TcpState | undefined | false) => (situation: Situation) => {
  const turn = turnOf(situation);
  return (turn && answer(turn)) || undefined;
};

/** Maps a TCP state to a later one that a further call or segment would have to bring about, for learners who go one step too far. */
const furtherOn: {readonly [state in TcpState]?: TcpState} = {
  'SYN-RECEIVED': 'ESTABLISHED',
  'CLOSE-WAIT': 'LAST-ACK',
  'FIN-WAIT-1': 'FIN-WAIT-2',
  'FIN-WAIT-2': 'TIME-WAIT',
  CLOSING: 'TIME-WAIT',
};

/**
 * Maps a TCP state to the one in which the other end sent the segment that led to it, for exchanges without resets and simultaneous closes
 * (RFC 9293 figures 6 and 12).
 */
const otherSide: {readonly [state in TcpState]?: TcpState} = {
  'SYN-RECEIVED': 'SYN-SENT',
  ESTABLISHED: 'SYN-RECEIVED',
  'CLOSE-WAIT': 'FIN-WAIT-1',
  'FIN-WAIT-2': 'CLOSE-WAIT',
  'TIME-WAIT': 'LAST-ACK',
};

/** Maps a TCP state to the one that a learner answers who takes an RST for a FIN. */
const finLeadsTo: {readonly [state in TcpState]?: TcpState} = {
  ESTABLISHED: 'CLOSE-WAIT',
  'CLOSE-WAIT': 'LAST-ACK',
  'FIN-WAIT-1': 'CLOSING',
  'FIN-WAIT-2': 'TIME-WAIT',
  CLOSING: 'TIME-WAIT',
  'LAST-ACK': 'TIME-WAIT',
  'TIME-WAIT': 'LAST-ACK',
};

const beliefs: readonly Belief<Situation>[] = beliefsIn(said.beliefs, {
  'established-together': where(({right}) => right === 'SYN-RECEIVED' && 'ESTABLISHED'),
  'fin-closes-both': where(
    ({right, fin}) => ((fin && right === 'CLOSE-WAIT') || right === 'FIN-WAIT-2') && 'CLOSED',
  ),
  'time-wait-on-server': where(
    ({before, right, reset}) => before === 'LAST-ACK' && right === 'CLOSED' && !reset && 'TIME-WAIT',
  ),
  'closing-from-lost-ack': where(
    ({before, right}) => before === 'FIN-WAIT-1' && right === 'TIME-WAIT' && 'CLOSING',
  ),
  crossed: where(
    ({before, right}) =>
      right === 'TIME-WAIT' && (before === 'FIN-WAIT-2' || before === 'TIME-WAIT') && 'CLOSING',
  ),
  waitsFirst: where(({right}) => right === 'TIME-WAIT' && 'CLOSED'),
  likeFin: where(({before, right, reset}) => reset && right === 'CLOSED' && finLeadsTo[before]),
  onlySyn: where(
    ({before, right, reset}) => reset && before === right && right === 'LISTEN' && 'SYN-RECEIVED',
  ),
  backAgain: where(
    ({before, right, reset}) => reset && before === 'SYN-SENT' && right === 'CLOSED' && 'LISTEN',
  ),
  nothingChanges: where(({before, right}) => before !== right && before !== 'LISTEN' && before),
  listens: where(({before, right}) => before === 'LISTEN' && right !== before && before),
  oneFurther: where(({right}) => right !== 'SYN-RECEIVED' && furtherOn[right]),
  otherSide: where(
    ({before, right, fin, reset}) =>
      !reset &&
      before !== 'CLOSING' &&
      (before !== right || (right === 'TIME-WAIT' && fin)) &&
      otherSide[right] !== before &&
      otherSide[right],
  ),
  listensOn: where(({before, right}) => before === 'SYN-RECEIVED' && right === 'ESTABLISHED' && 'LISTEN'),
  finEnds: where(
    ({before, right, fin}) =>
      fin && before !== 'LAST-ACK' && right !== 'CLOSE-WAIT' && right !== 'TIME-WAIT' && 'CLOSED',
  ),
  anyReset: where(({before, right}) => before === right && 'CLOSED'),
});

/**
 * Returns the state of a connection after a segment arrived: CLOSED, not LISTEN, if only its listener remains; undefined if the trace does
 * not show it.
 */
const stateOf = (trace: Trace, {n, host, flow}: Arrived, before: TcpState): TcpState | undefined => {
  const after = stateAfter(trace, n, host, farEndOf(flow));
  return after === 'LISTEN' && before !== 'LISTEN' ? 'CLOSED' : after;
};

export const stateAfterKind = kindOf<Situation, Arrived>({
  kind: 'state-after',
  form: 'choice',
  // A picture of the handshake in another question would show the listener's answer to a SYN.
  secrets: (situation) => {
    const {state, given} = situation;
    const got = gotIn(given);
    if (!got) return [];
    const answers = state === 'LISTEN' && got.has('SYN') ? [exchangeOf(got, 'SYN,ACK')] : [];
    return [arrivalOf(state, got), ...answers];
  },
  among: ({trace}) => turns(trace),
  at: ({n}) => n,
  find(asked, arrived) {
    const {trace} = asked;
    const situation = situationAt(trace, arrived.n, farEndOf(arrived.flow));
    const did = situation && stateOf(trace, arrived, situation.state);
    if (!situation || !did) return 'hidden';
    if (isOffSubject(situation, asked)) return 'trivial';
    const change = instantOf(trace, arrived.n).find(({kind}) => kind === 'state');
    return {
      givens: situation,
      did,
      ...{n: arrived.n + 1, because: change?.because},
      evidence: {packet: arrived.packet, field: `state:${arrived.host}`, value: did},
    };
  },
  ask: (situation, called) => [...situationLines(situation, called), said.stateDraft.prompt],
  solve(situation) {
    const step = stepFrom(situation);
    return (
      step && {
        answer: step.state,
        explain: reasonOf(step.state, situation.state),
        hints: [said.stateDraft.hints],
      }
    );
  },
  beliefs,
});
