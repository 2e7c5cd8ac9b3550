// Beats and selectors: each construct once used and once misused, the error's place and remedy pinned.
import {describe, expect, test} from 'vitest';
import {errorsOf, load} from './fragments.ts';
import {misspelt} from './told-problem.ts';

const beats = (...lines: readonly string[]): string =>
  `beats:\n${lines.map((line) => `  ${line}\n`).join('')}`;

describe('beats', () => {
  const say = 'say: {en: hello, zh: 你好}';
  const ask = 'ask: {en: what, zh: 什么}';

  test('narration, prediction and concept question', () => {
    const lesson = load({
      beats: beats(
        `- {when: {sends: client, flags: [SYN]}, ${say}, note: {en: n, zh: 注}, myth: isn-zero-or-one, show: [snd.una, client.state, tcp.len], panels: [ladder]}`,
        `- {before: {sends: server, flags: [SYN, ACK]}, ${ask}, answer: packet(1).tcp.seq_raw + 1, distractors: [{value: 5, misconception: isn-zero-or-one}, {text: {en: none, zh: 没有}}], explain: {en: e, zh: 解}, hint: {en: h, zh: 提}, asks: [tcp.ack_raw]}`,
        `- {${ask}, choices: [{text: {en: yes, zh: 对}, correct: true}, {text: {en: 'no', zh: 错}}], rfc: 9293 §3.5, holds: 1 == 1}`,
      ),
    });
    expect(lesson.beats.map(({kind, position}) => [kind, position])).toEqual([
      ['narration', {line: 16, column: 5}],
      ['prediction', {line: 17, column: 5}],
      ['concept', {line: 18, column: 5}],
    ]);
  });

  test.each([
    [`- {${say}}`, {at: '16:5', says: 'beats.checkKeys.needs', what: 'narration', key: 'when'}],
    [
      `- {when: {end: true}, ${say}, hint: {en: a, zh: 甲}}`,
      {
        at: '16:51',
        says: 'beats.checkKeys.doesNotGo',
        key: 'hint',
        what: 'narration',
        allowed: [
          'when',
          'say',
          'note',
          'myth',
          'card',
          'link',
          'holds',
          'invites',
          'goal',
          'run',
          'panels',
          'show',
          'shows',
          'as',
          'leans',
          'speaks',
        ],
      },
    ],
    [
      `- {before: {end: true}, ${ask}}`,
      {at: '16:5', says: 'beats.checkKeys.needs', what: 'prediction', key: 'answer'},
    ],
    [`- {when: {sends: clinet}, ${say}}`, misspelt('16:20', 'clinet', 'client', 'host')],
    [
      `- {when: {sends: client, state: CLOSED}, ${say}}`,
      {at: '16:28', says: 'problem.unknownWord', remedy: 'allowedHere', kind: 'key', given: 'state'},
    ],
    [`- {when: {enters: CLOSE}, ${say}}`, misspelt('16:21', 'CLOSE', 'CLOSED', 'value')],
    [
      `- {when: {enters: CLOSED, flags: [SYN]}, ${say}}`,
      {
        at: '16:29',
        says: 'selectorParser.checkCompanions',
        key: 'flags',
        head: 'enters',
        some: true,
        shown: ['host', 'nth', 'after'],
      },
    ],
    [`- {when: {host: client}, ${say}}`, {at: '16:12', says: 'selectorParser.headOf'}],
    [
      `- {when: {sends: client, arrives: server}, ${say}}`,
      {at: '16:12', says: 'selectorParser.headOf', several: true, found: 'sends and arrives'},
    ],
    [
      `- {when: {sends: client, after: {sends: clint}}, ${say}}`,
      misspelt('16:43', 'clint', 'client', 'host'),
    ],
    [
      `- {when: {end: true}, say: {en: 'seq={p.tcp.seq}', zh: 你好}}`,
      {at: '16:58', says: 'template.differ', first: 'en', second: 'zh'},
    ],
    [
      `- {when: {end: true}, say: {en: 'a {p.tcp.seqraw}', zh: '甲 {p.tcp.seq_raw}'}}`,
      misspelt('16:41', 'tcp.seqraw', 'tcp.seq_raw'),
    ],
    [
      `- {when: {end: true}, say: {en: 'a { b', zh: 甲}}`,
      {at: '16:38', says: 'template.aStandsAlone', brace: '{'},
    ],
    [`- {when: {end: true}, ${say}, show: [snd.una, snd.mxt]}`, misspelt('16:67', 'snd.mxt', 'snd.nxt')],
    [`- {when: {end: true}, ${say}, panels: [lader]}`, misspelt('16:60', 'lader', 'ladder')],
    [`- {when: {end: true}, ${say}, run: bas}`, misspelt('16:56', 'bas', 'base', 'run')],
    [
      `- {${ask}, choices: [{text: {en: a, zh: 甲}}, {text: {en: b, zh: 乙}}], rfc: 9293 §3.5, holds: 1 == 1}`,
      {at: '16:40', says: 'beats.concept'},
    ],
    [
      `- {before: {end: true}, ${ask}, answer: 1, distractors: [{misconception: a-b}], explain: {en: e, zh: 解}}`,
      {at: '16:77', says: 'beats.distractor'},
    ],
    [
      `- {before: {end: true}, ${ask}, answer: clent.state, distractors: [{value: 1}], explain: {en: e, zh: 解}}`,
      misspelt('16:60', 'clent', 'client', 'name'),
    ],
    [
      `- {before: {end: true}, ${ask}, answer: 1, asks: [tcp.ack_row], distractors: [{value: 2}], explain: {en: e, zh: 解}}`,
      misspelt('16:70', 'tcp.ack_row', 'tcp.ack_raw'),
    ],
  ])('%s', (beat, error) => {
    expect(errorsOf({beats: beats(beat)})[0]).toMatchObject(error);
  });
});
