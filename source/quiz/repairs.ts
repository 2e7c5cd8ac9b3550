// Questions about what a sender does about losses as Linux does: why it sends a segment again (RFC 8985, RFC 6298), which segments count as
// lost after a SACK (RFC 8985 §6.2), and what a SACK block says (RFC 2018, RFC 2883).

import {entriesOf} from '../account/entries.ts';
import {sameIn, textOf, worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace} from '../sim/trace.ts';
import type {Tag} from '../stack/tcp/flight.ts';
import {seqDiff, seqLe, seqLt} from '../wire/seq.ts';
import {rackLost, sackSays, whyAgain} from '../words/catalogue/ask-tcp.ts';
import {meetings, type Tcb, tcbAt} from './ends.ts';
import {instantBefore} from './instants.ts';
import {beliefsIn, type Found, type Rejection} from './kind.ts';
import {ptoOf} from './linux-sender.ts';
import {byClause, listedKind, whereNamed} from './listed.ts';
import {valuesLine} from './prompt.ts';
import {segmentsOf} from './segments.ts';
import {lengthText, secondsAs} from './times.ts';

/** Why a TCP sender retransmitted a segment, as a quiz question asks: a loss probe, RACK, or the retransmission timer. */
type Again = 'probe' | 'rack' | 'timer';

const causes: {readonly [rule: string]: Again} = {
  '8985:7.3/probe/last-segment': 'probe',
  '8985:6.2/lost': 'rack',
  '6298:5.4/retransmit': 'timer',
};

/**
 * The number of SACKed segments from which Linux counts a segment as lost without waiting for reordering, if it has seen none
 * (tcp_rack_reo_wnd).
 */
const ENOUGH_SACKED = 3;

type AgainGivens = {
  readonly host: string;
  readonly seq: number;
  readonly firstUs: number;
  readonly againUs: number;
  /**
   * When the last ACK before the retransmission reached the sender, and whether a segment that was sent after the first copy was SACKed by
   * then.
   */
  readonly ackUs: number;
  readonly isPassed: boolean;
  readonly srttUs: number;
  readonly rtoUs: number;
  /** The number of segments in flight just before the retransmission. */
  readonly segments: number;
};

const relative = ({iss}: Tcb, seq: Parameters<typeof seqDiff>[0]): number => seqDiff(seq, iss);

/**
 * The bits in a retransmission queue entry's `tags` for SACKed and for lost segments. Their types make the compiler refuse numbers that
 * differ from those of the TCP machine.
 */
const SACKED: (typeof Tag)['sacked'] = 1;
const LOST: (typeof Tag)['lost'] = 2;

const isSacked = ({tags}: {readonly tags: number}): boolean => (tags & SACKED) !== 0;

const againOf = (trace: Trace): readonly (Found<AgainGivens> | Rejection)[] =>
  (trace.header.profile === 'linux' ? segmentsOf(trace).sent : []).flatMap(
    ({event, segment, back}): readonly (Found<AgainGivens> | Rejection)[] => {
      const {n, host, connection, packet, atUs, because = ''} = event;
      const did = event.retransmission && segment.payload.length > 0 ? causes[because] : undefined;
      if (did === undefined || connection === undefined) return [];
      const before = tcbAt(trace, host, connection, instantBefore(trace, n));
      const entry = before?.retransmissionQueue.slice().find(({seq}) => seq === segment.seq);
      const ack = segmentsOf(trace).arrived.findLast((each) => each.flow === back && each.n < n);
      const ackUs = [...entriesOf(trace, 'arrive')].find((each) => each.n === ack?.n)?.atUs;
      if (!before || !entry || ackUs === undefined || before.srttUs === undefined || entry.transmissions > 1)
        return ['hidden'];
      const after = tcbAt(trace, host, connection, n) ?? before;
      // Without SACK there is neither a probe nor RACK. With three segments SACKed and no reordering seen, Linux sets the reordering window
      // to 0, so that a third duplicate ACK would explain the retransmission as well.
      const isAtOnce = after.flight.sacked >= ENOUGH_SACKED && !after.rack.reordered;
      if (!before.sackPermitted || (did === 'rack' && isAtOnce)) return ['hidden'];
      const known = (did === 'rack' ? after : before).retransmissionQueue.slice();
      const isPassed = known.some((each) => each.sending > entry.sending && isSacked(each));
      return [
        {
          givens: {
            ...{
              host,
              seq: relative(before, segment.seq),
              firstUs: entry.sentUs,
              againUs: atUs,
              ackUs,
              isPassed,
            },
            ...{srttUs: before.srttUs, rtoUs: before.rtoUs, segments: before.retransmissionQueue.length},
          },
          ...{did, n, because, evidence: byClause(packet, '8985 §7.2', did)},
        },
      ];
    },
  );

