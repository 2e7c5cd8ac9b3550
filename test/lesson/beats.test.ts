// Beats and selectors: each construct once used and once misused, the error's place and remedy pinned.
import {describe, expect, test} from 'vitest';
import {errorsOf, load} from './fragments.ts';

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
    [`- {${say}}`, '16:5 narration needs when: | add when: to this beat'],
    [
      `- {when: {end: true}, ${say}, hint: {en: a, zh: 甲}}`,
      '16:51 hint: does not go with narration | narration takes: when, say, note, myth, card, link, holds, invites, goal, run, panels, show, shows, as, leans, speaks',
    ],
    [`- {before: {end: true}, ${ask}}`, '16:5 a prediction needs answer: | add answer: to this beat'],
    [
      `- {when: {sends: clinet}, ${say}}`,
      '16:20 no host “clinet” | did you mean client? allowed here: client, server, any',
    ],
    [
      `- {when: {sends: client, state: CLOSED}, ${say}}`,
      /^16:28 no key “state” \| allowed here: sends, arrives, drops/,
    ],
    [
      `- {when: {enters: CLOSE}, ${say}}`,
      /^16:21 no value “CLOSE” \| did you mean CLOSED\? allowed here: CLOSED, LISTEN/,
    ],
    [
      `- {when: {enters: CLOSED, flags: [SYN]}, ${say}}`,
      '16:29 flags: does not go with enters: | beside enters: may stand host, nth, after',
    ],
    [
      `- {when: {host: client}, ${say}}`,
      '16:12 this selects no event | exactly one of: sends, arrives, drops, forwards, enters, timer, delivers, cache, keys, call, at, end',
    ],
    [
      `- {when: {sends: client, arrives: server}, ${say}}`,
      '16:12 a selector is about one event, not sends and arrives | exactly one of: sends, arrives, drops, forwards, enters, timer, delivers, cache, keys, call, at, end',
    ],
    [
      `- {when: {sends: client, after: {sends: clint}}, ${say}}`,
      '16:43 no host “clint” | did you mean client? allowed here: client, server, any',
    ],
    [
      `- {when: {end: true}, say: {en: 'seq={p.tcp.seq}', zh: 你好}}`,
      '16:58 en and zh fill in different values | use the same {…} in en and zh',
    ],
    [
      `- {when: {end: true}, say: {en: 'a {p.tcp.seqraw}', zh: '甲 {p.tcp.seq_raw}'}}`,
      /^16:41 no field “tcp.seqraw” \| did you mean tcp.seq_raw\?/,
    ],
    [
      `- {when: {end: true}, say: {en: 'a { b', zh: 甲}}`,
      '16:38 a “{” stands alone | braces hold an expression; for the sign itself write it twice',
    ],
    [
      `- {when: {end: true}, ${say}, show: [snd.una, snd.mxt]}`,
      /^16:67 no field or value “snd.mxt” \| did you mean snd.nxt\?/,
    ],
    [`- {when: {end: true}, ${say}, panels: [lader]}`, /^16:60 no panel “lader” \| did you mean ladder\?/],
    [`- {when: {end: true}, ${say}, run: bas}`, '16:56 no run “bas” | did you mean base? allowed here: base'],
    [
      `- {${ask}, choices: [{text: {en: a, zh: 甲}}, {text: {en: b, zh: 乙}}], rfc: 9293 §3.5, holds: 1 == 1}`,
      '16:40 just one choice is right | mark one with correct: true',
    ],
    [
      `- {before: {end: true}, ${ask}, answer: 1, distractors: [{misconception: a-b}], explain: {en: e, zh: 解}}`,
      '16:77 a distractor has a value: or a text: | give one of them',
    ],
    [
      `- {before: {end: true}, ${ask}, answer: clent.state, distractors: [{value: 1}], explain: {en: e, zh: 解}}`,
      /^16:60 no name “clent” \| did you mean client\?/,
    ],
    [
      `- {before: {end: true}, ${ask}, answer: 1, asks: [tcp.ack_row], distractors: [{value: 2}], explain: {en: e, zh: 解}}`,
      /^16:70 no field “tcp.ack_row” \| did you mean tcp.ack_raw\?/,
    ],
  ])('%s', (beat, error) => {
    const found = errorsOf({beats: beats(beat)});
    const wanted = typeof error === 'string' ? error : expect.stringMatching(error);
    expect(found).toEqual(expect.arrayContaining([wanted]));
    expect(found[0]).toEqual(wanted);
  });
});
