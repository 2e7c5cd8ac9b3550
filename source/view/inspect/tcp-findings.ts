// What is odd about the TCP connections of a capture, each with the lesson that explains it, the oddest first.

import {type Text, worded} from '../../lesson/text.ts';
import {endpointText} from '../../observe/capture-inspector.ts';
import type {Filled} from '../../observe/gaps.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import type {Reasons} from '../../observe/observed-half.ts';
import type {Resendings} from '../../observe/resendings.ts';
import {bearingOf} from '../../observe/vantage.ts';
import {byKey} from '../../wire/grouped.ts';
import {seqLt} from '../../wire/seq.ts';
import {briefTexts as brief, causeTexts, findingTexts as say} from '../../words/catalogue/inspect.ts';
import {formatTime} from '../../words/format.ts';
import {packetsNamed} from '../../words/inspect.ts';
import {type Finding, type Found, found, lateUs, ofConnection, when} from './finding.ts';
import {olderFindings, openingFindings, refusalFindings, toldByOpening} from './opening-findings.ts';
import {pathFindings} from './path-findings.ts';
import {resetFinding, strayFindings} from './reset-findings.ts';
import {bytesOn, isBegun, other, roleOf, serverOf, sides} from './sides.ts';
import {silenceEnd} from './silence.ts';

/** So many packets are named. */
const mostFrames = 4;

/** As the timer backs off (RFC 6298 §5.5), with what its clock and the path make of it. */
const isDouble = (us: number, beforeUs: number): boolean => us > 1.7 * beforeUs && us < 2.4 * beforeUs;

const closingFindings = (connection: ObservedConnection): readonly Found[] => {
  const {client, course} = connection;
  const closing = course.closing(client);
  const first = course.firstFin;
  const by = roleOf(first, connection);
  const after = first === undefined ? 0 : connection.half(other(first)).afterFin;
  const data = bytesOn(connection) > 0;
  if (toldByOpening(connection)) return [];
  if (closing === 'reset-by-client') return [resetFinding(connection, client, data)];
  if (closing === 'reset-by-server') return [resetFinding(connection, other(client), data)];
  if (closing === 'simultaneous')
    return [found(55, say.simultaneousClose, brief.simultaneousClose, 'simultaneous-close')];
  if (closing.startsWith('half-close'))
    return [found(50, worded(say.halfClosed, {by}), brief.halfClosed, 'why-four')];
  return after > 0 ? [found(30, worded(say.afterFin, {by, bytes: after}), brief.afterFin, 'why-four')] : [];
};

/** The segment again that was the last one, once or more often; or several segments. */
const resentFinding = (
  by: 'client' | 'server',
  {count, fins, reported, acknowledged, frames, longest}: Resendings,
): Found => {
  const [first, second = 0] = frames;
  const waitsUs = longest?.waitsUs ?? [];
  const again = longest?.frames.length ?? 0;
  const fin = fins === count;
  const packets = packetsNamed(frames.slice(0, mostFrames), count);
  const told = (weight: number, text: Text): Found =>
    found(weight, text, worded(brief.resent, {count}), 'loss-recovery');
  if (acknowledged === count) return told(72, worded(say.resentAcknowledged, {by, count, packets}));
  if (first !== undefined && count === 1 && reported === 0 && waitsUs[0] !== undefined)
    return told(72, worded(say.resentOnce, {by, fin, us: formatTime(waitsUs[0]), frame: first}));
  if (again === count && reported + acknowledged === 0 && second > 0 && waitsUs.length === again) {
    const doubled = waitsUs.every((us, index) => index === 0 || isDouble(us, waitsUs[index - 1] ?? us));
    const about = {by, fin, count, packets: packetsNamed(frames, count), doubled};
    return told(73, worded(say.resentOften, {...about, waitsUs: waitsUs.map(formatTime)}));
  }
  return told(72, worded(say.resent, {by, count, packets, reported, all: count === reported}));
};

/** With what a router had said before, if that is so: what is too big never arrives, and goes again in smaller pieces (RFC 8201 §4). */
const withTooBig = (told: Text, connection: ObservedConnection, side: 0 | 1): Text => {
  const {tooBig} = connection.notes;
  const [first = 0] = connection.half(side).reasons.resendings.frames;
  if (tooBig === undefined || tooBig.to !== connection.ends[side].address || first < tooBig.frame)
    return told;
  return worded(say.withTooBig, {told, from: tooBig.from, mtu: tooBig.mtu, frame: tooBig.frame});
};

/** With what went out in recovery, and the repairs that the sender took back. Afar it may have heard otherwise. */
const withRecoveries = (told: Text, connection: ObservedConnection, side: 0 | 1): Text => {
  const {undone, rate} = connection.half(side).reasons.signs;
  const proved = rate?.count ?? 0;
  if (bearingOf(connection.flightTimes.rounds)?.exact[side] !== true) return told;
  const rated = proved > 0 ? worded(say.withRate, {told, count: proved}) : told;
  return undone > 0 ? worded(say.withUndone, {told: rated, count: undone}) : rated;
};

