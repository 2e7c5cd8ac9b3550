// Draws the page that lists the challenges, and describes it in sentences for a screen reader.
import {type Language, worded} from '../../lesson/text.ts';
import {
  levelNeeds,
  madeWords,
  challengeListWords as say,
  sortLabels,
} from '../../words/catalogue/challenge-page.ts';
import {progressWords} from '../../words/catalogue/progress.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenText} from '../../words/spoken-text.ts';
import {cut, textWidth, wrap} from '../../words/width.ts';
import {terminal} from '../../words/written.ts';
import {muted, plain} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import {inSentences, type PageLook} from '../list-page.ts';
import {
  firstColumn,
  inSight,
  type ListRow,
  markPiece,
  type Piece,
  quizPage,
  row,
  textColumns,
  toldRow,
} from '../quiz/row.ts';
import type {Line} from '../span.ts';
import {
  type ChallengeEntry,
  type ChallengeRow,
  type ChallengesState,
  challengeRows,
  levelAhead,
  markedChallenge,
  partOf,
  solvedIn,
} from './challenge-list.ts';

type Look = PageLook & {readonly isOpening: boolean};

/**
 * The rows below the list of challenges for the text on the marked one. Their number is the same for every challenge, so that the list does
 * not move.
 */
const toldRows = 3;
/**
 * The width of the gap between two columns of the list of challenges, and the least width for titles; if it is not reached, the other
 * columns are left out.
 */
const [gap, leastTitle] = [2, 20];

const nameOf = (each: ChallengeRow, language: Language): string => {
  if (each.kind === 'fresh') return worded(say.fresh, {sort: each.sort})[language];
  if (each.kind === 'made') return each.id;
  const title = terminal.text((each.kind === 'today' ? each.today : each.entry).title[language]);
  return each.kind === 'today' ? worded(say.today, {title})[language] : title;
};

const isSolved = (each: ChallengeRow): boolean =>
  each.kind === 'today' ? each.today.solved : each.kind !== 'fresh' && each.entry.solved;

const signOf = (each: ChallengeRow, glyphs: Glyphs): string => {
  if (isSolved(each)) return glyphs.done;
  return 'entry' in each && each.entry.tries > 0 ? glyphs.begun : glyphs.toDo;
};

/** Returns the texts at the right of a challenge's row: its sort, its par, and the moves of the learner's best solution. */
const asideOf = (each: ChallengeRow, language: Language): readonly string[] => {
  if (each.kind === 'fresh') return [];
  const sort = sortLabels[each.kind === 'today' ? each.today.sort : each.entry.sort][language];
  if (each.kind === 'today') {
    const {streak} = each.today;
    return [sort, '', streak === 0 ? '' : worded(say.streak, {days: streak})[language]];
  }
  const {best, bestHints = 0} = each.entry;
  const fewest = best === undefined ? '' : worded(say.best, {moves: best, hints: bestHints})[language];
  return [sort, each.kind === 'made' ? '' : worded(say.par, {moves: each.entry.par})[language], fewest];
};

const headingOf = ({list}: ChallengesState, {pack, level}: ChallengeEntry, language: Language): string => {
  const here = list.entries.filter((entry) => partOf(entry) === (pack ?? level));
  const count = {solved: solvedIn(here), of: here.length};
  if (pack !== undefined) return worded(madeWords.pack, {pack: terminal.text(pack), ...count})[language];
  const ahead = levelAhead(list) === level;
  return worded(say.level, {level, needs: levelNeeds[level], ...count, ahead})[language];
};

/** Returns the heading above a challenge's row; undefined if the row above belongs to the same part of the list. */
const headingBefore = (
  state: ChallengesState,
  {each, before}: {readonly each: ChallengeRow; readonly before: ChallengeRow | undefined},
  language: Language,
): string | undefined => {
  if (each.kind === 'today') return undefined;
  if (each.kind !== 'entry') return before?.kind === 'entry' ? say.freshHeading[language] : undefined;
  return before?.kind === 'entry' && partOf(before.entry) === partOf(each.entry)
    ? undefined
    : headingOf(state, each.entry, language);
};

