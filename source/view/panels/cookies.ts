// The panel of browsers' cookies and servers' sessions, and of which cookies the next request would carry.

import {spaced} from '../../lesson/text.ts';
import {cookieTexts, cookieWords, verdictTexts} from '../../words/catalogue/cookies.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {selectedLine} from '../../words/catalogue/why.ts';
import {asSentence} from '../../words/spoken.ts';
import {spokenList, spokenText} from '../../words/spoken-text.ts';
import {repeated} from '../../words/width.ts';
import {accent, changed, muted, plain, type Style} from '../canvas.ts';
import {
  type CookieLine,
  hasCookies,
  type JarScene,
  jarScenes,
  type SessionLine,
  type SessionScene,
  sessionScenes,
} from '../http/cookies.ts';
import type {Pane} from '../pane.ts';
import {definePanel, upDownKeys, wayOf} from '../panel.ts';
import {type RowOwn, rowMoved, rowSubject, subjectsIn} from '../row-cursor.ts';
import type {Subject} from '../subject.ts';
import {type Column, indent, titledTable} from '../table.ts';
import type {View} from '../view.ts';

// The functions below draw browsers' cookies and servers' sessions as tables: beside each other if there is room, otherwise below each
// other.

/**
 * The least numbers of columns at which a cookie takes one line, and at which the tables of cookies and of sessions are beside each other;
 * then the share of the columns for the cookies.
 */
const wideColumns = 92;
const besideColumns = 150;
const jarShare = 0.64;
/**
 * The least number of columns at which all parts of a web session are shown; with fewer, only its id, its user and its remaining time are.
 */
const roomyColumns = 60;

/** The number of columns for time and verdict beside a cookie's name and value, with the blanks. */
const besidePair = 30;

/** A row of the panel; `entry` is set if it is a cookie or a session, which is counted if it does not fit. */
type Row = {
  readonly text: string;
  readonly style: Style;
  readonly entry?: true;
  readonly changed?: boolean;
  readonly subject?: Subject;
};

const pairOf = ({name, value}: CookieLine): string => `${name}=${value}`;

const verdictOf = ({verdict}: CookieLine, {language, glyphs}: Pane): string => {
  if (verdict === 'unknown') return '';
  return `${verdict === 'sent' ? glyphs.right : glyphs.none} ${verdictTexts[verdict][language]}`;
};

/** Returns the row with the Cookie field that a request for the present URL would have; empty if no URL has been asked for. */
const fieldRow = ({url, lines}: JarScene, {language}: Pane): readonly Row[] => {
  if (url === undefined) return [];
  const sent = lines.filter(({verdict}) => verdict === 'sent').map(pairOf);
  const field =
    sent.length === 0
      ? cookieWords.withoutField[language]({url})
      : cookieWords.withField[language]({url, pairs: sent.join('; ')});
  return [{text: `${repeated(' ', indent)}${field}`, style: muted}];
};

const jarColumns = (pane: Pane): readonly Column<CookieLine>[] => {
  const {language, columns} = pane;
  const wide = columns >= wideColumns;
  const pair = {
    head: '',
    read: (line: CookieLine) => pane.plain(pairOf(line)),
    most: wide ? 26 : Math.max(8, Math.min(22, columns - besidePair)),
  };
  const left = {
    head: cookieTexts.left[language],
    read: (line: CookieLine) => line.left,
    atEnd: true,
  } as const;
  const verdict = {
    head: cookieTexts.verdict[language],
    read: (line: CookieLine) => pane.plain(verdictOf(line, pane)),
  };
  if (!wide) return [pair, left, verdict];
  return [
    pair,
    {head: cookieTexts.domain[language], read: ({domain}) => domain, most: 20},
    {head: cookieTexts.path[language], read: ({path}) => path, most: 10},
    left,
    {head: cookieTexts.flags[language], read: ({flags}) => flags.join(' '), most: 29},
    verdict,
  ];
};

type Tabled<Line> = {
  readonly title: string;
  readonly columns: readonly Column<Line>[];
  readonly lines: readonly Line[];
  /** Tells whether a cookie or a session, as a line of a table, has expired. */
  readonly isOver: (line: Line) => boolean;
  readonly below: (line: Line) => readonly Row[];
};

/**
 * Returns the rows of a table of cookies or sessions: its title with the heads of the columns, and the rows of each entry; a table without
 * entries says so.
 */
