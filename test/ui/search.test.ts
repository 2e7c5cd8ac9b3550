// Looking things up: what is found by which words, what keys make of it, where enter leads and back, and what is heard of it.
import {expect, test, vi} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {sameIn} from '../../source/lesson/text.ts';
import {makeController} from '../../source/ui/controller.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {searchScreen} from '../../source/view/search/search-screen.ts';
import {searchNews} from '../../source/view/search/search-sentences.ts';
import {type Findable, startSearch, typedInto} from '../../source/view/search/search-state.ts';
import {lineOf} from '../../source/view/typed-line.ts';
import {appOptions, handshakeRun, openTerminal} from '../helpers/render.ts';
import '../helpers/meaning.ts';

const thing = (kind: Findable['kind'], en: string, zh: string, more: Partial<Findable> = {}): Findable => ({
  ...{kind, name: everywhere({en, zh}), beside: sameIn(''), told: [], also: []},
  ...more,
});

const all: readonly Findable[] = [
  thing('lesson', 'How a close ends', '关闭', {
    told: [everywhere({en: 'about TIME-WAIT', zh: '讲 TIME-WAIT'})],
    opens: {kind: 'lesson', lesson: 'handshake'},
  }),
  thing('term', 'TIME-WAIT', 'TIME-WAIT', {
    also: ['tw'],
    opens: {kind: 'sight', lesson: 'handshake', of: 'terms', id: 'tw'},
  }),
  thing('term', 'retransmission', '重传'),
  thing('belief', 'for the last ACK', '为了最后的 ACK', {
    opens: {kind: 'belief', lesson: 'handshake', id: 'last-ack'},
  }),
  thing('card', 'States', '状态', {
    told: ['state · waits for', 'SYN_RECV · an ACK', 'FIN_WAIT1 · a FIN'].map(sameIn),
  }),
  thing('rule', 'A duplicate is thrown away', '丢弃重复', {
    also: ['RFC 9293 §3.4'],
    beside: sameIn('RFC 9293 §3.4'),
  }),
];

const found = (typed: string): readonly string[] =>
  typedInto(startSearch(all), lineOf(typed)).found.map(({name}) => name.en);

test('the nearest comes first, however a name is written', () => {
  expect(found('time_wait')).toEqual(['TIME-WAIT', 'How a close ends']);
  expect(found('Time Wait')).toEqual(found('time-wait'));
  expect(found('tw')[0]).toBe('TIME-WAIT');
  expect(found('syn-recv')).toEqual(['States']);
});

test('words are found where a word begins, in the plural, too; whole words first, then lessons before terms before rules', () => {
  expect(found('ait')).toEqual([]);
  expect(found('states')).toEqual(found('state'));
  expect(found('http2')).toEqual([]);
  const more = [
    thing('rule', 'The NAT makes a mapping', 'NAT 建立映射'),
    thing('rule', 'ACK for every second segment', '隔一个确认一次'),
    thing('belief', 'packets count', '分组计数'),
    thing('term', 'acknowledgment number', '确认号'),
    thing('term', 'cumulative ACK', '累计确认'),
    thing('lesson', 'Never ACK alone', '累计确认与握手'),
    thing('term', 'ACK', 'ACK'),
    thing('card', 'HTTP/2 in rows', 'HTTP/2'),
  ];
  const names = (typed: string) => typedInto(startSearch(more), lineOf(typed)).found.map(({name}) => name.en);
  expect(names('ping')).toEqual([]);
  expect(names('ack')).toEqual([
    ...['ACK', 'Never ACK alone', 'cumulative ACK', 'ACK for every second segment'],
    'acknowledgment number',
  ]);
  expect(names('确认')).toEqual([
    ...['Never ACK alone', 'acknowledgment number', 'cumulative ACK', 'ACK for every second segment'],
  ]);
  expect(names('http2')).toEqual(names('HTTP/2'));
  expect(names('http2')).toHaveLength(1);
});

