// Questions about the other end: its state at the moment in which one end changes its own (RFC 9293 §3.3.2, §3.6).

import {entriesOf} from '../account/entries.ts';
import {packetOf} from '../account/packet.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Seq, seqLt, seqMax} from '../wire/seq.ts';
import {peerStatesSentences as said} from '../words/catalogue/questions.ts';
import {causeOf, instantBefore, lastSent, stateAfter} from './instants.ts';
import {beliefsIn, type Found, kindOf, type Rejection} from './kind.ts';
import {arrivalOf} from './pictured.ts';
import type {PromptPacket} from './prompt.ts';
import {stepOf} from './rfc-step.ts';
import {rowsIn, type Said, sentLine} from './said.ts';
import {type Sent, segmentsOf} from './segments.ts';
import {reasonOf, stateText} from './tcp-states.ts';
import {secondsAs} from './times.ts';

const told: readonly TcpState[] = ['ESTABLISHED', 'FIN-WAIT-2', 'TIME-WAIT'];

/**
 * Returns the TCP state changes from which the other end's state can be deduced: to ESTABLISHED, FIN-WAIT-2 or TIME-WAIT, or the end of
 * TIME-WAIT.
 */
const changes = oncePer((trace: Trace): readonly EventOf<'state'>[] =>
  [...entriesOf(trace, 'state')].filter(({n, from, to}) => {
    const cause = causeOf(trace, n);
    const isOver = from === 'TIME-WAIT' && cause.kind === 'timer' && cause.name === '2MSL';
    return told.includes(to) || isOver;
  }),
);

type Givens = {
  readonly host: string;
  readonly peer: string;
  readonly to: TcpState;
  readonly at: string;
  /** True if the printed lines begin with the opening of the connection; otherwise both ends were ESTABLISHED before them. */
  readonly isWhole: boolean;
  readonly lines: readonly PromptPacket[];
  /** The numbers of the printed packets that have not arrived by then. */
  readonly missing: readonly number[];
};

type Seen = {readonly line: Said; readonly isOwn: boolean};

/**
 * Returns the printed segments in the order in which the peer sends or receives them. One that its next segment does not acknowledge is
 * taken to arrive later.
 */
const seenBy = ({peer, lines}: Givens, missing: readonly number[]): readonly Seen[] => {
  const seen: Seen[] = [];
  let waiting: readonly Said[] = [];
  for (const line of rowsIn(lines)) {
    const {from, number, ack} = line;
    if (from !== peer) {
      if (!missing.includes(number)) waiting = [...waiting, line];
      continue;
    }
    const known = waiting.findIndex(({length, end}) => length > 0 && (ack === undefined || seqLt(ack, end)));
    const come = known < 0 ? waiting : waiting.slice(0, known);
    waiting = waiting.slice(come.length);
    seen.push(...come.map((each) => ({line: each, isOwn: false})), {line, isOwn: true});
  }
  return [...seen, ...waiting.map((line) => ({line, isOwn: false}))];
};

/** Returns the TCP state of the peer after it has sent a segment. */
const afterSending = (state: TcpState, {has}: Said): TcpState => {
  if (has('SYN') && state === 'CLOSED') return 'SYN-SENT';
  if (has('FIN') && (state === 'ESTABLISHED' || state === 'SYN-RECEIVED')) return 'FIN-WAIT-1';
  return has('FIN') && state === 'CLOSE-WAIT' ? 'LAST-ACK' : state;
};

type Walk = {
  readonly state: TcpState;
  /** The names of facts about the arrivals on the way: which flags arrived in which state. */
  readonly arrivals: readonly string[];
};

/**
 * Returns the peer's TCP state after the printed lines, without those in `missing`, and the arrivals that led to it; undefined if the rules
 * do not decide a step.
 */
