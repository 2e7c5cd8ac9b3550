// Findings about how TCP connections end, or are forgotten by an end or a middlebox.
import type {ObservedConnection} from '../observe/observed-connection.ts';
import {breakFindings} from './breaks.ts';
import {crowdsIn} from './crowds.ts';
import {endingNotesOn} from './ending-notes.ts';
import type {Evidence} from './evidence.ts';
import {connectionOf, type Finding, finding} from './finding.ts';
import type {EndingId} from './ids.ts';
import {movedFindings} from './moved.ts';
import {isOpened, roleOf} from './sides.ts';
import {silenceFindings} from './silences.ts';

/**
 * Finds a connection whose SYN revealed an older one between the same ports that only the other end still had, and that was then reset (RFC
 * 9293 §3.5.1).
 */
const olderFindings = ({
  older,
  client,
  before,
  id,
  firstFrame,
  ends,
}: ObservedConnection): readonly Finding<EndingId>[] => {
  if (older.challengeFrame === 0 || older.resetFrame === 0) return [];
  const {address, port} = ends[client];
  const at = before?.ends.findIndex((each) => each.address === address && each.port === port) === 1 ? 1 : 0;
  const by = before ? roleOf(at, before) : 'client';
  return [
    finding('reset-half-open', {
      ...{about: {connection: before?.id ?? id}, where: by},
      frames: [firstFrame, older.challengeFrame, older.resetFrame],
      rivals: [{id: 'reset-forged', open: false, by: [older.challengeFrame]}],
      facts: {by, frame: older.resetFrame, asked: older.challengeFrame, quietUs: 0, known: true, older: id},
    }),
  ];
};

export const endingFindings = (evidence: Evidence): readonly Finding<EndingId>[] => {
  const {connections} = evidence;
  const {members} = crowdsIn(evidence);
  const moved = movedFindings(evidence);
  const told = new Set(moved.map(connectionOf));
  return [
    ...moved,
    ...connections.flatMap((each) => {
      const older = olderFindings(each);
      if (members.has(each) || told.has(each.id) || !isOpened(each)) return older;
      return [
        ...older,
        ...endingNotesOn(each),
        ...breakFindings(each),
        ...(each.counts.rst > 0 && each.ending.lastStand.breakOff ? [] : silenceFindings(each, evidence)),
      ];
    }),
  ];
};