const listOf = (state: ChallengesState, {language, glyphs, columns}: Look): readonly ListRow[] => {
  const rows = challengeRows(state.list);
  const end = Math.min(columns - 1, 100);
  const asides = rows.map((each) => asideOf(each, language));
  const widths = [0, 1, 2].map((at) => Math.max(0, ...asides.map((texts) => textWidth(texts[at] ?? ''))));
  const at = widths.map((_, first) => end - widths.slice(first).reduce((sum, width) => sum + width + gap, 0));
  const [sortAt = end] = at;
  return rows.flatMap((each, index): readonly ListRow[] => {
    const isMarked = index === state.marked;
    const style = {...plain, bold: isMarked};
    const isNarrow = sortAt < firstColumn + leastTitle;
    const aside = (isNarrow ? [] : (asides[index] ?? [])).flatMap((text, place): readonly Piece[] =>
      text === '' ? [] : [{column: at[place] ?? end, text, style: muted}],
    );
    const room = (isNarrow ? end : sortAt) - firstColumn - 4;
    const name = {column: firstColumn + 2, text: cut(nameOf(each, language), room, glyphs.ellipsis), style};
    const sign = {column: firstColumn, text: signOf(each, glyphs), style: isSolved(each) ? plain : muted};
    const heading = headingBefore(state, {each, before: rows[index - 1]}, language);
    return [
      ...(heading === undefined
        ? []
        : [
            ...(index === 0 ? [] : [{pieces: [], isHeading: true} as const]),
            {
              ...row(cut(heading, columns - firstColumn - 1, glyphs.ellipsis), muted),
              isHeading: true,
            } as const,
          ]),
      {pieces: [...(isMarked ? [markPiece(glyphs)] : []), sign, name, ...aside]},
    ];
  });
};

/** Returns the sentence on a row: what its challenge asks for. */
const taskOf = (each: ChallengeRow, language: Language): string => {
  if (each.kind === 'fresh') return say.freshTask[language];
  if (each.kind === 'made') return worded(madeWords.task, {id: each.id})[language];
  const {task} = each.kind === 'today' ? each.today : each.entry;
  return terminal.text((task ?? say.noTask)[language]);
};

export const challengesScreen = (state: ChallengesState, look: Look): readonly Line[] => {
  const {language, rows, columns, note, glyphs, isOpening} = look;
  const list = listOf(state, look);
  const {entries} = state.list;
  const marked = markedChallenge(state);
  const text = isOpening
    ? madeWords.opening[language]
    : marked
      ? taskOf(marked, language)
      : say.none[language];
  const lines = wrap(text, textColumns(columns, language) - 2).slice(0, toldRows);
  const told = Array.from({length: toldRows}, (_, index) =>
    lines[index] === undefined ? {pieces: []} : toldRow(lines[index], glyphs),
  );
  const room = rows - 5 - toldRows - (note === undefined ? 0 : 1);
  const items = list.filter(({isHeading}) => !isHeading);
  const place = items[state.marked];
  const shown = inSight(list, {
    sight: place === undefined ? -1 : list.indexOf(place),
    room,
    more: (sign, count) => `${glyphs[sign]} ${worded(progressWords.more, {count})[language]}`,
  });
  return quizPage(
    {
      title: say.title[language],
      beside: '',
      conditions: worded(say.count, {solved: solvedIn(entries), of: entries.length})[language],
      body: [...shown, {pieces: []}, ...told],
      note,
    },
    look,
  );
};

const rowWords = (each: ChallengeRow, language: Language): string => {
  const solved = isSolved(each) ? [say.solved[language]] : [];
  const parts = [nameOf(each, language), ...solved, ...asideOf(each, language).filter((text) => text !== '')];
  const said = spokenText(parts.join(punctuation.comma[language]), language);
  return `${said}${punctuation.colon[language]}${spokenText(taskOf(each, language), language)}`;
};

export const challengesSentences = (state: ChallengesState, language: Language): readonly string[] => {
  const {entries} = state.list;
  const count = worded(say.count, {solved: solvedIn(entries), of: entries.length})[language];
  const marked = markedChallenge(state);
  return inSentences(
    [
      `${say.title[language]}${punctuation.colon[language]}${count}`,
      ...(marked ? [rowWords(marked, language)] : [say.none[language]]),
    ],
    language,
  );
};

/** Returns the sentence for a screen reader on the challenge that was just marked; empty if the mark has not moved. */
export const challengesNews = (
  before: ChallengesState,
  after: ChallengesState,
  language: Language,
): readonly string[] => {
  const marked = markedChallenge(after);
  if (before.marked === after.marked || marked === undefined) return [];
  return inSentences([rowWords(marked, language)], language);
};
