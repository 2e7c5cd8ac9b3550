// Quiz questions about the acknowledgment number (RFC 9293 §3.4): the sequence number that an end expects next.

import {worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {type Seq, seqAdd, seqDiff, seqLe} from '../wire/seq.ts';
import {hasFlag} from '../wire/tcp.ts';
import {tcpNumbersSentences as said} from '../words/catalogue/questions.ts';
import {type Begun, counting, relative, usesText} from './begun.ts';
import {cited} from './cited.ts';
import {fieldEvidence} from './field-evidence.ts';
import {instantBefore, stateAfter} from './instants.ts';
import {beliefsIn, kindOf, type Solution} from './kind.ts';
import {numbersLine, type PromptLine, valuesLine} from './prompt.ts';
import {type Range, receivedBefore, takenIn} from './received.ts';
import {type Line, lineOf, printedLine, type Said, saidBy} from './said.ts';
import {type Arrived, type Sent, segmentsOf, withoutEnd} from './segments.ts';
import {sumText} from './sums.ts';

/** A segment that a host sends with ACK, and the last one that arrived on the same connection before it, with nothing sent in between. */
type Reply = {readonly sent: Sent; readonly arrived: Arrived};

const replies = oncePer((trace: Trace): readonly Reply[] => {
  const waiting = new Map<string, Arrived>();
  const {sent, arrived} = segmentsOf(trace);
  const found: Reply[] = [];
  let next = 0;
  for (const each of sent) {
    for (let come = arrived[next]; come && come.n < each.event.n; come = arrived[next]) {
      waiting.set(come.flow, come);
      next += 1;
    }
    const last = waiting.get(each.back);
    const answers = hasFlag(each.segment, 'ACK') && !hasFlag(each.segment, 'RST');
    if (last?.host === each.event.host && answers) found.push({sent: each, arrived: last});
    waiting.delete(each.back);
  }
  return found;
});

const stateBefore = (trace: Trace, {n, host, flow}: Arrived) =>
  stateAfter(trace, instantBefore(trace, n), host, farEndOf(flow));

/**
 * Returns the state of the replying host as a capture shows it: SYN-SENT if it received an ACK or had sent a SYN before, LISTEN if it
 * answers a SYN with its first own SYN. Undefined if the capture does not show it.
 */
const stateShown = (trace: Trace, {sent, arrived}: Reply): TcpState | undefined => {
  if (hasFlag(arrived.segment, 'ACK')) return 'SYN-SENT';
  if (!hasFlag(sent.segment, 'SYN')) return undefined;
  const calls = segmentsOf(trace).sent.some(
    ({event, flow, segment}) => flow === sent.flow && event.n < arrived.n && hasFlag(segment, 'SYN'),
  );
  return calls ? 'SYN-SENT' : 'LISTEN';
};

/**
 * Tells whether the reply to an arriving SYN depends on the system or on more than the question prints: if the SYN carries data or reaches
 * a connection that exists already.
 */
const isMatterOfMore = (trace: Trace, arrived: Arrived, next: Seq | undefined): boolean => {
  if (!hasFlag(arrived.segment, 'SYN')) return false;
  const state = stateBefore(trace, arrived);
  const isOpen = state !== undefined && state !== 'LISTEN' && state !== 'SYN-SENT';
  return arrived.segment.payload.length > 0 || next !== undefined || isOpen;
};

type Had = Begun & {/** The value of RCV.NXT. */ readonly next: Seq; readonly held: readonly Range[]};

type AckGivens = {
  readonly host: string;
  /** Tells what the host had received before on this connection; undefined if nothing has arrived. */
  readonly had: Had | undefined;
  readonly got: Line;
  readonly state: string | undefined;
};

const receivedLines = (
  {next, held, first, early, count}: Had,
  isn: Seq | undefined,
): readonly PromptLine[] => {
  const {values} = said.ackDraft;
  const from = first;
  return [
    numbersLine(isn, (written) => `RCV.NXT=${written(next)}`),
    ...(from === undefined
      ? []
      : [numbersLine(isn, (written) => worded(values.first, {first: written(from), early: early ?? 0}))]),
    valuesLine(worded(values.count, {count})),
    ...(held.length === 0
      ? []
      : [
          numbersLine(isn, (written) => {
            const ranges = held.map(([begin, end]) => `${written(begin)}–${written(seqAdd(end, -1))}`);
            return worded(values.held, {held: ranges.join(' ')});
          }),
        ]),
  ];
};

/** Returns the acknowledgment number due once the question's segment has arrived; undefined for an RST, or if no SYN has arrived. */
const acknowledged = ({had, got}: AckGivens): Seq | undefined => {
  const segment = saidBy(got);
  if (!segment || segment.has('RST')) return undefined;
  if (!had) return segment.has('SYN') ? segment.end : undefined;
  return takenIn(had.next, had.held, [segment.seq, segment.end]).next;
};

const ackSolved = (givens: AckGivens): Solution | undefined => {
  const segment = saidBy(givens.got);
  const right = acknowledged(givens);
  if (!segment || right === undefined) return undefined;
  const {ackHints, ackReason} = said;
  const next = givens.had?.next;
  const uses = usesText(segment);
  const fits = seqLe(segment.seq, next ?? segment.seq) && seqLe(right, segment.end) && segment.length > 0;
  const isGap = seqDiff(segment.seq, next ?? segment.seq) > 0;
  const filled = !isGap && !seqLe(right, segment.end) && segment.length > 0 && right !== next;
  return {
    answer: String(right),
    explain: fits
      ? wordedWithNames(ackReason.seqAndIt, {
          seq: segment.seq,
          uses,
          sum: sumText(segment.seq, segment.length),
        })
      : wordedWithNames(filled ? ackReason.theGapIs : ackReason.everythingBeforeHas, {right}),
    hints: [
      ackHints.ackNamesThe,
      wordedWithNames(ackHints.whatArrivedUses, {got: uses}),
      fits ? wordedWithNames(ackHints.countOnFrom, {seq: segment.seq}) : ackHints.lookWhereThe,
    ],
  };
};

const ofGot = (answer: (got: Said, givens: AckGivens) => number | undefined) => (givens: AckGivens) => {
  const got = saidBy(givens.got);
  const number = got && answer(got, givens);
  return number === undefined ? undefined : String(number);
};

/**
 * The beginnings of rule ids whose citation fits the reply to a question about the acknowledgment number, because they concern the number
 * itself.
 */
const aboutNumbers = ['9293:3.10.7.2/', '9293:3.10.7.3/', '9293:3.10.7.4/text/', '9293:3.10.7.4/sequence/'];

const citedFor = (because: string | undefined, hasGap: boolean): string | undefined => {
  const isTold = aboutNumbers.some((rules) => because?.startsWith(rules));
  return isTold ? (hasGap ? because : cited(because)) : undefined;
};

export const nextAck = kindOf<AckGivens, Reply>({
  kind: 'next-ack',
  form: 'numeral',
  counts: 'ack',
  secrets: ({had}) => (had ? [] : ['ack of a first SYN']),
  among: ({trace}) => replies(trace),
  at: ({sent}) => sent.event.n,
  find({trace}, reply) {
    const {sent, arrived} = reply;
    const {event, segment} = sent;
    const before = receivedBefore(trace).get(arrived.n);
    if (!before || isMatterOfMore(trace, arrived, before.next)) return 'hidden';
    const {next, held, first, early, count} = before;
    const state = stateBefore(trace, arrived) ?? stateShown(trace, reply);
    if (next === undefined && state === undefined) return 'hidden';
    return {
      givens: {
        host: event.host,
        had: next === undefined ? undefined : {next, held, first, early, count},
        got: lineOf(arrived.segment),
        state: next === undefined ? state : undefined,
      },
      did: String(segment.ack),
      ...{n: event.n, because: citedFor(event.because, held.length > 0)},
      evidence: fieldEvidence(trace, event.packet, 'tcp.ack_raw'),
    };
  },
  ask: (givens, called, initial) => [
    wordedWithNames(givens.had ? said.ackDraft.prompt.has : said.ackDraft.prompt.fresh, {
      host: called(givens.host).first,
      state: givens.state ?? '',
      answers: saidBy(givens.got)?.ack !== undefined,
    }),
    ...(givens.had ? receivedLines(givens.had, initial?.asked) : []),
    said.ackDraft.prompt.now,
    printedLine(givens.got, initial && {seq: initial.asked, ack: initial.other}),
    said.ackDraft.prompt.asks,
  ],
  solve: ackSolved,
  beliefs: beliefsIn(said.ackDraft.beliefs, {
    'ack-is-last-byte-received': (givens) => {
      const right = acknowledged(givens);
      return right === undefined ? undefined : String(seqAdd(right, -1));
    },
    'every-packet-plus-one': ofGot((got, {had}) =>
      got.length === 1 || !had ? undefined : seqAdd(had.next, 1),
    ),
    'seq-counts-packets': ({had}) =>
      had && had.count > 1 ? counting({...had, count: had.count + 1}) : undefined,
    'isn-zero-or-one': (givens) => {
      const right = acknowledged(givens);
      const got = saidBy(givens.got);
      const first = givens.had?.first ?? (got?.has('SYN') ? got.seq : undefined);
      return right === undefined ? undefined : relative(right, {first});
    },
    'seq-upper-bound': (givens) => {
      const right = acknowledged(givens);
      const from = givens.had?.next ?? saidBy(givens.got)?.seq;
      return right === undefined || from === undefined ? undefined : withoutEnd(from, seqDiff(right, from));
    },
    asItCame: ofGot(({seq: number, length}) => (length > 1 ? number : undefined)),
    overTheGap: ofGot(({end, seq: number}, {had}) =>
      had && seqDiff(number, had.next) > 0 ? end : undefined,
    ),
    theOthers: ofGot(({ack}) => ack),
  }),
});