const walkFrom = (givens: Givens, missing: readonly number[]): Walk | undefined => {
  const {peer, isWhole, lines} = givens;
  let state: TcpState = isWhole ? (lines[0]?.to === peer ? 'LISTEN' : 'CLOSED') : 'ESTABLISHED';
  let sndNxt: Seq | undefined;
  let rcvNxt: Seq | undefined;
  const arrivals: string[] = [];
  for (const {line, isOwn} of seenBy(givens, missing)) {
    if (isOwn) {
      sndNxt = sndNxt === undefined ? line.end : seqMax(sndNxt, line.end);
      state = afterSending(state, line);
      continue;
    }
    arrivals.push(arrivalOf(state, line));
    const step = stepOf({state, sndNxt, rcvNxt: rcvNxt ?? line.seq}, line);
    if (!step) return undefined;
    state = step.state;
    rcvNxt = rcvNxt === undefined ? line.end : seqMax(rcvNxt, line.end);
  }
  return {state, arrivals};
};

const stateFrom = (givens: Givens, missing: readonly number[]): TcpState | undefined =>
  walkFrom(givens, missing)?.state;

/**
 * Returns the names of facts about arrivals at both ends that the learner has to think through, so that no other question on the sheet
 * repeats them.
 */
const thoughtThrough = (givens: Givens): readonly string[] => {
  const {host, peer, missing} = givens;
  const ways = [givens, {...givens, host: peer, peer: host}].map((each) => walkFrom(each, missing));
  return ways.flatMap((way) => way?.arrivals ?? []);
};

/** Returns the peer's TCP state; undefined if both ends leave TIME-WAIT at about the same time, so that the state is not certain. */
const rightOf = (givens: Givens): TcpState | undefined => {
  const state = stateFrom(givens, givens.missing);
  return givens.to === 'CLOSED' && state === 'TIME-WAIT' ? undefined : state;
};

const where =
  (answer: (to: TcpState, right: TcpState) => TcpState | undefined | false) => (givens: Givens) => {
    const right = rightOf(givens);
    return (right && answer(givens.to, right)) || undefined;
  };

const mostLines = 4;

const linesBefore = (trace: Trace, {n, connection = ''}: EventOf<'state'>): readonly Sent[] =>
  segmentsOf(trace).sent.filter(
    ({event, flow, back}) => event.n < n && (flow === connection || back === connection),
  );

const peerFound = (trace: Trace, change: EventOf<'state'>): Found<Givens> | Rejection => {
  const {host, to, atUs, n, connection = ''} = change;
  const all = linesBefore(trace, change);
  const lines = all.slice(-mostLines);
  const [first] = lines;
  const peer =
    first && (first.event.host === host ? packetOf(trace, first.event.packet).to : first.event.host);
  const after = peer && stateAfter(trace, n, peer, farEndOf(connection));
  if (!first || !after) return 'hidden';
  const come = new Set(segmentsOf(trace).arrived.flatMap((each) => (each.n <= n ? [each.packet] : [])));
  const isWhole = all.length === lines.length;
  const stood = instantBefore(trace, first.event.n);
  const were = [
    stateAfter(trace, stood, host, connection),
    stateAfter(trace, stood, peer, farEndOf(connection)),
  ];
  const isOpen = were.every((state) => state === 'ESTABLISHED');
  const lost = all.slice(0, -mostLines).some(({event}) => !come.has(event.packet));
  if (!isWhole && (!isOpen || lost)) return 'hidden';
  const did = after === 'LISTEN' && rightBegan(lines) ? 'CLOSED' : after;
  return {
    givens: {
      ...{host, peer, to, isWhole, at: secondsAs([atUs])(atUs)},
      lines: lines.map((each) => sentLine(trace, each)),
      missing: lines.flatMap(({event}) => (come.has(event.packet) ? [] : [event.packet])),
    },
    ...{did, n: n + 1, evidence: {packet: lastSent(trace, n), field: `state:${peer}`, value: did}},
  };
};

/** Tells whether more than one segment was sent; then a peer whose connection is gone is CLOSED, although its port still listens. */
const rightBegan = (lines: readonly Sent[]): boolean => lines.length > 1;