/** With what made it do so, and what was in vain. */
const withCauses = (told: Text, {resendings, signs}: Reasons): Text => {
  const causes = (['probed', 'reported', 'timedOut', 'either', 'afterTimeout'] as const)
    .filter((cause) => resendings.causes[cause] > 0)
    .map((cause) => worded(causeTexts[cause], {count: resendings.causes[cause]}));
  const named = causes.length > 0 ? worded(say.withCauses, {told, causes}) : told;
  return signs.needless > 0 ? worded(say.withNeedless, {told: named, count: signs.needless}) : named;
};

/** With what became of those that were sent before. */
const resentFindings = (connection: ObservedConnection): readonly Found[] =>
  sides
    .filter((side) => connection.half(side).reasons.resendings.count > 0)
    .map((side) => {
      const {reasons} = connection.half(side);
      const plain = resentFinding(roleOf(side, connection), reasons.resendings);
      const caused = withRecoveries(withCauses(plain.text, reasons), connection, side);
      const told = {...plain, text: withTooBig(caused, connection, side)};
      const {proved, presumed, frames, either, eitherFrames} = connection.lost(side);
      const packets = packetsNamed(frames, proved + presumed);
      const lost =
        proved + presumed > 0
          ? worded(say.withLost, {told: told.text, proved, presumed, packets})
          : told.text;
      if (either === 0) return {...told, text: lost};
      const those = packetsNamed(eitherFrames, either);
      return {...told, text: worded(say.withEither, {told: lost, count: either, packets: those})};
    });

/** What an end does beyond what it has to is told last. */
const quickFindings = (connection: ObservedConnection): readonly Found[] =>
  sides.flatMap((side) => {
    const {count} = connection.half(side).reasons.quickAcks;
    const by = roleOf(side, connection);
    return when(count > 0, () =>
      found(20, worded(say.quickAcks, {by, count}), brief.quickAcks, 'delayed-ack'),
    );
  });

/** What is said of windows, and of an end that only asks whether the other is there. */
const windowFindings = ({counts, notes, client}: ObservedConnection): readonly Found[] => {
  const by = notes.closed(client) > notes.closed(other(client)) ? 'client' : 'server';
  const {zeroWindow: count, zeroWindowProbes: probes} = counts;
  const silent = counts.keepAlives - probes;
  return [
    ...when(count > 0, () => {
      const packets = packetsNamed(notes.frames('zeroWindow'), count);
      const text = worded(say.zeroWindow, {by, count, packets, probes});
      return found(68, text, brief.zeroWindow, 'sliding-window');
    }),
    ...when(silent > 0, () => {
      const packets = packetsNamed(probes > 0 ? [] : notes.frames('keepAlive'), silent);
      return found(58, worded(say.keepAlive, {count: silent, packets}), brief.keepAlive, 'half-open');
    }),
    ...when(counts.windowFull > 0 && counts.zeroWindow === 0, () =>
      found(35, worded(say.windowFull, {count: counts.windowFull}), brief.windowFull, 'sliding-window'),
    ),
  ];
};

/** Packets by which gaps of both directions were filled so. */
const filledIn = (connection: ObservedConnection, how: Filled) => {
  const gaps = sides.map((side) => connection.half(side).reasons.gaps);
  const count = gaps.reduce((sum, each) => sum + each.counts[how], 0);
  const frames = gaps.flatMap((each) => each.frames(how)).toSorted((a, b) => a - b);
  return {count, packets: packetsNamed(frames.slice(0, mostFrames), count)};
};

/** What began behind a gap and is missing at the end had been acknowledged: whoever it was for has it. */
const lacksKnown = (connection: ObservedConnection): boolean =>
  sides.some((side) => {
    const {first} = connection.half(side).reasons.gaps;
    const told = connection.half(other(side)).heard?.ack;
    return first !== undefined && told !== undefined && seqLt(first, told);
  });

/** Numbers that came late, or never: by timestamps, where there are any, else both causes. */
const gapFindings = (connection: ObservedConnection): readonly Found[] => {
  const {counts, notes} = connection;
  const [a, b] = [connection.half(0), connection.half(1)];
  const resent = a.reasons.resendings.count + b.reasons.resendings.count;
  const isFilled = a.ranges.gaps + b.ranges.gaps === 0;
  const onlyReordered = isFilled && resent === 0 && counts.outOfOrder > 0;
  const [again, late] = [filledIn(connection, 'again'), filledIn(connection, 'late')];
  const isTold = again.count + late.count > 0;
  const frames = notes.frames('outOfOrder');
  const unsure = {count: counts.outOfOrder, packets: packetsNamed(frames, counts.outOfOrder)};
  const overtaken = isTold ? late : unsure;
  const isOvertaken = isTold ? late.count > 0 : counts.outOfOrder > resent;
  const lesson = 'loss-recovery';
  return [
    ...when(again.count > 0, () =>
      found(46, worded(say.lostBefore, again), worded(brief.missing, {count: again.count}), lesson),
    ),
    ...when(counts.lostBefore > 0 && !onlyReordered && !(isTold && isFilled), () =>
      found(
        45,
        worded(say.missing, {
          ...{filled: isFilled, known: lacksKnown(connection), count: counts.lostBefore},
          frames: notes.frames('lostBefore'),
          more: counts.lostBefore > notes.frames('lostBefore').length,
        }),
        worded(brief.missing, {count: counts.lostBefore}),
        lesson,
      ),
    ),
    ...when(isOvertaken, () =>
      found(40, worded(say.reordered, overtaken), worded(brief.reordered, {count: overtaken.count}), lesson),
    ),
  ];
};

