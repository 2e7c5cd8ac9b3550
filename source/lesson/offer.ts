// What a challenge lets the learner change: whether a move is on offer, and the offer in words.
import type {Challenge} from './lesson.ts';
import type {Move} from './move.ts';

/** The form of a setting's place, or of all places below one: `path.delay`, `server.tcp.*`. */
export const placeShape = /^[a-z][A-Za-z0-9_]*(\.[A-Za-z0-9_-]+)*\.([A-Za-z0-9_-]+|\*)$/;

/** Tells whether a move is one of those on offer. */
export const isOffered = ({offer}: Challenge, move: Move): boolean => {
  if (move.kind === 'fault') return offer.faults.includes(move.fault.kind);
  if (move.kind === 'answer') return offer.answers === true;
  if (move.kind === 'call') return offer.calls.includes(move.action.call);
  const {place} = move.setting;
  return offer.settings.some(
    (each) => each === place || (each.endsWith('*') && place.startsWith(each.slice(0, -1))),
  );
};

/** Returns the words of the offer, as a lesson file has them. */
export const offerWords = ({offer: {calls, faults, settings, answers}}: Challenge): readonly string[] => [
  ...calls,
  ...faults,
  ...settings,
  ...(answers ? ['answer'] : []),
];
