// Where the reader is in the menu, and what lies behind each row.
import type {Text} from '../lesson/text.ts';
import {type Track, tracks} from '../lesson/tracks.ts';
import type {CapturesPart} from './capture-state.ts';
import type {LearnerNote} from './quiz-round.ts';

/** A lesson as the menu lists it. */
export type LessonEntry = {
  readonly id: string;
  readonly title: Text;
  readonly summary: Text;
  readonly track: Track;
  readonly minutes: number;
};

const menuItems = ['watch', 'lessons', 'capture', 'quiz', 'review', 'settings'] as const;
export type MenuItem = (typeof menuItems)[number];

/** What decides which rows there are. */
type MenuPart = {
  readonly lessons: readonly LessonEntry[];
  /** Absent: answers are not kept. */
  readonly learner?: LearnerNote | undefined;
  /** Absent: no capture can be opened from here. */
  readonly openable?: CapturesPart['openable'];
};

/** Only what works has a row. */
export function menuRows({lessons, learner, openable}: MenuPart): readonly MenuItem[] {
  return menuItems.filter((item) => {
    if (item === 'settings') return true;
    if (item === 'capture') return openable !== undefined;
    return lessons.length > 0 && (learner !== undefined || (item !== 'quiz' && item !== 'review'));
  });
}

export type MenuState = {
  /** The list that has the keys: the entries, the tracks left, or the lessons right. */
  readonly level: 'main' | 'tracks' | 'lessons';
  readonly item: MenuItem;
  readonly track: Track | undefined;
  readonly lesson: string | undefined;
};

export type MenuTarget =
  | {readonly kind: 'lesson'; readonly id: string}
  | {readonly kind: 'settings'}
  | {readonly kind: 'captures'}
  | {readonly kind: 'quiz'}
  | {readonly kind: 'page'}
  | {readonly kind: 'menu'; readonly menu: MenuState};

type TrackRow = {readonly track: Track; readonly lessons: readonly LessonEntry[]};

/** Tracks that have lessons, in the order of the curriculum. */
export function trackRows(lessons: readonly LessonEntry[]): readonly TrackRow[] {
  return tracks
    .map((track) => ({track, lessons: lessons.filter((lesson) => lesson.track === track)}))
    .filter((row) => row.lessons.length > 0);
}

/** The lesson of “Watch a handshake”. */
export function firstLesson(lessons: readonly LessonEntry[]): LessonEntry | undefined {
  return lessons.find(({id}) => id === 'handshake') ?? lessons[0];
}

export function initialMenu(lessons: readonly LessonEntry[]): MenuState {
  const [first] = trackRows(lessons);
  return {
    level: 'main',
    item: menuRows({lessons})[0] ?? 'settings',
    track: first?.track,
    lesson: first?.lessons[0]?.id,
  };
}

export function lessonsOf(menu: MenuState, lessons: readonly LessonEntry[]): readonly LessonEntry[] {
  return trackRows(lessons).find(({track}) => track === menu.track)?.lessons ?? [];
}

/** The mark goes to another track: its first lesson is the one that would open. */
export function markTrack(menu: MenuState, track: Track, lessons: readonly LessonEntry[]): MenuState {
  return {...menu, track, lesson: lessonsOf({...menu, track}, lessons)[0]?.id};
}

/** What `enter` or `→` leads to. */
export function menuForward(menu: MenuState, lessons: readonly LessonEntry[]): MenuTarget | undefined {
  if (menu.level === 'tracks') return {kind: 'menu', menu: {...menu, level: 'lessons'}};
  if (menu.level === 'lessons')
    return menu.lesson === undefined ? undefined : {kind: 'lesson', id: menu.lesson};
  if (menu.item === 'settings') return {kind: 'settings'};
  if (menu.item === 'capture') return {kind: 'captures'};
  if (menu.item === 'quiz') return {kind: 'quiz'};
  if (menu.item === 'review') return {kind: 'page'};
  if (menu.item === 'lessons') return {kind: 'menu', menu: {...menu, level: 'tracks'}};
  const first = firstLesson(lessons);
  return first === undefined ? undefined : {kind: 'lesson', id: first.id};
}

/** The lesson whose row has the mark, where answers are kept. */
export function checkableRow(menu: MenuState, learner: LearnerNote | undefined): string | undefined {
  return menu.level === 'lessons' && learner !== undefined ? menu.lesson : undefined;
}

export function menuBack(menu: MenuState): MenuState {
  return {...menu, level: menu.level === 'lessons' ? 'tracks' : 'main'};
}
