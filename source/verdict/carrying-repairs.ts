// Findings about what the path did to packets: lost, overtaken, doubled, marked, or too large for it; and about needless retransmissions.
import {mostOptions, mostTimerUs} from '../observe/bounds.ts';
import type {TooBig} from '../observe/icmp-refusals.ts';
import type {CapturedQuic} from '../observe/quic-captured.ts';
import {seqDiff, seqLt} from '../wire/seq.ts';
import {type Direction, noticedUs, worthShare} from './carrying-direction.ts';
import {type Finding, finding} from './finding.ts';
import type {CarryingId} from './ids.ts';
import {isSix, leastLarge, narrowIn} from './sides.ts';

type Found = readonly Finding<CarryingId>[];

/** The time in µs for which data must stay missing before the finding is that the segments are too large for the path. */
const leastHoleUs = 1_000_000;
/** The largest share of copied packets that counts as copied on the way; with more, the capture contains every packet twice. */
const fewCopies = 0.35;

const about = ({connection}: Direction) => ({connection: connection.id});

/** The octets of the IP and TCP headers without options, by IP version. */
const headers = {4: 40, 6: 60} as const;
/** The fewest repetitions of a segment that is too large, after which its sender has not reacted to the ICMP message. */
const enoughTries = 3;

/** Finds senders that go on with segments of a size that a router has reported as too big. */
const unheeded = (direction: Direction, {to: told, mtu, frame, rewritten}: TooBig): Found => {
  const {connection, side, by, to} = direction;
  const {address} = connection.ends[side];
  const {longest} = connection.reasons(side).resendings;
  const waiting = connection.notes.lastStand.waiting(side);
  if (told !== address || !waiting || waiting.tries < enoughTries || !longest) return [];
  const large = seqDiff(longest.end, longest.seq);
  const small = mtu - headers[isSix(address) ? 6 : 4];
  if (large <= small) return [];
  const facts = {by, to, large, small, times: longest.frames.length, told: true, rewritten};
  return [
    finding('mtu-black-hole', {
      ...{about: about(direction), where: 'path', facts},
      costUs: Math.max(0, connection.lastUs - connection.firstUs),
      frames: [frame, ...longest.frames],
    }),
  ];
};

/** Finds segments that never arrive because they are too large for a link, while no router reports it (MTU black hole). */
const blackHole = (direction: Direction): Found => {
  const {connection, back, by, to, side} = direction;
  if (connection.notes.tooBig) return unheeded(direction, connection.notes.tooBig);
  const {gaps, resendings} = connection.reasons(side);
  const stuck = narrowIn(connection, side);
  const given = {about: about(direction), where: 'path'} as const;
  const costUs = Math.max(0, connection.lastUs - connection.firstUs);
  if (stuck) {
    const {large, small, times} = stuck;
    const frames = resendings.longest?.frames ?? resendings.frames;
    return [
      finding('mtu-black-hole', {
        ...given,
        costUs,
        frames,
        facts: {by, to, large, small, times, told: false, rewritten: false},
      }),
    ];
  }
  const mss = back.options?.mss ?? 0;
  const small = connection.notes.most(side);
  const isFull = small + mostOptions >= mss;
  const isHole = mss >= leastLarge && gaps.openOctets >= mss - mostOptions && gaps.openUs >= leastHoleUs;
  // The receiver's acknowledgments must show that it lacks the data, and not only the capture.
  if (!isHole || isFull || small === 0 || !lacks(direction)) return [];
  const facts = {by, to, large: mss, small, times: 0, told: false, rewritten: false};
  return [
    finding('mtu-black-hole', {...given, costUs, frames: connection.notes.frames('lostBefore'), facts}),
  ];
};

/** Tells whether the receiver also lacks the data that the capture lacks, so that they were lost before the capture point. */
const lacks = ({connection, side, back}: Direction): boolean => {
  const {first} = connection.reasons(side).gaps;
  const told = back.heard?.ack;
  return first !== undefined && told !== undefined && !seqLt(first, told);
};

const loweredMtu = (direction: Direction): Found => {
  const {connection, side, by} = direction;
  const {tooBig} = connection.notes;
  if (!tooBig || tooBig.to !== connection.ends[side].address) return [];
  const facts = {by, router: tooBig.from, mtu: tooBig.mtu};
  return [
    finding('mtu-lowered', {
      about: about(direction),
      certainty: 'proved',
      where: 'path',
      frames: [tooBig.frame],
      facts,
    }),
  ];
};

/** Tells whether the receiver acknowledged the retransmitted data in the end; true if nothing was retransmitted. */
const isRepaired = ({connection, side, back}: Direction): boolean => {
  const {longest} = connection.reasons(side).resendings;
  const told = back.heard?.ack;
  return !longest || (told !== undefined && seqLt(longest.seq, told));
};

