// Looking things up: what is shown of it, what keys make of it, from where it opens, where enter leads and back, and what is heard of it.
import {expect, test, vi} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {sameIn} from '../../source/lesson/text.ts';
import type {AppOptions} from '../../source/ui/app-options.ts';
import {makeController} from '../../source/ui/controller.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {rankingOf} from '../../source/view/search/ranking.ts';
import {searchScreen} from '../../source/view/search/search-screen.ts';
import {searchNews, searchSentences} from '../../source/view/search/search-sentences.ts';
import {type Findable, startSearch, typedInto} from '../../source/view/search/search-state.ts';
import {lineOf} from '../../source/view/typed-line.ts';
import {appOptions, handshakeRun, openTerminal} from '../helpers/render.ts';
import '../helpers/meaning.ts';

const thing = (id: string, en: string, zh: string, more: Partial<Findable> = {}): Findable => ({
  ...{id, kind: 'term', name: everywhere({en, zh}), beside: sameIn(''), told: [], words: []},
  ...more,
});

const all: readonly Findable[] = [
  thing('lesson:close', 'How a close ends', '关闭', {
    kind: 'lesson',
    told: [everywhere({en: 'about TIME-WAIT', zh: '讲 TIME-WAIT'})],
    opens: {lesson: 'handshake'},
  }),
  thing('term:tw', 'TIME-WAIT', 'TIME-WAIT', {
    words: ['tw'],
    opens: {lesson: 'handshake', event: 3, atUs: 5},
  }),
  thing('term:retransmission', 'retransmission', '重传'),
  thing('card:states', 'States', '状态', {
    kind: 'card',
    told: ['state · waits for', 'SYN_RECV · an ACK', 'FIN_WAIT1 · a FIN'].map(sameIn),
  }),
  thing('uncovered:vlan', 'VLAN', 'VLAN', {kind: 'uncovered', opens: {lesson: 'handshake'}}),
];
const ranking = rankingOf(all);

const title = (lesson: string): string => `<${lesson}>`;

const shown = (typed: string, size = {columns: 80, rows: 24}, index = ranking): string =>
  searchScreen(
    typedInto(index, lineOf(typed)),
    {...size, glyphs: unicodeGlyphs, language: 'en', keyHints: [], isOpening: false},
    title,
  )
    .map((line) => line.map(({text}) => text).join(''))
    .join('\n');

test('of a table only the rows are told that have the words; what enter leads to is said, or that nothing is', () => {
  expect(shown('syn-recv')).toContain('SYN_RECV · an ACK');
  expect(shown('syn-recv')).not.toContain('FIN_WAIT1');
  expect(shown('time-wait')).toSay({says: 'search.searchWords.opens.sight', title: '<handshake>'});
  expect(shown('vlan')).toSay({says: 'search.searchWords.opens.nearest', title: '<handshake>'});
  expect(shown('retransmission')).toSay({says: 'search.searchWords.nowhere'});
  expect(shown('retrasmision').replace(/\s+/g, ' ')).toSay({
    says: 'search.searchWords.near',
    words: 'retransmission',
  });
  expect(shown('zz').replace(/\s+/g, ' ')).toSay({says: 'search.searchWords.nothing', typed: 'zz'});
  expect(shown('zorbing retransmission').split('\n')[0]).toSay({
    says: 'search.searchWords.nothing',
    typed: 'zorbing',
  });
});

test('before the index is made, the page does not say that nothing is found', () => {
  const early = shown('time-wait', undefined, startSearch().ranking);
  expect(early).toSay({says: 'search.searchWords.loading'});
  expect(early.replace(/\s+/g, ' ')).not.toSay({says: 'search.searchWords.nothing', typed: 'time-wait'});
  expect(early).not.toSay({says: 'search.searchWords.count', found: 0, all: 0});
});

test('a result without an instant opens a run or a lesson, and the page says which', () => {
  const inRun = thing('setting:knob', 'knob', 'knob', {
    kind: 'setting',
    opens: {lesson: 'close', run: 'short'},
  });
  const page = shown('knob', undefined, rankingOf([inRun]));
  expect(page).toSay({says: 'search.searchWords.opens.run', title: '<close>'});
  expect(page).not.toSay({says: 'search.searchWords.opens.lesson', title: '<close>'});
});

test('a text that does not fit ends with a whole word', () => {
  const words = Array.from({length: 300}, (_, index) => `w${1000 + index}`);
  const long = thing('term:long', 'long', 'long', {told: [sameIn(words.join(' '))]});
  const [last = ''] = /w\d*(?= …)/.exec(shown('long', undefined, rankingOf([long]))) ?? [];
  expect(words).toContain(last);
});

