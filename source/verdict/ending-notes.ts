// Notes about how connections end: FINs that crossed, a TIME-WAIT that an RST ended, keep-alive probes, and RSTs that end nothing.
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {type Finding, finding} from './finding.ts';
import type {EndingId} from './ids.ts';
import {roleOf, sides} from './sides.ts';

type Found = readonly Finding<EndingId>[];

const crossed = ({course, client, id}: ObservedConnection): Found =>
  course.closing(client) === 'simultaneous'
    ? [
        finding('simultaneous-close', {
          ...{about: {connection: id}, certainty: 'proved', facts: {}},
          frames: sides.map((side) => course.finFrame(side)),
        }),
      ]
    : [];

/** Finds TCP connections whose TIME-WAIT was ended by a late RST (RFC 1337 §2). */
const waitEnded = ({course, id}: ObservedConnection): Found =>
  course.timeWaitEndedByReset
    ? [
        finding('time-wait-ended', {
          ...{about: {connection: id}, frames: sides.map((side) => course.finFrame(side)), facts: {}},
        }),
      ]
    : [];

/**
 * Finds connections with TCP keep-alive probes; probes of a closed window do not count, nor do the ACKs of two FINs that cross, which look
 * the same.
 */
const probed = (connection: ObservedConnection): Found => {
  const {counts, course, id} = connection;
  const count = counts.keepAlives - counts.zeroWindowProbes;
  if (count <= 0 || (course.finsCrossed && count <= sides.length)) return [];
  const frames = counts.zeroWindowProbes > 0 ? [] : connection.notes.frames('keepAlive');
  return [finding('keep-alives', {about: {connection: id}, certainty: 'proved', frames, facts: {count}})];
};

/**
 * Finds an RST outside the window, which its receiver has to ignore (RFC 9293 §3.10.7.4). A late one is reported unless another RST ended
 * the connection.
 */
const strayed = (connection: ObservedConnection): Found => {
  const {client, course, counts, id} = connection;
  if (counts.rst === 0) return [];
  const {strayed: stray} = connection.ending.resets;
  const by = stray && roleOf(stray.side, {client});
  if (!stray || (stray.answers && course.closing(client) === `reset-by-${by}`)) return [];
  const answers = stray.answers?.frame ?? 0;
  return [
    finding('reset-stray', {
      ...{about: {connection: id}, frames: [answers, stray.frame].filter((frame) => frame > 0)},
      facts: {by: by ?? 'client', frame: stray.frame, answers},
    }),
  ];
};

const notesOnEnding = [crossed, waitEnded, probed, strayed];

export const endingNotesOn = (connection: ObservedConnection): Found =>
  notesOnEnding.flatMap((each) => each(connection));
