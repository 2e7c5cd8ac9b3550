// The list of challenges: what to go on with, what stays marked, and that it fits every screen.
import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {worded} from '../../source/lesson/text.ts';
import {
  type ChallengeEntry,
  type ChallengeList,
  challengeAhead,
  challengeRows,
  challengesState,
  levelAhead,
  markedChallenge,
} from '../../source/view/challenge/challenge-list.ts';
import {challengesScreen} from '../../source/view/challenge/challenge-list-screen.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {challengeListWords} from '../../source/words/catalogue/challenge-page.ts';
import {languages} from '../../source/words/catalogue/language.ts';
import {textWidth} from '../../source/words/width.ts';
import {sizesTried} from './sizes.ts';

const entry = (id: string, level: 1 | 2 | 3, change: Partial<ChallengeEntry> = {}): ChallengeEntry => ({
  ...{id, level, sort: 'make', par: 1, lesson: 'teardown', solved: false, tries: 0},
  title: everywhere({en: `title of ${id}`, zh: `标题 ${id}`}),
  ...change,
});
const listOf = (...entries: readonly ChallengeEntry[]): ChallengeList => ({entries, made: []});
const solved = {solved: true, best: 1, bestHints: 2};
const done = {solved: false, tries: 1};

test('the level to go on with is the first of which no more than half is solved', () => {
  const [a, b, c] = [entry('a', 1), entry('b', 1), entry('c', 2)];
  expect(levelAhead(listOf(a, b, c))).toBe(1);
  expect(levelAhead(listOf({...a, ...solved}, b, c))).toBe(1);
  expect(levelAhead(listOf({...a, ...solved}, {...b, ...solved}, c))).toBe(2);
  const d = entry('d', 1);
  expect(levelAhead(listOf({...a, ...solved}, {...b, ...solved}, d, c))).toBe(2);
  expect(levelAhead(listOf({...a, ...solved}))).toBeUndefined();
});

test('the next challenge is unsolved, of that level, and not the one just played', () => {
  const list = listOf(entry('a', 1, solved), entry('b', 1), entry('c', 1), entry('d', 2));
  expect(challengeAhead(list)?.id).toBe('b');
  expect(challengeAhead(list, 'b')?.id).toBe('c');
  expect(challengeAhead(listOf(entry('a', 1, solved)))).toBeUndefined();
});

test('whoever has solved one goes on below it in its level or pack, then in the rest of the list', () => {
  const list = listOf(
    ...[entry('a', 1), entry('b', 1), entry('c', 1, solved), entry('d', 2), entry('e', 2, solved)],
    ...[entry('f', 3), entry('g', 3), entry('p', 1, {pack: 'own'}), entry('q', 1, {pack: 'own'})],
  );
  const after = (...ids: readonly string[]) => ids.map((id) => challengeAhead(list, id)?.id);
  expect(after('a', 'b', 'c', 'd', 'e')).toEqual(['b', 'a', 'a', 'f', 'd']);
  expect(after('f', 'g', 'p', 'q')).toEqual(['g', 'f', 'q', 'p']);
  // After one that is not in the list, such as a generated one, it is the level to go on with.
  expect(after('make-17')).toEqual(['a']);
});

test('what is marked stays marked when the list is made anew', () => {
  const before = {list: listOf(entry('a', 1), entry('b', 1), entry('d', 2)), marked: 2};
  const now = listOf(entry('a', 1, solved), entry('x', 1), entry('b', 1), entry('d', 2));
  expect(markedChallenge(challengesState(now, before))?.id).toBe('d');
  expect(markedChallenge(challengesState(now))?.id).toBe('x');
});

test('rows: today first, then levels and sorts, then packs, then those that are made anew', () => {
  const today = {...entry('d', 2), day: '2026-11-30', streak: 2};
  const list: ChallengeList = {
    entries: [entry('p', 1, {pack: 'own'}), entry('d', 2), entry('c', 1, {sort: 'cost'}), entry('a', 1)],
    today,
    made: [{...done, id: 'mend-1', sort: 'mend'}],
  };
  expect(challengeRows(list).map(({id}) => id)).toEqual([
    'd',
    'a',
    'c',
    'd',
    'p',
    'make',
    'mend',
    'cost',
    'mend-1',
  ]);
});

test.each(languages)('%s: the columns are whole, and a best that took hints is marked', (language) => {
  const entries = [
    entry('a', 1, {par: 12, solved: true, best: 12, bestHints: 3}),
    entry('b', 1, {par: 12, solved: true, best: 12, bestHints: 0}),
  ];
  const look = {columns: 80, rows: 24, language, glyphs: unicodeGlyphs, keyHints: [], isOpening: false};
  const lines = challengesScreen({list: listOf(...entries), marked: 0}, look).map((line) =>
    line.map(({text}) => text).join(''),
  );
  const rowOf = ({title}: ChallengeEntry) => lines.find((line) => line.includes(title[language])) ?? '';
  const bestOf = (hints: number) => worded(challengeListWords.best, {moves: 12, hints})[language];
  const par = worded(challengeListWords.par, {moves: 12})[language];
  expect(bestOf(3)).not.toBe(bestOf(0));
  for (const [index, each] of entries.entries()) {
    expect(rowOf(each)).toContain(` ${par}  `);
    expect(
      rowOf(each)
        .trimEnd()
        .endsWith(`  ${bestOf(index === 0 ? 3 : 0)}`),
    ).toBe(true);
  }
});

test.each(sizesTried())(
  '$columns×$rows: the marked row is on the screen, and nothing runs over its edge',
  (size) => {
    const entries = Array.from({length: 37}, (_, n) =>
      entry(`n${n}`, n < 9 ? 1 : n < 20 ? 2 : 3, n % 2 ? solved : {pack: n % 4 ? 'own' : undefined}),
    );
    const today = {...entry('n0', 1), day: '2026-11-30', streak: 12};
    const list: ChallengeList = {
      entries,
      today,
      made: [{...done, ...solved, id: 'mend-123456789', sort: 'mend'}],
    };
    for (const language of languages)
      for (const marked of challengeRows(list).keys()) {
        const look = {...size, language, glyphs: unicodeGlyphs, keyHints: [], isOpening: false};
        const lines = challengesScreen({list, marked}, look).map((line) =>
          line.map(({text}) => text).join(''),
        );
        expect(lines).toHaveLength(size.rows);
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(size.columns);
        if (size.rows >= 15) expect(lines.filter((line) => /^ {2}▸/.test(line))).toHaveLength(1);
      }
  },
);