type Repairs = {
  readonly count: number;
  /** The number of retransmissions of data that had already arrived, as the receiver reported or the capture shows. */
  readonly needless: number;
  readonly lost: number;
  /** The number of retransmissions after which it is unknown whether the data or their acknowledgment had been lost. */
  readonly either: number;
  readonly late: number;
  /** The number of retransmissions that the receiver had asked for, although the data came later all the same. */
  readonly asked: number;
  readonly frames: readonly number[];
};

/**
 * Returns how many of an end's retransmissions may repair a loss beyond the capture point; `needless` of them did not, as the receiver said.
 * Of a capture taken at the receiver that is none, because captured packets had arrived there.
 */
const lostBehind = ({connection, side, atReceiver}: Direction, needless: number) => {
  const {causes} = connection.reasons(side).resendings;
  const {proved, presumed, either, ...told} = connection.lost(side);
  // A segment that was repeated without a timer, a probe or a report repairs no loss: an end repeats its FIN when both FINs cross.
  const count = Object.values(causes).reduce((sum, each) => sum + each, 0) - needless;
  if (atReceiver || count <= 0) return {lost: 0, either: 0, frames: []};
  const lost = Math.min(count, proved + presumed);
  return {lost, either: Math.min(count, either), frames: [...told.frames, ...told.eitherFrames]};
};

const repairsOf = (direction: Direction): Repairs => {
  const {connection, side, pace} = direction;
  const {gaps, resendings, signs} = connection.reasons(side);
  const undone = signs.undone > 0 && signs.needless === 0 ? resendings.count : 0;
  const needless = Math.max(resendings.acknowledged, signs.needless, undone);
  const {lost, either, frames} = lostBehind(direction, needless);
  const unsure = pace.pauses.of('repair').count > 0 ? gaps.counts.either : 0;
  return {
    count: resendings.count,
    ...{needless, either},
    lost: Math.max(0, gaps.counts.again) + unsure + lost,
    late: gaps.counts.late,
    asked: Math.max(signs.needless, undone) > 0 ? resendings.causes.reported : 0,
    frames: [...frames, ...gaps.frames('again'), ...gaps.frames('either'), ...resendings.frames],
  };
};

const repairs = (direction: Direction): Found => {
  const {connection, side, back, pace, by, to, tripUs, atSender} = direction;
  const {count, needless, lost, either, late, asked, frames} = repairsOf(direction);
  const {gaps, resendings} = connection.reasons(side);
  const {causes} = resendings;
  const pauses = pace.pauses.of('repair');
  const given = {about: about(direction), where: 'path', costUs: pauses.us} as const;
  const timers = causes.timedOut + causes.either + causes.probed;
  const overtaken = Math.max(late, timers === 0 ? asked : 0);
  if (needless > 0 && needless >= count - either && overtaken > 0 && lost === 0) {
    const shown = [...gaps.frames('late'), ...resendings.frames];
    return [finding('reordering', {...given, frames: shown, facts: {by, to, late: overtaken, count}})];
  }
  if (needless > 0 && lost === 0 && pace.unheard > 0 && !atSender) {
    // A pause that is longer than a timer is one of the program.
    const waits = pace.pauses.of('program').longest.filter(({us}) => us <= mostTimerUs);
    const us = waits.reduce((sum, each) => sum + each.us, pauses.us);
    const facts = {by, to, count: pace.unheard, us};
    const shown = pace.unheardFrames;
    return [
      finding('late-acks', {...given, costUs: us, frames: shown, facts}),
      finding('needless-repeats', {
        ...given,
        frames: resendings.frames,
        facts: {by, to, count: needless, us: pauses.us, timed: true},
      }),
    ];
  }
  if (needless > 0 && needless >= count - needless && lost === 0) {
    const costUs = pauses.us + pace.pauses.of('stall').us;
    if (costUs < noticedUs && costUs < worthShare * direction.durationUs) return [];
    const facts = {by, to, count: needless, us: costUs, timed: timers > 0 && asked === 0};
    return [
      finding('needless-repeats', {...given, costUs, where: 'unknown', frames: resendings.frames, facts}),
    ];
  }
  const all = lost + either;
  if (all === 0 || !isRepaired(direction) || connection.notes.tooBig) return [];
  // A receiver that shrinks its window discards segments beyond it, so they were not lost on the path.
  if (back.windows.shrinking.length > 0) return [];
  const open = lost === 0;
  // A retransmission without a pause costs a round trip.
  const costUs = Math.max(pauses.us, tripUs);
  const facts = {by, to, count: all, us: costUs, open};
  const rivals = open ? [{id: 'late-acks', open: true, by: []} as const] : [];
  return [finding('loss', {...given, certainty: open ? 'one-of' : 'deduced', costUs, frames, facts, rivals})];
};