const tableRows = <Line extends Pick<CookieLine, 'changed' | 'subject'>>(
  {title, columns, lines, isOver, below}: Tabled<Line>,
  {language, glyphs, headStyle}: Pane,
): readonly Row[] => {
  if (lines.length === 0) return [{text: cookieWords.holdsNone[language]({title}), style: headStyle}];
  const [head = '', ...texts] = titledTable(title, columns, {lines, ellipsis: glyphs.ellipsis});
  return [
    {text: head, style: headStyle},
    ...lines.flatMap((line, index): readonly Row[] => {
      const style = line.changed ? changed : isOver(line) ? muted : plain;
      const text = texts[index] ?? '';
      return [{text, style, changed: line.changed, entry: true, subject: line.subject}, ...below(line)];
    }),
  ];
};

const jarRows = (scene: JarScene, pane: Pane): readonly Row[] => {
  const title = spaced(cookieWords.jarOf[pane.language]({host: scene.host}));
  const isWide = pane.columns >= wideColumns;
  const below = ({domain, path, flags}: CookieLine): readonly Row[] => [
    {text: `${repeated(' ', 2 * indent)}${[domain, path, ...flags].join('  ')}`, style: muted},
  ];
  const {lines} = scene;
  const table = {title, lines, columns: jarColumns(pane), isOver: () => false};
  return [...tableRows({...table, below: isWide ? () => [] : below}, pane), ...fieldRow(scene, pane)];
};

const sessionColumns = (pane: Pane): readonly Column<SessionLine>[] => {
  const {language, columns} = pane;
  const few: readonly Column<SessionLine>[] = [
    {head: '', read: ({id}) => pane.plain(id)},
    {head: cookieTexts.user[language], read: ({user}) => user, most: 10},
    {
      head: cookieTexts.idle[language],
      read: ({left, expired}) => (expired ? cookieTexts.expired[language] : left),
      atEnd: true,
    },
  ];
  if (columns < roomyColumns) return few;
  return [
    ...few,
    {head: cookieTexts.requests[language], read: ({requests}) => requests, atEnd: true},
    {
      head: cookieTexts.heldBy[language],
      read: ({heldBy}) =>
        heldBy.length === 0 ? cookieTexts.nobody[language] : heldBy.join(punctuation.listComma[language]),
      most: 20,
    },
  ];
};

const sessionRows = ({host, lines}: SessionScene, pane: Pane): readonly Row[] => {
  const title = spaced(cookieWords.sessionsOf[pane.language]({host}));
  const isOver = ({expired}: SessionLine): boolean => expired;
  return tableRows({title, lines, columns: sessionColumns(pane), isOver, below: () => []}, pane);
};

/**
 * Returns the rows of a table of cookies or sessions that fit in `room`, and how many entries are left out. The rows after the last entry
 * are left out first.
 */
const fitted = (
  rows: readonly Row[],
  room: number,
): {readonly shown: readonly Row[]; readonly left: number} => {
  const least = rows.findLastIndex(({entry}) => entry === true) + 1;
  if (rows.length <= room || least <= room) return {shown: rows.slice(0, room), left: 0};
  const shown = rows.slice(0, Math.max(0, room - 1));
  const count = (all: readonly Row[]): number => all.filter(({entry}) => entry === true).length;
  return {shown, left: count(rows) - count(shown)};
};

/** Returns a table's rows without so many of the first that the row of the selected cookie or session is among the first `room`. */
const scrolled = (rows: readonly Row[], room: number, selected: Subject | undefined): readonly Row[] => {
  const marked = rows.findIndex(({subject}) => subject !== undefined && subject === selected);
  return marked < room - 1 ? rows : rows.slice(marked - Math.max(0, room - 2));
};

const putRows = (pane: Pane, rows: readonly Row[], selected: Subject | undefined): void => {
  const {glyphs, language} = pane;
  const room = Math.max(0, pane.rows);
  const {shown, left} = fitted(scrolled(rows, room, selected), room);
  for (const [index, row] of shown.entries()) {
    pane.put(index, 0, row.changed ? `${row.text} ${glyphs.changed}` : row.text, row.style);
    if (row.subject && row.subject === selected) pane.put(index, 0, glyphs.selected, accent);
  }
  if (left > 0)
    pane.put(shown.length, indent, `${glyphs.more} ${cookieWords.more[language]({count: left})}`, muted);
};