const reasonOf = (givens: AgainGivens): Again | undefined => {
  if (givens.isPassed) return 'rack';
  const waited = givens.againUs - givens.ackUs;
  const ptoUs = ptoOf(givens);
  if (ptoUs >= givens.rtoUs) return undefined;
  return waited === ptoUs ? 'probe' : waited === givens.rtoUs ? 'timer' : undefined;
};

const againTimes = ({firstUs, againUs, ackUs, rtoUs, srttUs}: AgainGivens) =>
  secondsAs([firstUs, againUs, ackUs, rtoUs, srttUs]);

export const whyAgainKind = whereNamed(
  listedKind<AgainGivens>({
    kind: 'why-again',
    form: 'choice',
    all: againOf,
    ask(givens, called) {
      const {host, seq, firstUs, againUs, ackUs, isPassed, srttUs, rtoUs, segments} = givens;
      const at = againTimes(givens);
      const names = {host: called(host).first, seq, first: at(firstUs), again: at(againUs)};
      return [
        wordedWithNames(whyAgain.given, names),
        wordedWithNames(whyAgain.ack, {isPassed, seq, ack: at(ackUs), segments}),
        valuesLine(worded(whyAgain.values, {srtt: lengthText(srttUs), rto: lengthText(rtoUs)})),
        whyAgain.asks,
      ];
    },
    solve(givens) {
      const answer = reasonOf(givens);
      if (answer === undefined) return undefined;
      const {srttUs, rtoUs, againUs, ackUs} = givens;
      const shown = {srtt: lengthText(srttUs), rto: lengthText(rtoUs), wait: lengthText(againUs - ackUs)};
      return {
        answer,
        explain: worded(whyAgain.explain[answer], shown),
        hints: [whyAgain.hint],
      };
    },
    beliefs: beliefsIn(whyAgain.beliefs, {
      probe: () => 'probe',
      rack: () => 'rack',
      timer: () => 'timer',
      duplicates: () => 'duplicates',
    }),
    words: (value) => textOf(whyAgain.choices, value) ?? sameIn(value),
  }),
);

/** A segment in flight, as a question about RACK lists it; `seq` counts from the sender's SYN. */
type UnderWay = {readonly seq: number; readonly sacked: boolean};

type LostGivens = {
  readonly host: string;
  readonly rows: readonly UnderWay[];
  /** True if the question lists all segments in flight, false if it leaves some out. */
  readonly isAll: boolean;
};

/** The number of segments in flight that a RACK question prints in one line. */
const inLine = 4;
/**
 * The most segments that a RACK question prints of those sent after the newest SACKed one; the limit for unacknowledged ones sent before it
 * is the same.
 */
const mostLater = 2;

/**
 * Returns the ACKs on whose arrival RACK counted more segments as lost, for questions that ask which ones; only where at least three are
 * SACKed, no reordering was seen, and nothing was retransmitted yet.
 */
const lossesBySack = (trace: Trace): readonly Found<LostGivens>[] =>
  meetings(trace).flatMap(({arrived, before, after}) => {
    if (!before || !after || after.flight.lost <= before.flight.lost) return [];
    if (after.rack.reordered || after.flight.sacked < ENOUGH_SACKED) return [];
    const queue = before.retransmissionQueue.slice();
    if (queue.some(({transmissions}) => transmissions > 1)) return [];
    const now = new Map(after.retransmissionQueue.slice().map((each) => [each.seq, each]));
    const all = queue.flatMap(({seq}) => now.get(seq) ?? []);
    const newest = all.findLastIndex(isSacked);
    const open = all.filter((each, nth) => nth < newest && !isSacked(each));
    const shown = [
      ...open.slice(0, mostLater),
      ...all.filter((each, nth) => nth <= newest && isSacked(each)).slice(-ENOUGH_SACKED),
      ...all.slice(newest + 1, newest + 1 + mostLater),
    ].toSorted((one, other) => all.indexOf(one) - all.indexOf(other));
    const later = all.length - 1 - newest;
    if (open.length === 0 || open.length > mostLater || later === 0) return [];
    const did = shown.filter(({tags}) => (tags & LOST) !== 0).map(({seq}) => String(relative(before, seq)));
    return [
      {
        givens: {
          host: arrived.host,
          rows: shown.map((each) => ({seq: relative(before, each.seq), sacked: isSacked(each)})),
          isAll: shown.length === all.length,
        },
        ...{did, n: arrived.n + 1, evidence: byClause(arrived.packet, '8985 §6.2', did.join(' '))},
      },
    ];
  });