const transferFindings = (connection: ObservedConnection): readonly Found[] => {
  const {course} = connection;
  const [a, b] = [connection.half(0), connection.half(1)];
  const answered = course.opening(connection.client);
  const oneSided = (a.segments === 0 || b.segments === 0) && answered !== 'unanswered';
  return [
    ...resentFindings(connection),
    ...gapFindings(connection),
    ...windowFindings(connection),
    ...quickFindings(connection),
    ...pathFindings(connection),
    ...when(course.timeWaitEndedByReset, () =>
      found(57, say.timeWaitEnded, brief.timeWaitEnded, 'time-wait'),
    ),
    ...strayFindings(connection),
    ...when(oneSided, () => found(20, say.oneSided, brief.oneSided)),
  ];
};

/** What tells of the capture more than of the connections: once for all that are told. */
const captureFindings = (connections: readonly ObservedConnection[]): readonly Finding[] => {
  const about = (some: readonly ObservedConnection[]) =>
    some[0] && some.length === 1 ? {connection: some[0].id} : {};
  const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
  const copied = connections.filter(({copies}) => copies > 0);
  const copies = sum(copied.map((each) => each.copies));
  const firstCopy = copied.reduce((first, each) => Math.min(first, each.firstCopy), Infinity);
  const halves = connections.flatMap((each) =>
    sides.map((side) => ({
      each,
      half: each.half(side),
      mss: each.half(other(side)).options?.mss,
    })),
  );
  const giant = halves
    .filter(({half}) => half.giants > 0)
    .toSorted((a, b) => b.half.largest - a.half.largest);
  const [largest] = giant;
  const giants = ({half, mss = 0}: (typeof giant)[number]): Finding => {
    const count = sum(giant.map((each) => each.half.giants));
    const text = worded(say.giants, {count, largest: half.largest, mss});
    const offloaded = [...new Set(giant.map(({each}) => each))];
    return {...found(15, text, brief.giants, 'your-capture'), ...about(offloaded)};
  };
  return [
    ...when(copies > 0, () => {
      const text = worded(say.copies, {count: copies, first: firstCopy});
      return {...found(59, text, worded(brief.copies, {count: copies}), 'loss-recovery'), ...about(copied)};
    }),
    ...when(largest, giants),
  ];
};

/** The program at one end thought for long, and the other end had asked it something. */
const slowFindings = (connection: ObservedConnection): readonly Found[] => {
  const {silence} = connection.notes;
  if (silence === undefined || silence.us < lateUs || silenceEnd(silence) !== 'answered') return [];
  const by = roleOf(silence.side, connection);
  const isHere = bearingOf(connection.flightTimes.rounds)?.exact[silence.side] ?? false;
  return [
    found(
      43,
      worded(say.slowAnswer, {by, isHere, us: formatTime(silence.us), frame: silence.frame}),
      worded(brief.slowAnswer, {by, us: formatTime(silence.us)}),
    ),
  ];
};

/** So many begun and never opened at one server are not told one by one. */
const floodSize = 5;

/** Servers with many connections that were begun and never opened, and those connections. */
export const floodsIn = (
  connections: readonly ObservedConnection[],
): ReadonlyMap<string, readonly ObservedConnection[]> => {
  const begun = byKey(connections.filter(isBegun), (each) => endpointText(serverOf(each)));
  return new Map([...begun].filter(([, {length}]) => length >= floodSize));
};

export const floodFinding = (server: string, all: readonly ObservedConnection[]): Finding => {
  const silent = all.filter(({course, client}) => course.opening(client) === 'unanswered').length;
  const count = all.length;
  const begun = all.map(({firstUs}) => firstUs);
  const us = formatTime(Math.max(...begun) - Math.min(...begun));
  return found(
    95,
    worded(say.flood, {server, us, count, silent, answered: count - silent}),
    brief.flood,
    'syn-flood',
  );
};

export const tcpFindings = (connections: readonly ObservedConnection[]): readonly Finding[] => {
  const floods = floodsIn(connections);
  const flooding = new Set([...floods.values()].flat());
  return [
    ...[...floods].map(([server, all]) => floodFinding(server, all)),
    ...captureFindings(connections),
    ...connections
      .filter((connection) => !flooding.has(connection))
      .flatMap((connection) =>
        ofConnection(connection.id, [
          ...olderFindings(connection),
          ...openingFindings(connection),
          ...refusalFindings(connection),
          ...closingFindings(connection),
          ...transferFindings(connection),
          ...slowFindings(connection),
        ]),
      ),
  ];
};