/** Tells whether the printed packets have consecutive numbers, so that no packet of another connection is between them. */
const areAll = (lines: readonly PromptPacket[]): boolean =>
  (lines.at(-1)?.number ?? 0) - (lines[0]?.number ?? 0) === lines.length - 1;

/**
 * Returns the peer's state as a learner names it who takes the state before: CLOSING where this end is in or after TIME-WAIT or in CLOSING,
 * otherwise FIN-WAIT-2.
 */
const cameFrom = ({to}: Givens): TcpState =>
  to === 'TIME-WAIT' || to === 'CLOSING' || to === 'CLOSED' ? 'CLOSING' : 'FIN-WAIT-2';

export const stateOfPeer = kindOf<Givens, EventOf<'state'>>({
  kind: 'state-of-peer',
  form: 'choice',
  tells: thoughtThrough,
  among: ({trace}) => changes(trace),
  at: ({n}) => n,
  find: ({trace}, change) => peerFound(trace, change),
  ask: ({host, peer, to, at, isWhole, lines, missing}, called) => [
    ...lines,
    ...(isWhole ? [] : [said.before]),
    ...(areAll(lines) ? [] : [said.left]),
    missing.length === 0 ? said.allCome : worded(said.missing, {missing: missing.map(String)}),
    wordedWithNames(to === 'CLOSED' ? said.overPrompt : said.prompt, {
      ...{time: at, host: called(host).within, to, peer: called(peer).within},
      listens: isWhole && lines[0]?.to === peer,
    }),
  ],
  solve(givens, called) {
    const right = rightOf(givens);
    const peer = called(givens.peer).first;
    return (
      right && {
        answer: right,
        explain: wordedWithNames(said.explain, {peer, right, reasons: reasonOf(right, cameFrom(givens))}),
        hints: [
          wordedWithNames(said.hints.ofThesePackets, {peer: called(givens.peer).within}),
          said.hints.whoeverSendsThe,
        ],
      }
    );
  },
  beliefs: beliefsIn(said.beliefs, {
    'established-together': where((to, right) => to === 'ESTABLISHED' && right === 'SYN-RECEIVED' && to),
    'fin-closes-both': where((to, right) => to === 'FIN-WAIT-2' && right === 'CLOSE-WAIT' && 'CLOSED'),
    'time-wait-proves-close': where((to, right) => to === 'CLOSED' && right !== 'CLOSED' && 'CLOSED'),
    'time-wait-on-server': where(
      (to, right) =>
        ((to === 'TIME-WAIT' && right === 'LAST-ACK') || (to === 'CLOSED' && right === 'CLOSED')) &&
        'TIME-WAIT',
    ),
    alike: where(
      (to, right) => to !== right && to !== 'ESTABLISHED' && to !== 'TIME-WAIT' && to !== 'CLOSED' && to,
    ),
    allCome: (givens) =>
      givens.missing.length > 0 && givens.to !== 'ESTABLISHED' ? stateFrom(givens, []) : undefined,
    lastMissing: (givens) => {
      const last = givens.lines.findLast(
        ({to, number = 0}) => to === givens.peer && !givens.missing.includes(number),
      );
      return stateFrom(givens, [...givens.missing, last?.number ?? 0]);
    },
    nothingCame: (givens) =>
      stateFrom(
        givens,
        givens.lines.map(({number = 0}) => number),
      ),
    justLeft: where((to, right) => to === 'ESTABLISHED' && right === 'ESTABLISHED' && 'SYN-RECEIVED'),
    oneBack: where(
      (to, right) =>
        (to === 'ESTABLISHED' && right === 'ESTABLISHED' && 'SYN-SENT') ||
        (right === 'SYN-RECEIVED' && 'LISTEN'),
    ),
    closesAtOnce: where((to, right) =>
      to === 'FIN-WAIT-2' && right === 'CLOSE-WAIT' ? 'LAST-ACK' : right === 'LAST-ACK' && 'CLOSED',
    ),
  }),
  words: stateText,
});