/** Draws the tables of cookies and of sessions; `row` is the selected row, counted over all cookies and then all sessions. */
const putCookies = (pane: Pane, view: View, row: RowOwn): void => {
  const {rows, columns} = pane;
  const beside = columns >= besideColumns;
  const left = pane.part({columns: beside ? Math.floor(columns * jarShare) : columns});
  const right = beside ? pane.part({column: left.columns + indent}) : pane;
  const jars = jarScenes(view).flatMap((scene) => jarRows(scene, left));
  const sessions = sessionScenes(view).flatMap((scene) => sessionRows(scene, right));
  const subjects = [...jars, ...sessions].flatMap(({subject}) => subject ?? []);
  const selected = rowSubject(subjects, row);
  if (beside) {
    putRows(left, jars, selected);
    putRows(right, sessions, selected);
    return;
  }
  // The table of sessions gets at least half of the rows, if it needs them, and whatever the cookies leave.
  const below = Math.min(sessions.length, Math.max(Math.floor(rows / 2), rows - jars.length));
  const above = rows - below;
  const blank = jars.length < above ? 1 : 0;
  putRows(pane.part({rows: above}), jars, selected);
  putRows(pane.part({row: Math.min(above, jars.length) + blank}), sessions, selected);
};

const cookieSentence = (line: CookieLine, {language}: View): string => {
  const {name, value, domain, path, verdict, left, persistent} = line;
  const time = persistent
    ? cookieWords.spoken.left[language]({time: spokenText(left, language)})
    : cookieWords.spoken.leftOnClose[language];
  const known = cookieWords.spoken.cookie[language]({
    name,
    value: spokenText(value, language),
    scope: cookieWords.spoken.scope[language]({domain, path}),
    left: time,
  });
  if (verdict === 'unknown') return known;
  const fate =
    verdict === 'sent'
      ? cookieWords.spoken.sent[language]
      : cookieWords.spoken.withheld[language]({reason: verdictTexts[verdict][language]});
  return `${known}${punctuation.comma[language]}${fate}`;
};

const sessionSentence = ({id, user, left, expired, heldBy}: SessionLine, {language}: View): string => {
  const time = expired
    ? cookieTexts.expired[language]
    : cookieWords.spoken.left[language]({time: spokenText(left, language)});
  const held = heldBy.length === 0 ? cookieTexts.nobody[language] : spokenList(heldBy, language);
  return `${cookieWords.spoken.session[language]({id, withUser: user !== '', user, left: time})}${punctuation.comma[language]}${cookieWords.spoken.heldBy[language]({hosts: held})}`;
};

/** Returns sentences for a screen reader on each cookie and whether the next request would carry it, and on each session. */
const spokenCookies = (view: View, own: RowOwn): readonly string[] => {
  const {language} = view;
  const [jarsNow, sessionsNow] = [jarScenes(view), sessionScenes(view)];
  const selected = rowSubject(subjectsIn([...jarsNow, ...sessionsNow]), own);
  const marked = (subject: Subject, line: string): string =>
    subject === selected ? selectedLine[language]({line}) : line;
  const told = (title: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [cookieWords.holdsNone[language]({title})] : [title, ...lines];
  const jars = jarsNow.flatMap(({host, lines}) =>
    told(
      cookieWords.jarOf[language]({host}),
      lines.map((line) => marked(line.subject, cookieSentence(line, view))),
    ),
  );
  const sessions = sessionsNow.flatMap(({host, lines}) =>
    told(
      cookieWords.sessionsOf[language]({host}),
      lines.map((line) => marked(line.subject, sessionSentence(line, view))),
    ),
  );
  return [...jars, ...sessions].map((line) => asSentence(line, language));
};

/**
 * Matches the narration's values that the cookies panel shows, such as `shop.sessions.count`, `browser.jar("shop.example.com").size` and
 * the two header fields.
 */
const value = /^(\w+\.)?(jar|sessions)\b|^http\.(set_)?cookie$/;

const subjectsOf = (view: View): readonly Subject[] =>
  subjectsIn([...jarScenes(view), ...sessionScenes(view)]);

export const cookiesPanel = definePanel<RowOwn>({
  name: 'cookies',
  title: cookieTexts.title,
  start: undefined,
  keys: [upDownKeys(cookieTexts.keys)],
  command: (view, own, command) => rowMoved(subjectsOf(view), own, wayOf(command)),
  subject: (view, own) => rowSubject(subjectsOf(view), own),
  shows: value,
  isAvailable: hasCookies,
  leads: hasCookies,
  least: {columns: 34, rows: 5},
  best: {columns: 112, rows: 12},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenCookies,
  put: putCookies,
});
