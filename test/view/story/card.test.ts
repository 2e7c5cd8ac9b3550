// Cards at every width: nothing is cut or broken, whatever the card; the marked entry is on the screen. The cards are those that
// ship, and the words are judged by what they say of themselves.

import {describe, expect, test} from 'vitest';
import type {Card} from '../../../source/lesson/data.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import {simulate} from '../../../source/sim/simulate.ts';
import {Canvas} from '../../../source/view/canvas.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../../source/view/glyphs.ts';
import {cardEntries, cardText, putCard} from '../../../source/view/story/card.ts';
import {findTerms, glossaryCard} from '../../../source/view/story/glossary.ts';
import {textWidth} from '../../../source/words/width.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import '../../helpers/meaning.ts';
import {some} from '../../helpers/seeds.ts';
import {canvasOf, open, playingAt, textOf} from '../player.ts';
import {sizesTried} from '../sizes.ts';

const {cards, glossary} = sharedData();
const languages = ['en', 'zh'] as const;
const all: readonly Card[] = [...cards, glossaryCard(glossary, '')];

const cardNamed = (id: string): Card => cards.find((card) => card.id === id) ?? expect.fail(`no card ${id}`);

const words = (text: string): readonly string[] => text.match(/[\u2e80-\u9fff]|[A-Za-z0-9_-]+/g) ?? [];

describe.each(some(all, 10))('$id', (card) => {
  test.each([52, 72, 112])('says all of its cells in %i columns and breaks no word', (columns) => {
    for (const language of languages) {
      for (const glyphs of [unicodeGlyphs, asciiGlyphs]) {
        const lines = cardText(card, {columns, language, glyphs});
        for (const line of lines) expect(textWidth(line), line).toBeLessThanOrEqual(columns);
        if (glyphs === asciiGlyphs && language === 'en')
          expect(
            lines.filter((line) => !/^[ -~]*$/.test(line.replaceAll(/[\u4e00-\u9fff、（）]/g, ''))),
          ).toEqual([]);
      }
      const shown = new Set(words(cardText(card, {columns, language, glyphs: unicodeGlyphs}).join('\n')));
      const cells = [...card.rows.flat(), ...card.lines].flatMap((cell) => words(cell[language]));
      expect(cells.filter((word) => !shown.has(word))).toEqual([]);
    }
  });

  test('the entry that is read stands on the screen, at any place of the card', () => {
    for (const language of languages) {
      const entries = Array.from({length: cardEntries(card)}, (_, index) => index);
      for (const marked of some(entries, 8)) {
        const canvas = new Canvas(60, 15);
        const region = {row: 3, rows: 9, column: 4, columns: 54};
        putCard(canvas, card, {region, glyphs: unicodeGlyphs, language, marked});
        expect(canvas.collisions).toBe(0);
        const lines = canvas.lines().map((line) => line.map(({text}) => text).join(''));
        expect(lines[2]).toContain(`${marked + 1}/${cardEntries(card)}`);
        expect(lines.filter((line) => line.includes('▸'))).toHaveLength(1);
        const [first = ''] = words(card.rows[marked]?.[0]?.[language] ?? '');
        expect(lines.find((line) => line.includes('▸'))).toContain(first);
        expect(lines.slice(11).join('')).toBe('');
      }
    }
  });
});

test('a table that has room stands as a table, else its rows stand as blocks', () => {
  const states = cardNamed('states-by-tool');
  const at = (columns: number) => cardText(states, {columns, language: 'en', glyphs: unicodeGlyphs});
  expect(at(76).slice(0, 2)).toEqual([
    'RFC 9293      Linux ss    Linux netstat  macOS netstat  also seen',
    'LISTEN        LISTEN      LISTEN         LISTEN         LISTEN',
  ]);
  expect(at(52).slice(10, 15)).toEqual([
    'SYN-RECEIVED',
    '  Linux ss       SYN-RECV',
    '  Linux netstat  SYN_RECV',
    '  macOS netstat  SYN_RCVD',
    '  also seen      SYN_RCVD, Syn_RECV',
  ]);
});

