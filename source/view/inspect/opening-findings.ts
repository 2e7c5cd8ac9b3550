// What is odd about how TCP connections of a capture opened, each with the lesson that explains it.
import {worded} from '../../lesson/text.ts';
import type {ObservedConnection} from '../../observe/observed-connection.ts';
import {bearingOf} from '../../observe/vantage.ts';
import {briefTexts as brief, optionWords, findingTexts as say} from '../../words/catalogue/inspect.ts';
import {formatTime} from '../../words/format.ts';
import {refusalWords} from '../../words/inspect.ts';
import {type Found, found, lateUs, when} from './finding.ts';
import {other, sides} from './sides.ts';

/** Of a SYN that was answered: was something sent more than once for it, or did it take long? */
const answeredFindings = (
  {client, course, counts, flightTimes}: ObservedConnection,
  {begunUs, answeredUs}: {readonly begunUs: number; readonly answeredUs: number},
): readonly Found[] => {
  const late = course.lateSyns(client);
  const again = counts.syn - counts.copiedSyn - late - 1;
  const synAcks = counts.synAck - counts.copiedSynAck;
  const us = formatTime(answeredUs - begunUs);
  const openedUs = course.synAckedUs(other(client));
  const opening = {late: late > 0, sent: synAcks, us: formatTime(openedUs - begunUs)};
  const lesson = 'handshake-loss';
  const here = bearingOf(flightTimes.rounds)?.exact[other(client)] ?? false;
  return [
    ...when(answeredUs - begunUs > lateUs || again > 0, () =>
      found(90, worded(say.lateOpening, {again, us, here}), worded(brief.lateOpening, {us}), lesson),
    ),
    ...when(late > 0 || synAcks > 1, () =>
      found(60, worded(say.synAckAgain, opening), brief.synAckAgain, lesson),
    ),
  ];
};

/** What the client offered and the server left out (RFC 7323 §2.2, RFC 2018 §2); of timestamps alone nobody has to know. */
const declinedFindings = (connection: ObservedConnection): readonly Found[] => {
  const {client} = connection;
  const offered = connection.half(client).options;
  const taken = connection.half(other(client)).options;
  if (!offered || !taken || taken.unread) return [];
  const scale = offered.windowScale !== undefined && taken.windowScale === undefined;
  const sack = offered.sackPermitted && !taken.sackPermitted;
  const names = [
    ...(scale ? [optionWords.scale] : []),
    ...(sack ? [optionWords.sack] : []),
    ...(offered.timestamps && !taken.timestamps ? [optionWords.timestamps] : []),
  ];
  return when(scale || sack, () =>
    found(38, worded(say.declined, {names, scale}), brief.declined, 'handshake'),
  );
};

/** The older connection between the same ports, which one end still had. */
export const olderFindings = ({older, client, before}: ObservedConnection): readonly Found[] =>
  when(older.challengeFrame > 0, () =>
    found(
      88,
      worded(say.older, {
        by: client === 0 ? 'server' : 'client',
        ...{challenge: older.challengeFrame, reset: older.resetFrame, before: before?.id ?? 0},
      }),
      brief.older,
      'half-open',
    ),
  );

/** Longer ago than any TIME-WAIT lasts (RFC 9293 §3.4.2: 2 MSL) it says nothing; in microseconds. */
const longestWaitUs = 240_000_000;

/** Of these two connections between the same ports the one before had hardly ended. */
const reusedFindings = ({before, client, ends, firstUs}: ObservedConnection): readonly Found[] => {
  if (!before?.course.over || firstUs - before.lastUs > longestWaitUs) return [];
  const waiting = sides.find((side) => before.course.states()[side] === 'TIME-WAIT');
  const isClient =
    waiting !== undefined &&
    before.ends[waiting].address === ends[client].address &&
    before.ends[waiting].port === ends[client].port;
  const who = waiting === undefined ? 'nobody' : isClient ? 'client' : 'server';
  const us = formatTime(firstUs - before.lastUs);
  return [found(34, worded(say.reused, {before: before.id, us, waiting: who}), brief.older, 'time-wait')];
};

const fastOpenFindings = ({notes: {fastOpen}}: ObservedConnection): readonly Found[] =>
  when(fastOpen, ({bytes, frame, taken}) =>
    found(22, worded(say.fastOpen, {bytes, frame, taken}), brief.fastOpen, 'handshake'),
  );

/** A SYN,ACK that met no socket: whoever had asked for it is gone, or never was there. */
const metNobody = ({client, course}: ObservedConnection): string | undefined => {
  const [asked, answered] = [course.openedUs(client), course.openedUs(other(client))];
  const isMet = course.opening(client) === 'half-open' && course.closing(client) === 'reset-by-client';
  return isMet && asked !== undefined && answered !== undefined ? formatTime(answered - asked) : undefined;
};

/** The RST is told by how it opened. */
export const toldByOpening = (connection: ObservedConnection): boolean => metNobody(connection) !== undefined;

export const openingFindings = (connection: ObservedConnection): readonly Found[] => {
  const {client, course, counts, lastUs} = connection;
  const begunUs = course.openedUs(client);
  const answeredUs = course.openedUs(other(client));
  switch (course.opening(client)) {
    case 'refused':
      return [found(80, say.refused, brief.refused, 'refused')];
    case 'unanswered':
      return when(!connection.notes.refusal, () => {
        const us = formatTime(lastUs - (begunUs ?? lastUs));
        return found(85, worded(say.unanswered, {sent: counts.syn, us}), brief.unanswered, 'refused');
      });
    case 'half-open': {
      const us = metNobody(connection);
      if (us !== undefined) return [found(70, worded(say.metNobody, {us}), brief.metNobody, 'half-open')];
      const sent = counts.synAck - counts.copiedSynAck;
      return [found(70, worded(say.halfOpen, {sent}), brief.halfOpen, 'handshake-loss')];
    }
    case 'simultaneous':
      return [found(65, say.simultaneousOpen, brief.simultaneousOpen, 'simultaneous-open')];
    default:
      // Why the SYN came again the older connection tells.
      if (begunUs === undefined || answeredUs === undefined || connection.older.challengeFrame > 0) return [];
      return [
        ...answeredFindings(connection, {begunUs, answeredUs}),
        ...declinedFindings(connection),
        ...reusedFindings(connection),
        ...fastOpenFindings(connection),
      ];
  }
};

/** What a router or the other host said of it by ICMP. */
export const refusalFindings = ({notes: {refusal}}: ObservedConnection): readonly Found[] =>
  when(refusal, (told) => {
    const {from, frame} = told;
    const text = worded(say.unreachable, {from, refusal: refusalWords(told), frame});
    return found(85, text, brief.unreachable, 'refused');
  });