/** Finds HTTP/2 connections on which a lost segment delayed several streams, because TCP delivers data only in order. */
const headOfLine = (direction: Direction, loss: Finding | undefined): Found => {
  const {http2, by, connection, side} = direction;
  if (!http2 || loss?.id !== 'loss') return [];
  const {gaps, resendings} = connection.reasons(side);
  const repair = gaps.frames('again')[0] ?? resendings.frames[0];
  if (repair === undefined) return [];
  const first = connection.lost(side).frames[0] ?? repair;
  const held = http2.streams.filter(({request, response}) => {
    const way = by === 'client' ? request : response;
    const begun = request.head !== undefined && request.head.frame < repair;
    return begun && way.contentBytes > 0 && (way.ended === undefined || way.ended >= first);
  });
  if (held.length < 2) return [];
  const facts = {by, streams: held.length, us: loss.costUs ?? 0};
  return [
    finding('h2-head-of-line', {
      about: about(direction),
      where: 'path',
      costUs: loss.costUs,
      frames: [first, repair],
      facts,
    }),
  ];
};

const marked = (direction: Direction): Found => {
  const {back, by, to} = direction;
  if (back.echoes === 0) return [];
  const facts = {by, to, count: back.echoes};
  return [
    finding('ecn-marked', {
      about: about(direction),
      certainty: 'proved',
      where: 'path',
      frames: back.echoFrames,
      facts,
    }),
  ];
};

const copied = (direction: Direction): Found => {
  const {connection, pace, side} = direction;
  const {copies, counts, firstCopy} = connection;
  const isFirst = connection.half(side === 0 ? 1 : 0).pace === undefined || side === 0;
  if (!isFirst || copies === 0 || copies > fewCopies * counts.packets || pace.segments === 0) return [];
  return [
    finding('copied-on-the-way', {
      about: about(direction),
      certainty: 'proved',
      where: 'path',
      frames: [firstCopy],
      facts: {count: copies},
    }),
  ];
};

/** Finds times in which data were repeated and nothing came back, after which the connection went on. */
const outages = (direction: Direction): Found => {
  const {connection, side, by, to, atReceiver} = direction;
  return connection.notes.lastStand.outages
    .filter((each) => each.side === side)
    .map(({frame, atUs, untilUs, lastFrame, endFrame, segments, tries}) => {
      // If only one segment was on its way, perhaps it arrived, and only its acknowledgments were lost.
      const open = segments === 1;
      return finding('outage', {
        about: about(direction),
        certainty: open ? 'one-of' : 'deduced',
        where: open || atReceiver ? 'unknown' : 'path',
        costUs: untilUs - atUs,
        frames: [frame, lastFrame, endFrame],
        rivals: [open ? {id: 'late-acks', open, by: []} : {id: 'loss', open, by: [frame, lastFrame]}],
        facts: {by, to, us: untilUs - atUs, tries, open},
      });
    });
};

/** Finds receivers that acknowledged only a part of a segment, however often it was repeated. */
const partsAcknowledged = (direction: Direction): Found => {
  const {connection, side, back, by, to} = direction;
  const {longest} = connection.reasons(side).resendings;
  const ack = back.heard?.ack;
  if (!longest || ack === undefined || longest.frames.length < enoughRepeats) return [];
  if (!seqLt(longest.seq, ack) || !seqLt(ack, longest.end)) return [];
  const facts = {by, to, times: longest.frames.length};
  return [
    finding('ack-inside-segment', {
      about: about(direction),
      where: to,
      frames: longest.frames,
      rivals: [{id: 'mtu-black-hole', open: false, by: longest.frames.slice(0, 1)}],
      facts: {...facts, part: seqDiff(ack, longest.seq), whole: seqDiff(longest.end, longest.seq)},
    }),
  ];
};

/** The fewest repetitions of a segment that show that its receiver never takes all of it. */
const enoughRepeats = 2;

export const repairFindings = (direction: Direction): Found => {
  // On a quiet connection nothing was lost, repeated, copied or too large.
  if (direction.connection.isQuiet) return marked(direction);
  const holes = blackHole(direction);
  const repaired = holes.length > 0 ? [] : repairs(direction);
  return [
    ...holes,
    ...outages(direction),
    ...partsAcknowledged(direction),
    ...(holes.length > 0 ? [] : loweredMtu(direction)),
    ...headOfLine(
      direction,
      repaired.find(({id}) => id === 'loss'),
    ),
    ...repaired,
    ...marked(direction),
    ...copied(direction),
  ];
};

export const quicFindings = (quic: readonly CapturedQuic[]): Found =>
  quic.flatMap(({connection, conversation}) => {
    const lost = [...connection.acks.lost(0), ...connection.acks.lost(1)];
    if (lost.length === 0) return [];
    const about = conversation === undefined ? {capture: true as const} : {conversation: `u${conversation}`};
    return [finding('quic-loss', {about, where: 'path', frames: lost, facts: {count: lost.length}})];
  });
