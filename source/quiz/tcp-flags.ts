// Quiz questions about the TCP flags of the segment that an end sends because of a segment, a call or a timer (RFC 9293 §3.5, §3.6).

import {entriesBetween, entriesOf, instantOf} from '../account/entries.ts';
import {sameIn, type Text, worded} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {flagNames, hasFlag} from '../wire/tcp.ts';
import {tcpFlagsSentences as said} from '../words/catalogue/questions.ts';
import {cited} from './cited.ts';
import {fieldEvidence} from './field-evidence.ts';
import {flagBits} from './flag-bits.ts';
import {writtenHost} from './host-names.ts';
import {
  arrivedAt,
  causeOf,
  gotIn,
  isOffSubject,
  type Situation,
  situationAt,
  situationLines,
  stepFrom,
} from './instants.ts';
import {type Belief, beliefsIn, type Found, kindOf, type Rejection} from './kind.ts';
import {arrivalOf, exchangeOf} from './pictured.ts';
import type {Said} from './said.ts';
import {type Arrived, type Sent, segmentsOf} from './segments.ts';
import type {Asked} from './variant.ts';

/** The value of the answer that no segment is sent. */
const silence = '';

/**
 * Returns the sent segments to ask about: those without data that are the only packet sent in their instant, and belong to a connection or
 * refuse one with an RST.
 */
const answers = oncePer((trace: Trace): readonly Sent[] =>
  segmentsOf(trace).sent.filter(({event, segment}) => {
    if (segment.payload.length > 0) return false;
    const others = instantOf(trace, event.n).filter((each) => each.kind === 'send' && each.hop === 0);
    const isRefusal = hasFlag(segment, 'RST') && arrivedAt(trace, causeOf(trace, event.n).n) !== undefined;
    return others.length === 1 && (event.connection !== undefined || isRefusal);
  }),
);

/** Returns the arriving RSTs after which the host that received them never sent anything again. */
const unanswered = oncePer((trace: Trace): readonly Arrived[] => {
  const last = new Map<string, number>();
  for (const event of entriesOf(trace, 'send')) last.set(event.host, event.n);
  return segmentsOf(trace).arrived.filter(
    ({n, host, segment}) => hasFlag(segment, 'RST') && (last.get(host) ?? 0) < n,
  );
});

const silent = (trace: Trace, {n, host, packet, flow}: Arrived): Found<Situation> | Rejection => {
  const givens = situationAt(trace, n, farEndOf(flow));
  if (!givens) return 'hidden';
  const earlier = [...entriesBetween(trace, 1, n)].filter(
    (event) => event.kind === 'arrive' && event.host === host,
  ).length;
  const name = writtenHost(host);
  const field = `expression:count({sends: ${name}, after: {arrives: ${name}, nth: ${earlier}}})`;
  return {givens, did: silence, n: n + 1, evidence: {packet, field, value: '0'}, fieldValue};
};

const fieldValue = (names: string): string => (names === silence ? '0' : flagBits(names));

/** Tells whether the arriving segment is a pure ACK, which no segment has to answer, so that what is sent next has other reasons. */
const asksNothing = ({given}: Situation): boolean => {
  const got = gotIn(given);
  return got !== undefined && got.length === 0 && !got.has('RST');
};

const answered = (asked: Asked, {event, segment, flow}: Sent): Found<Situation> | Rejection => {
  const {trace} = asked;
  const givens = situationAt(trace, event.n, flow);
  // The flags of explicit congestion notification depend on settings that the question does not print.
  if (hasFlag(segment, 'ECE') || hasFlag(segment, 'CWR')) return 'hidden';
  if (!givens || (asksNothing(givens) && stepFrom(givens)?.sends === silence)) return 'hidden';
  // A call on a closed end can only be connect(), and SYN is the name of what it begins with.
  const opens = givens.state === 'CLOSED' && gotIn(givens.given) === undefined;
  if (opens || isOffSubject(givens, asked)) return 'trivial';
  const names = flagNames(segment).filter((name) => name !== 'PSH');
  const evidence = fieldEvidence(trace, event.packet, 'tcp.flags');
  return {givens, did: names.join(','), n: event.n, because: cited(event.because), evidence, fieldValue};
};

type Answered = {readonly sends: string; readonly state: TcpState; readonly got: Said | undefined};

const answeredBy = (situation: Situation): Answered | undefined => {
  const {state, given} = situation;
  const sends = stepFrom(situation)?.sends;
  return sends === undefined ? undefined : {sends, state, got: gotIn(given)};
};

/**
 * Returns a function from the situation of a question to the flags that a learner with this belief answers; undefined where the belief
 * gives no answer.
 */
const where = (answer: (answered: Answered) => string | undefined | false) => (situation: Situation) => {
  const known = answeredBy(situation);
  const said = known && answer(known);
  return said === false ? undefined : said;
};

/**
 * The TCP states in which this end has sent its SYN, and those in which it has sent its FIN, for answers of learners who think that flags
 * stick.
 */
const hasOpened: readonly TcpState[] = ['SYN-SENT', 'ESTABLISHED', 'CLOSE-WAIT', 'FIN-WAIT-1', 'FIN-WAIT-2'];
const hasClosed: readonly TcpState[] = ['FIN-WAIT-2', 'CLOSING', 'TIME-WAIT'];

