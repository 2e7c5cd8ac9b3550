// Tells whether a challenge offers a move to the learner, and why it refuses one.
import type {Fault} from '../sim/fault.ts';
import {challengeCheckSentences} from '../words/catalogue/challenge-check.ts';
import type {Challenge} from './lesson.ts';
import type {Move} from './move.ts';
import {moveText} from './move-text.ts';
import {type Problem, problemWith} from './problem.ts';

/** Matches a setting's place, or a pattern for all places below one: `path.delay`, `server.tcp.*`. */
export const placeShape = /^[a-z][A-Za-z0-9_]*(\.[A-Za-z0-9_-]+)*\.([A-Za-z0-9_-]+|\*)$/;

/** Tells whether a word in a challenge's offer, such as `path.delay` or `server.tcp.*`, covers the place of a setting. */
export const covers = (word: string, place: string): boolean =>
  word === place || (word.endsWith('*') && place.startsWith(word.slice(0, -1)));

/** Tells whether a challenge offers the kind of a move: its fault, call or setting, or the learner's own segments. */
export const isOffered = ({offer}: Challenge, move: Move): boolean => {
  if (move.kind === 'fault') return offer.faults.includes(move.fault.kind);
  if (move.kind === 'answer') return offer.answers === true;
  if (move.kind === 'call') return offer.calls.includes(move.action.call);
  const {place} = move.setting;
  return offer.settings.some((each) => covers(each, place));
};

/** Returns the words of a challenge's `offer` as in its lesson file. */
const offerWords = ({offer: {calls, faults, settings, answers}}: Challenge): readonly string[] => [
  ...calls,
  ...faults,
  ...settings,
  ...(answers ? ['answer'] : []),
];

/** Tells whether a fault affects exactly one packet: the one with a number, or with a position among those that match. */
const isOfOne = ({at: {packet, nth}}: Fault): boolean =>
  packet !== undefined || (nth !== undefined && nth.last === nth.first);

/**
 * Returns why a challenge refuses a move; undefined if it accepts it. A fault has to affect exactly one packet, because it counts as one
 * move.
 */
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