const written = (rows: readonly UnderWay[]): readonly string[] => rows.map(({seq}) => String(seq));

const openIn = ({rows}: LostGivens): readonly UnderWay[] => rows.filter(({sacked}) => !sacked);

const passedIn = ({rows}: LostGivens): readonly UnderWay[] => {
  const newest = rows.findLastIndex(({sacked}) => sacked);
  return rows.filter(({sacked}, nth) => !sacked && nth < newest);
};

export const rackLostKind = whereNamed(
  listedKind<LostGivens>({
    kind: 'rack-lost',
    form: 'several',
    all: lossesBySack,
    ask: ({host, rows, isAll}, called) => [
      wordedWithNames(rackLost.given, {host: called(host).first, isAll}),
      ...[rows.slice(0, inLine), rows.slice(inLine)].flatMap((line) =>
        line.length > 0
          ? valuesLine(line.map(({seq, sacked}) => `${seq}${sacked ? ' SACK' : ''}`).join('   '))
          : [],
      ),
      rackLost.asks,
    ],
    solve: (givens) => ({
      answer: written(passedIn(givens)),
      explain: worded(rackLost.explain, {newest: givens.rows.findLast(({sacked}) => sacked)?.seq ?? 0}),
      hints: [rackLost.hint],
    }),
    beliefs: [
      {says: rackLost.beliefs.everything, answers: (givens) => written(openIn(givens))},
      {says: rackLost.beliefs.first, answers: (givens) => written(openIn(givens).slice(0, 1))},
      {says: rackLost.beliefs.last, answers: (givens) => written(openIn(givens).slice(-1))},
    ],
    words: (value) => sameIn(`seq=${value}`),
  }),
);

type SackGivens = {
  readonly host: string;
  readonly ack: number;
  readonly left: number;
  readonly right: number;
};

/**
 * Returns the arriving ACKs that carry exactly one SACK block: one beyond a gap or a D-SACK. Their numbers count from the SYN of the data's
 * sender.
 */
const sacksOf = (trace: Trace): readonly Found<SackGivens>[] =>
  meetings(trace).flatMap(({arrived, before}) => {
    const {segment, host, packet, n} = arrived;
    const sack = segment.options.find(({kind}) => kind === 'sack');
    const [block, ...more] = sack?.kind === 'sack' ? sack.blocks : [];
    if (!before || !block || more.length > 0) return [];
    const did = seqLe(block.right, segment.ack)
      ? 'twice'
      : seqLt(segment.ack, block.left)
        ? 'hole'
        : undefined;
    if (did === undefined) return [];
    const [ack, left, right] = [segment.ack, block.left, block.right].map((each) => relative(before, each));
    if (ack === undefined || left === undefined || right === undefined) return [];
    return [{givens: {host, ack, left, right}, did, n: n + 1, evidence: byClause(packet, '2883 §4', did)}];
  });

export const sackSaysKind = whereNamed(
  listedKind<SackGivens>({
    kind: 'sack-says',
    form: 'choice',
    all: sacksOf,
    ask: ({host, ack, left, right}, called) => [
      wordedWithNames(sackSays.given, {host: called(host).within}),
      valuesLine(`ack=${ack}  SACK ${left}–${right}`),
      sackSays.asks,
    ],
    solve({ack, left, right}) {
      const isTwice = right <= ack;
      const shown = {ack, left, right};
      return {
        answer: isTwice ? 'twice' : 'hole',
        explain: isTwice ? worded(sackSays.explain.twice, shown) : worded(sackSays.explain.hole, shown),
        hints: [sackSays.hint],
      };
    },
    beliefs: beliefsIn(sackSays.beliefs, {
      twice: () => 'twice',
      hole: () => 'hole',
      lost: () => 'lost',
      next: () => 'next',
    }),
    words: (value, {left, right}) => worded(sackSays.choice, {what: value, left, right: right - 1}),
  }),
);