const is = (got: Said | undefined, ...flags: readonly ('SYN' | 'FIN' | 'RST' | 'ACK')[]): boolean =>
  got !== undefined && flags.every((flag) => got.has(flag));

const beliefs: readonly Belief<Situation>[] = beliefsIn(said.beliefs, {
  'flags-stick': where(({sends, state}) => {
    if (sends === 'FIN,ACK') return 'SYN,FIN,ACK';
    if (sends !== 'ACK') return false;
    return hasClosed.includes(state) ? 'FIN,ACK' : hasOpened.includes(state) && 'SYN,ACK';
  }),
  'fin-closes-both': where(
    ({sends, got, state}) => sends === 'ACK' && is(got, 'FIN') && !hasClosed.includes(state) && 'FIN,ACK',
  ),
  'closed-port-silent': where(
    ({state, got}) => state === 'CLOSED' && is(got, 'SYN') && !is(got, 'ACK') && silence,
  ),
  'stale-syn-ignored': where(({sends, state}) => state === 'SYN-SENT' && sends === 'RST' && silence),
  'rst-is-acked': where(({got}) => is(got, 'RST') && 'ACK'),
  politely: where(({sends}) => (sends.startsWith('RST') || sends === silence) && 'FIN,ACK'),
  resetBack: where(({got}) => is(got, 'RST') && 'RST'),
  ackAlone: where(({sends}) => sends === 'SYN,ACK' && 'ACK'),
  noAck: where(({sends, got}) =>
    sends === 'SYN,ACK' && !is(got, 'SYN') ? 'SYN' : sends === 'FIN,ACK' && 'FIN',
  ),
  asItCame: where(({sends, got}) => sends === 'SYN,ACK' && is(got, 'SYN') && 'SYN'),
  alwaysAck: where(({sends}) => sends === 'SYN' && 'SYN,ACK'),
  onlyAsks: where(({sends}) => sends === 'SYN' && 'ACK'),
  onlyConfirms: where(({sends}) => sends === 'RST,ACK' && 'ACK'),
  ignoresIt: where(
    ({sends, state, got}) => sends === 'RST' && state === 'CLOSED' && is(got, 'SYN', 'ACK') && silence,
  ),
  resetAcks: where(({sends}) => sends === 'RST' && 'RST,ACK'),
  takesItAnyway: where(({sends, state}) => sends === 'RST' && (state === 'SYN-SENT' ? 'ACK' : 'SYN,ACK')),
  noAnswer: where(
    ({sends, state, got}) => got !== undefined && sends === 'ACK' && state !== 'SYN-SENT' && silence,
  ),
  resets: where(({sends}) => (sends === 'FIN,ACK' || sends === 'SYN,ACK' || sends === 'ACK') && 'RST'),
});

const explainFor = (sends: string, isOver: boolean): Text => {
  const {explainFor: why} = said;
  if (sends === silence) return isOver ? why.aRSTEnds : why.aRSTIsDropped;
  if (sends.includes('RST')) return why.itBelongsTo;
  if (sends === 'SYN,ACK') return why.oneSegmentDoes;
  if (sends === 'SYN') return why.thereIsNothing;
  return sends === 'FIN,ACK' ? why.finEndsThis : why.itHasOnly;
};

/** Tells whether the reply to a segment may be delayed, or the program may act before it leaves: if data or a FIN reaches a connection. */
const mayDelay = ({state, given}: Situation): boolean => {
  const got = gotIn(given);
  return got !== undefined && got.length > 0 && !got.has('SYN') && state !== 'CLOSED' && state !== 'LISTEN';
};

/** Returns what other questions must not show: the exchange of the arriving segment and its reply, as a picture would show it. */
const secrets = (situation: Situation): readonly string[] => {
  const {sends = silence, got} = answeredBy(situation) ?? {};
  return [exchangeOf(got, sends), ...(got ? [arrivalOf(situation.state, got)] : [])];
};

export const whichFlags = kindOf<Situation, Sent | Arrived>({
  kind: 'which-flags',
  form: 'choice',
  secrets,
  among: ({trace}) => [...answers(trace), ...unanswered(trace)],
  at: (each) => ('event' in each ? each.event.n : each.n),
  find: (asked, each) => ('event' in each ? answered(asked, each) : silent(asked.trace, each)),
  ask: (situation, called) => [
    ...situationLines(situation, called),
    situation.given && 'line' in situation.given
      ? worded(said.prompt.answer, {later: mayDelay(situation)})
      : said.prompt.sends,
  ],
  solve(situation) {
    const {sends, state} = stepFrom(situation) ?? {};
    if (sends === undefined) return undefined;
    const isOver = state === 'CLOSED' && situation.state !== 'CLOSED';
    const {hintsFor} = said;
    const hint = sends === silence || sends.includes('RST') ? hintsFor.isThereA : hintsFor.whatHasTo;
    return {answer: sends, explain: explainFor(sends, isOver), hints: [hintsFor.synAndFIN, hint]};
  },
  beliefs,
  words: (names) => (names === silence ? said.silence : sameIn(names)),
});
