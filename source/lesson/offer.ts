// Tells whether a challenge offers a move to the learner, and why it refuses one.
import type {Fault} from '../sim/fault.ts';
import {challengeCheckSentences} from '../words/catalogue/challenge-check.ts';
import type {Challenge} from './lesson.ts';
import type {Move} from './move.ts';
import {moveText} from './move-text.ts';
import {type Problem, problemWith} from './problem.ts';

/** The form of a setting's place, or of all places below one: `path.delay`, `server.tcp.*`. */
export const placeShape = /^[a-z][A-Za-z0-9_]*(\.[A-Za-z0-9_-]+)*\.([A-Za-z0-9_-]+|\*)$/;

/** Tells whether a word of the offer, such as `path.delay` or `server.tcp.*`, means a place. */
export const covers = (word: string, place: string): boolean =>
  word === place || (word.endsWith('*') && place.startsWith(word.slice(0, -1)));

/** Tells whether a move is one of those on offer. */
export const isOffered = ({offer}: Challenge, move: Move): boolean => {
  if (move.kind === 'fault') return offer.faults.includes(move.fault.kind);
  if (move.kind === 'answer') return offer.answers === true;
  if (move.kind === 'call') return offer.calls.includes(move.action.call);
  const {place} = move.setting;
  return offer.settings.some((each) => covers(each, place));
};

/** Returns the words of the offer, as a lesson file has them. */
const offerWords = ({offer: {calls, faults, settings, answers}}: Challenge): readonly string[] => [
  ...calls,
  ...faults,
  ...settings,
  ...(answers ? ['answer'] : []),
];

/** Tells whether a fault concerns one packet: by its number, or by its position among those that match. */
const isOfOne = ({at: {packet, nth}}: Fault): boolean =>
  packet !== undefined || (nth !== undefined && nth.last === nth.first);

/** Returns why a challenge does not take a move; undefined if it does. A fault is one move, so it concerns one packet. */
export const refusedMove = (challenge: Challenge, move: Move): Problem | undefined => {
  if (!isOffered(challenge, move))
    return problemWith(challengeCheckSentences.notOffered, {
      move: moveText(move),
      offer: offerWords(challenge),
    });
  return move.kind === 'fault' && !isOfOne(move.fault)
    ? problemWith(challengeCheckSentences.onePacket, {move: moveText(move)})
    : undefined;
};