test.each([
  {columns: 20, rows: 6},
  {columns: 1, rows: 1},
  {columns: 200, rows: 60},
])('%j: all rows, none wider', (size) => {
  const lines = shown('t', size).split('\n');
  expect(lines).toHaveLength(size.rows);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(size.columns);
});

const started = async (more: Partial<AppOptions> = {}) => {
  const opened: string[] = [];
  const {stdin, stdout} = openTerminal();
  const sight = {...handshakeRun(), glance: true as const};
  const app = makeController(
    {
      ...appOptions,
      ...more,
      stdin,
      stdout,
      search: {
        all: async () => ranking,
        openFound: async ({id}) => {
          opened.push(id);
          return {run: sight};
        },
      },
    },
    {now: () => 0, size: () => ({columns: 80, rows: 24})},
  );
  const press = (...keys: readonly string[]): void => keys.forEach(app.press);
  return {app, press, opened};
};

test('letters are text there, also those typed before the index is made; enter opens what is marked, and q leads back', async () => {
  const {app, press, opened} = await started();
  press('/', ...'qt?', 'ctrl-u', ...'time', 'space', ...'wait');
  expect(app.get()).toMatchObject({screen: 'search', search: {line: {text: 'time wait'}, found: []}});
  await vi.waitFor(() => expect(app.get().search?.found).toHaveLength(2));
  press('enter', 'enter');
  await vi.waitFor(() => expect(app.get().screen).toBe('player'));
  expect(opened).toEqual(['term:tw']);
  press('q');
  expect(app.get()).toMatchObject({screen: 'search', search: {line: {text: 'time wait'}}});
  press('escape');
  expect(app.get().screen).toBe('menu');
});

test('the field is empty when the page is opened again, and what can be found is known by then', async () => {
  const {app, press} = await started();
  press('/', ...'tw');
  await vi.waitFor(() => expect(app.get().search?.found).toHaveLength(1));
  press('escape', '/');
  expect(app.get().search).toMatchObject({line: {text: ''}, found: []});
  press('t', 'w');
  expect(app.get().search?.found).toHaveLength(1);
});

test('ctrl-f opens it over a run, which waits there and is the same afterwards, in the language of by then', async () => {
  const {app, press} = await started({initial: {screen: 'player', run: handshakeRun()}});
  press('right', 'right');
  const {player} = app.get();
  press('ctrl-f', ...'tw');
  expect(app.get().screen).toBe('search');
  app.tick(10_000);
  await vi.waitFor(() => expect(app.get().search?.found).toHaveLength(1));
  press('enter');
  await vi.waitFor(() => expect(app.get().player?.run.glance).toBe(true));
  press('t', 'q');
  expect(app.get().screen).toBe('search');
  press('escape');
  expect(app.get()).toMatchObject({screen: 'player', underSearch: undefined});
  expect(app.get().player?.run).toBe(player?.run);
  expect(app.get().player?.playback.viewMs).toBe(player?.playback.viewMs);
  expect(app.get().player?.playback.language).toBe(app.get().preferences.language);
});

test('for ears: what is typed and how much is found; by the arrows the whole of one', () => {
  const start = startSearch(ranking);
  const typed = typedInto(ranking, lineOf('time'));
  const ears = {language: 'en', titleOf: title} as const;
  expect(searchNews(start, typed, ears).join(' ')).toContain('2 of 5');
  const heard = searchNews(typed, {...typed, marked: 1}, ears).join(' ');
  expect(heard).toContain('2 of 2: lesson, How a close ends');
  expect(heard).toSay({says: 'search.searchWords.opens.lesson', title: '<handshake>'});
});

test('a text that is too long is not looked for, and the page and its sentences say so', () => {
  const typed = 'retransmission '.repeat(20);
  const within = typedInto(ranking, lineOf(typed));
  const beyond = typedInto(ranking, lineOf(`${typed}x`));
  expect([within.found.length, beyond.found]).toEqual([1, []]);
  const told = {says: 'search.searchWords.tooLong', count: 301, most: 300};
  expect(shown(`${typed}x`).replace(/\s+/g, ' ')).toSay(told);
  expect(searchSentences(beyond, 'en', title).join(' ')).toSay(told);
  expect(shown(typed).replace(/\s+/g, ' ')).not.toSay(told);
});
