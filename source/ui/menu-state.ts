// The reader's place in the menu, and what `enter` opens from each row.
import type {Text} from '../lesson/text.ts';
import type {Track} from '../lesson/tracks.ts';
import {lessonAhead, lessonZero} from '../view/quiz/ways-on.ts';
import {type Shelf, shelves} from '../view/shelves.ts';
import type {CapturesPart} from './capture-state.ts';
import type {LessonLeft} from './left-off.ts';
import type {LearnerNote} from './quiz-round.ts';
import {type SettingId, settingIds} from './settings.ts';

/** A lesson as the menu lists it. */
export type LessonEntry = {
  readonly id: string;
  readonly title: Text;
  readonly summary: Text;
  readonly track?: Track;
  /**
   * The name of the lesson pack to which the lesson belongs; absent for a built-in lesson. `keptAs` is the key under which the reader's
   * place in the lesson is stored.
   */
  readonly pack?: string;
  readonly keptAs?: string;
  readonly minutes: number;
  /** The reason for which the lesson cannot be opened, shown below the list; undefined if it can be opened. */
  readonly fault?: Text;
};

const menuItems = [
  'watch',
  'lessons',
  'challenges',
  'capture',
  'quiz',
  'interview',
  'review',
  'settings',
] as const;
/** The menu's entries that are left out if the learner's answers are not stored. */
const ofLearner: readonly string[] = ['quiz', 'interview', 'review'];
export type MenuItem = (typeof menuItems)[number];

/** The part of the app's state that decides which entries the menu has, and what the first one opens. */
type MenuPart = {
  readonly lessons: readonly LessonEntry[];
  /** The facts about the learner; undefined if answers are not stored. */
  readonly learner?: LearnerNote | undefined;
  /** The lesson that the reader left last, and how far he had come; undefined if there is none. */
  readonly left?: LessonLeft | undefined;
  /** Set if captures can be opened from the menu; otherwise the menu has no entry for that. */
  readonly openable?: CapturesPart['openable'];
};

/** Returns the menu's entries; one that would not work is left out. */
export function menuRows({lessons, learner, openable}: MenuPart): readonly MenuItem[] {
  return menuItems.filter((item) => {
    if (item === 'settings') return true;
    if (item === 'capture') return openable !== undefined;
    if (item === 'challenges') return learner?.challenges !== undefined;
    return lessons.length > 0 && (learner !== undefined || !ofLearner.includes(item));
  });
}

/** A row of the menu or of Settings. */
export type Mark =
  | {readonly kind: 'item'; readonly item: MenuItem}
  | {readonly kind: 'track'; readonly shelf: Shelf<LessonEntry>}
  | {readonly kind: 'lesson'; readonly lesson: LessonEntry}
  | {readonly kind: 'setting'; readonly id: SettingId};

export type MenuState = {
  /** The list of the menu that has the keys: the entries (`main`), the tracks at the left, or the lessons at the right. */
  readonly level: 'main' | 'tracks' | 'lessons';
  readonly item: MenuItem;
  /** The key of the marked track or lesson pack in the menu; undefined without lessons. */
  readonly track: string | undefined;
  readonly lesson: string | undefined;
};

type ListsPart = MenuPart & {
  readonly screen: string;
  readonly menu: MenuState;
  /** The setting whose row is marked in Settings. */
  readonly setting: SettingId;
};

export type MenuTarget =
  | {readonly kind: 'lesson'; readonly id: string; readonly challenge?: true}
  | {readonly kind: 'settings'}
  | {readonly kind: 'captures'}
  | {readonly kind: 'challenges'}
  | {readonly kind: 'quiz'}
  | {readonly kind: 'interview'}
  | {readonly kind: 'page'}
  | {readonly kind: 'menu'; readonly menu: MenuState};

/** Returns how many lessons can be opened, and in how many tracks they are. */
export const counted = (lessons: readonly LessonEntry[]) => ({
  lessons: lessons.filter(({fault}) => fault === undefined).length,
  tracks: shelves(lessons).length,
});

/**
 * Returns the lesson that the menu's first entry opens: the one that the reader left last, otherwise the first that is not finished;
 * `isZero` if that is lesson zero and the learner has finished none. undefined without lessons.
 */
export function firstLesson({
  lessons,
  learner,
  left: place,
}: Pick<MenuPart, 'lessons' | 'learner' | 'left'>):
  | {readonly lesson: LessonEntry; readonly isZero: boolean; readonly left?: LessonLeft}
  | undefined {
  const begun = place && lessons.find(({id}) => id === place.lesson);
  if (begun) return {lesson: begun, isZero: false, left: place};
  // Only finished lessons count, so a learner who has just answered quiz questions is still a newcomer.
  const lesson = lessonAhead(lessons, (id) => learner?.lessons.get(id)?.finished === true) ?? lessons[0];
  const isNew = !lessons.some(({id}) => learner?.lessons.get(id)?.finished === true);
  return lesson && {lesson, isZero: isNew && lesson.id === lessonZero};
}

