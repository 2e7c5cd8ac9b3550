// The page that lists the challenges: its keys, and what they do.
import {challengeRows, markedChallenge} from '../view/challenge/challenge-list.ts';
import type {AppState, Outcome} from './app-state.ts';
import type {Action} from './key-entry.ts';
import {begin, only} from './leaving.ts';
import {movedMark} from './list-moves.ts';
import type {Press} from './player.ts';

/** The number of screen rows that the list of challenges does not take; a page key moves by the rest. */
const otherRows = 9;

/** Returns the outcome of a key on the page that lists the challenges; undefined if the app handles the key. */
export const pressInChallenges = (
  state: AppState,
  {size}: Press,
  action: Action | undefined,
): Outcome | undefined => {
  const {challenges} = state;
  if (challenges === undefined || action === undefined) return undefined;
  const {list, marked} = challenges;
  const page = Math.max(1, size.rows - otherRows);
  const moved = movedMark(action, {marked, length: challengeRows(list).length, page});
  if (moved !== undefined) return only({...state, challenges: {list, marked: moved}});
  if (action !== 'challengeOpen') return undefined;
  const row = markedChallenge(challenges);
  if (row === undefined) return only(state);
  const {id} = row;
  return begin(
    state,
    id,
    row.kind === 'fresh' ? {kind: 'openFresh', sort: row.sort} : {kind: 'open', lesson: id, challenge: true},
  );
};