describe('the glossary', () => {
  test('each word is found by its name in either language, first of all', () => {
    for (const term of some(glossary, 20)) {
      for (const name of [term.term.en, term.term.zh, term.id, term.term.en.toUpperCase()])
        expect(findTerms(glossary, name)[0]?.term, name).toEqual(term.term);
    }
  });

  test.each([
    ['TIME_WAIT', 'time-wait'],
    ['time wait', 'time-wait'],
    ['fin-wait', 'fin-wait-1'],
    ['cwnd', 'congestion-window'],
    ['SACK', 'selective-ack'],
    ['半开', 'half-open'],
    ['ddos', 'dos'],
  ])('“%s” is %s', (typed, id) => {
    expect(findTerms(glossary, typed)[0]?.id).toBe(id);
  });

  test('a word in an explanation comes after words that begin with it', () => {
    const found = findTerms(glossary, 'handshake').map(({id}) => id);
    expect(found.indexOf('three-way-handshake')).toBeLessThan(found.indexOf('embryonic'));
  });

  test('nothing typed shows every word; what no word has is said', () => {
    // A part of another word is found where nothing else is.
    const named = findTerms(glossary, 'ack').map(({id}) => id);
    expect(named).not.toContain('packet');
    expect(findTerms(glossary, 'acket').map(({id}) => id)).toContain('packet');
    expect(glossaryCard(glossary, ' ').rows).toHaveLength(glossary.length);
    const none = glossaryCard(glossary, 'quic');
    expect(none.rows).toEqual([]);
    expect(none.lines[0]?.en).toContain('no word “quic”');
  });
});

describe('on the screen of the player', () => {
  const trace = simulate(handshakeScenario(), {source: 'handshake', run: 'base'});
  const opened = {
    ...open({
      trace,
      beats: [
        {
          kind: 'narration',
          index: 0,
          event: 1,
          show: [],
          panels: undefined,
          say: everywhere({en: '', zh: ''}),
          note: undefined,
          myth: undefined,
          card: 'layers',
          link: 'teardown',
        },
      ],
    }),
    reference: {
      card: (id: string) => cards.find((card) => card.id === id),
      glossary,
      lessonTitle: () => everywhere({en: 'The four-segment close', zh: '四次挥手'}),
    },
  };

  test.each(some(sizesTried(), 6))(
    '$columns×$rows: nothing wants a cell twice, nothing runs over',
    (size) => {
      for (const language of languages) {
        for (const look of [
          {},
          {focus: 'card'},
          {focus: 'card', own: {card: {card: 'layers', entry: 8}}},
          {focus: 'glossary'},
          {focus: 'glossary', typing: {panel: 'glossary', text: 'seq'}},
        ]) {
          const canvas = canvasOf(opened, playingAt(opened, 78_000, {...look, language}), size);
          expect(canvas.collisions).toBe(0);
          for (const line of textOf(canvas)) expect(textWidth(line)).toBeLessThanOrEqual(size.columns);
        }
      }
    },
  );

  test('a beat that is a card only says its title, and in which lesson it goes on', () => {
    const lines = textOf(canvasOf(opened, playingAt(opened, 78_000), {columns: 80, rows: 24}));
    expect(lines).toContain('  ▎ OSI’s seven layers and TCP/IP’s four');
    expect(lines.join('\n')).toSay({says: 'player.playerTexts.goesOnIn', id: 'teardown'});
  });

  test('what is typed is looked up at once', () => {
    const typing = {panel: 'glossary', text: 'cwnd'};
    const state = playingAt(opened, 78_000, {focus: 'glossary', typing});
    const lines = textOf(canvasOf(opened, state, {columns: 80, rows: 24}));
    expect(lines.join('\n')).toContain('words: cwnd');
    expect(lines.join('\n')).toContain('window (cwnd)');
    expect(lines.join('\n')).not.toContain('datagram');
  });
});

test('80×24: the explanations of words have the room that the words leave', () => {
  for (const language of languages) {
    const look = {columns: 74, language, glyphs: unicodeGlyphs};
    const lines = cardText(glossaryCard(glossary, ''), look);
    // In three equal columns it would take more than three lines a word.
    expect(lines.length / glossary.length).toBeLessThan(language === 'en' ? 2.6 : 2.2);
  }
});