test('Chinese finds what English finds, a clause is found by its number, and nothing typed is everything', () => {
  expect(found('重传')).toEqual(['retransmission']);
  expect(found('RFC9293 3.4')).toEqual(['A duplicate is thrown away']);
  expect(found('last ack')).toEqual(['for the last ACK']);
  expect(found('')).toHaveLength(all.length);
  expect(found('nobody has this')).toEqual([]);
});

const title = (lesson: string): string => `<${lesson}>`;

const shown = (typed: string, size = {columns: 80, rows: 24}): string =>
  searchScreen(
    typedInto(startSearch(all), lineOf(typed)),
    {...size, glyphs: unicodeGlyphs, language: 'en', keyHints: [], isOpening: false},
    title,
  )
    .map((line) => line.map(({text}) => text).join(''))
    .join('\n');

test('of a table only the rows are told that have the words; what enter leads to is said, or that nothing is', () => {
  expect(shown('syn-recv')).toContain('SYN_RECV · an ACK');
  expect(shown('syn-recv')).not.toContain('FIN_WAIT1');
  expect(shown('time-wait')).toSay({says: 'search.searchWords.opens.sight', title: '<handshake>'});
  expect(shown('retransmission')).toContain('No run shows it.');
  expect(shown('zz').replace(/\s+/g, ' ')).toSay({says: 'search.searchWords.nothing', typed: 'zz'});
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

const started = async () => {
  const opened: string[] = [];
  const {stdin, stdout} = openTerminal();
  const sight = {...handshakeRun(), glance: true as const};
  const app = makeController(
    {
      ...appOptions,
      stdin,
      stdout,
      search: {
        all: async () => all,
        openSight: async ({id}) => {
          opened.push(id);
          return {run: sight};
        },
      },
    },
    {now: () => 0, size: () => ({columns: 80, rows: 24})},
  );
  app.press('/');
  await vi.waitFor(() => expect(app.get().screen).toBe('search'));
  const press = (...keys: readonly string[]): void => keys.forEach(app.press);
  return {app, press, opened};
};

test('letters are text there, enter opens what is marked, and q leads back to what was found', async () => {
  const {app, press, opened} = await started();
  press(...'qt?', 'ctrl-u', ...'time', 'space', ...'wait');
  expect(app.get()).toMatchObject({screen: 'search', search: {line: {text: 'time wait'}}});
  press('enter', 'enter');
  await vi.waitFor(() => expect(app.get().screen).toBe('player'));
  expect(opened).toEqual(['tw']);
  press('q');
  expect(app.get()).toMatchObject({screen: 'search', search: {line: {text: 'time wait'}}});
  press('escape');
  expect(app.get().screen).toBe('menu');
  press('/');
  await vi.waitFor(() => expect(app.get().screen).toBe('search'));
  expect(app.get().search?.found).toHaveLength(2);
});

test('a lesson opens from there, and what has nothing to open stays', async () => {
  const {app, press} = await started();
  press('down', 'down', 'enter');
  expect(app.get()).toMatchObject({screen: 'search', opening: undefined, search: {marked: 2}});
  press('up', 'up', 'enter');
  await vi.waitFor(() => expect(app.get().player?.run.source).toBeDefined());
  expect(app.get()).toMatchObject({screen: 'player', underPlayer: 'search'});
});

test('for ears: what is typed and how much is found; by the arrows the whole of one', () => {
  const start = startSearch(all);
  const typed = typedInto(start, lineOf('t'));
  const ears = {language: 'en', titleOf: title} as const;
  expect(searchNews(start, typed, ears)).toEqual(['t', '4 of 6.']);
  const heard = searchNews(typed, {...typed, marked: 2}, ears).join(' ');
  expect(heard).toContain('3 of 4: rule, A duplicate');
  expect(heard).toContain('No run shows it.');
});