/** Returns the menu as it is at first: with the list of entries, or with the lessons of the track (or pack) whose key is `track`. */
export function initialMenu(lessons: readonly LessonEntry[], track?: string): MenuState {
  const all = shelves(lessons);
  const wanted = all.find(({key}) => key === track);
  const first = wanted ?? all[0];
  return {
    level: wanted ? 'lessons' : 'main',
    item: wanted ? 'lessons' : (menuRows({lessons})[0] ?? 'settings'),
    track: first?.key,
    lesson: first?.lessons[0]?.id,
  };
}

export const shelfAt = (menu: MenuState, lessons: readonly LessonEntry[]): Shelf<LessonEntry> | undefined =>
  shelves(lessons).find(({key}) => key === menu.track);

export function lessonsOf(menu: MenuState, lessons: readonly LessonEntry[]): readonly LessonEntry[] {
  return shelfAt(menu, lessons)?.lessons ?? [];
}

/** Returns the rows of the list that has the keys, in the menu or in Settings, and the index of the marked one. */
export function markable(state: ListsPart): {readonly rows: readonly Mark[]; readonly marked: number} {
  const {lessons, menu, screen, setting} = state;
  if (screen === 'settings')
    return {rows: settingIds.map((id) => ({kind: 'setting', id})), marked: settingIds.indexOf(setting)};
  if (menu.level === 'main') {
    const items = menuRows(state);
    return {rows: items.map((item) => ({kind: 'item', item})), marked: items.indexOf(menu.item)};
  }
  if (menu.level === 'tracks') {
    const found = shelves(lessons);
    return {
      rows: found.map((shelf) => ({kind: 'track', shelf})),
      marked: found.findIndex(({key}) => key === menu.track),
    };
  }
  const within = lessonsOf(menu, lessons);
  return {
    rows: within.map((lesson) => ({kind: 'lesson', lesson})),
    marked: within.findIndex(({id}) => id === menu.lesson),
  };
}

/** Returns the state with the mark on another row. If that is a track, its first lesson becomes the marked one. */
export function markMoved<State extends ListsPart>(state: State, to: Mark): State {
  const {menu} = state;
  switch (to.kind) {
    case 'item':
      return {...state, menu: {...menu, item: to.item}};
    case 'track':
      return {...state, menu: {...menu, track: to.shelf.key, lesson: to.shelf.lessons[0]?.id}};
    case 'lesson':
      return {...state, menu: {...menu, lesson: to.lesson.id}};
    case 'setting':
      return {...state, setting: to.id};
  }
}

/** Returns what `enter` or `→` opens from the menu's marked row; undefined if it opens nothing. */
export function menuForward({
  menu,
  lessons,
  learner,
  left,
}: Pick<ListsPart, 'menu' | 'lessons' | 'learner' | 'left'>): MenuTarget | undefined {
  if (menu.level === 'tracks') return {kind: 'menu', menu: {...menu, level: 'lessons'}};
  if (menu.level === 'lessons') {
    const lesson = lessons.find(({id}) => id === menu.lesson);
    // A lesson with a fault cannot be opened; the reason is shown below the list.
    return lesson && !lesson.fault ? {kind: 'lesson', id: lesson.id} : undefined;
  }
  if (menu.item === 'settings') return {kind: 'settings'};
  if (menu.item === 'capture') return {kind: 'captures'};
  if (menu.item === 'challenges') return {kind: 'challenges'};
  if (menu.item === 'quiz') return {kind: 'quiz'};
  if (menu.item === 'interview') return {kind: 'interview'};
  if (menu.item === 'review') return {kind: 'page'};
  if (menu.item === 'lessons') return {kind: 'menu', menu: {...menu, level: 'tracks'}};
  if (learner?.tried) return {kind: 'lesson', id: learner.tried.id, challenge: true};
  const first = firstLesson({lessons, learner, left});
  return first === undefined ? undefined : {kind: 'lesson', id: first.lesson.id};
}

/**
 * Returns the id of the lesson that is marked in the menu, so that its check can begin; undefined outside the list of lessons, or if
 * answers are not stored.
 */
export function checkableRow(menu: MenuState, learner: LearnerNote | undefined): string | undefined {
  return menu.level === 'lessons' && learner !== undefined ? menu.lesson : undefined;
}

/** Tells whether the menu's entry for the quiz is marked, where a key begins a quiz about all lessons. */
export const marksQuiz = ({level, item}: MenuState): boolean => level === 'main' && item === 'quiz';

export function menuBack(menu: MenuState): MenuState {
  return {...menu, level: menu.level === 'lessons' ? 'tracks' : 'main'};
}
