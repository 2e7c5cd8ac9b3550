// The keys of the page for looking things up, and what they do.
import type {Ranking} from '../view/search/ranking.ts';
import {searchRows} from '../view/search/search-screen.ts';
import {type Findable, markedIn, startSearch, typedInto} from '../view/search/search-state.ts';
import type {AppState, Effect, Outcome} from './app-state.ts';
import type {Action} from './key-entry.ts';
import {begin, only} from './leaving.ts';
import {pressInLine} from './line-keys.ts';
import {movedMark} from './list-moves.ts';
import type {Press} from './player.ts';

const effectOf = (found: Findable, lesson: string): Effect => {
  if (found.kind === 'lesson') return {kind: 'open', lesson};
  if (found.counter) return {kind: 'openCounter', misconception: found.id.slice('belief:'.length)};
  return {kind: 'openFound', found};
};

/** Tells whether the search page can be opened now: not in an exam, in a presentation, or while something is being opened. */
export const canSearch = ({search, opening, screen, quiz, preferences}: AppState): boolean =>
  search !== undefined &&
  opening === undefined &&
  screen !== 'search' &&
  preferences.presented !== true &&
  !(screen === 'quiz' && quiz?.state.info.mode === 'exam' && quiz.state.phase !== 'result');

/** Opens the search page with an empty line, over the screen to which the reader comes back. */
export const beginSearch = (state: AppState): Outcome => {
  if (!canSearch(state)) return only(state);
  const {screen, player, underPlayer, search, underSearch, help} = state;
  const beneath = {screen, player, underPlayer, search, underSearch, help};
  return {
    state: {
      ...state,
      screen: 'search',
      help: false,
      search: startSearch(search?.ranking),
      underSearch: beneath,
    },
    effects: [{kind: 'search'}],
  };
};

/** Returns the state with what the search can find, once that is loaded, and the results for what has been typed meanwhile. */
export const searchFilled = (state: AppState, ranking: Ranking<Findable>): AppState =>
  state.search === undefined || state.search.ranking === ranking
    ? state
    : {...state, search: typedInto(ranking, state.search.line)};

export const lessonTitles =
  ({lessons, preferences: {language}}: AppState) =>
  (lesson: string): string =>
    lessons.find(({id}) => id === lesson)?.title[language] ?? lesson;

/** Returns the outcome of a key on the page for looking things up; undefined if the app handles the key. */
export const pressInSearch = (
  state: AppState,
  {key, size}: Press,
  action: Action | undefined,
): Outcome | undefined => {
  const {search, screen} = state;
  if (screen !== 'search' || search === undefined) return undefined;
  const page = Math.max(1, searchRows(size) - 1);
  const row = action && movedMark(action, {marked: search.marked, length: search.found.length, page});
  if (row !== undefined) return only({...state, search: {...search, marked: row}});
  if (action === 'searchOpen') {
    const found = markedIn(search);
    const lesson = found?.opens?.lesson;
    return found === undefined || lesson === undefined
      ? only(state)
      : begin(state, lesson, effectOf(found, lesson));
  }
  if (action !== undefined) return undefined;
  const line = pressInLine(search.line, key);
  return only(
    line === undefined || line === search.line ? state : {...state, search: typedInto(search.ranking, line)},
  );
};
