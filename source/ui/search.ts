// The keys of the page for looking things up, and what they do.
import {searchRows} from '../view/search/search-screen.ts';
import {type Findable, markedIn, type Opens, startSearch, typedInto} from '../view/search/search-state.ts';
import type {AppState, Effect, Outcome} from './app-state.ts';
import type {Action} from './key-entry.ts';
import {begin, only} from './leaving.ts';
import {pressInLine} from './line-keys.ts';
import {movedMark} from './list-moves.ts';
import type {Press} from './player.ts';

const effectOf = (opens: Opens): Effect => {
  switch (opens.kind) {
    case 'lesson':
      return {kind: 'open', lesson: opens.lesson};
    case 'belief':
      return {kind: 'openCounter', misconception: opens.id};
    case 'sight':
      return {kind: 'openSight', sight: opens};
  }
};

export const searchBegun = (state: AppState, all: readonly Findable[]): AppState => ({
  ...state,
  screen: 'search',
  search: startSearch(all, state.search?.line),
});

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
    const opens = markedIn(search)?.opens;
    return opens === undefined ? only(state) : begin(state, opens.lesson, effectOf(opens));
  }
  if (action !== undefined) return undefined;
  const line = pressInLine(search.line, key);
  return only(
    line === undefined || line === search.line ? state : {...state, search: typedInto(search, line)},
  );
};
