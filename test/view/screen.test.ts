// Whole screens against those that were drawn by hand, from simulated runs.
import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Language, Text} from '../../source/lesson/text.ts';
import {simulate} from '../../source/sim/simulate.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../source/view/glyphs.ts';
import {helpScreen} from '../../source/view/help.ts';
import {viewOf} from '../../source/view/time/pace.ts';
import {handshakeScenario, teardownScenario} from '../helpers/scenarios.ts';
import {enters, handshakeBeats, narration, sends} from './beats.ts';
import {act, canvasOf, grid, hints, open, playingAt, started, textOf} from './player.ts';

const about = {source: 'handshake', run: 'base'};
const title: Text = everywhere({en: 'The three-way handshake', zh: '三次握手'});
const trace = simulate(handshakeScenario(), about);
const handshake = open({trace, beats: handshakeBeats(trace), title});

const playing = (language: Language) =>
  hints(
    language,
    ['space', 'pause', '暂停'],
    ['←→', 'step', '单步'],
    ['[ ]', 'beat', '段落'],
    ['w', 'why', '为什么'],
    ['x', 'alter', '改动'],
    ['?', 'keys', '按键'],
  );

const asking = (language: Language) =>
  hints(
    language,
    ['a–d', 'answer', '作答'],
    ['i', 'hint', '提示'],
    ['s', 'skip', '跳过'],
    ['←', 'look back', '回看'],
    ['?', 'keys', '按键'],
  );

const large = (language: Language) =>
  hints(
    language,
    ['space', 'pause', '暂停'],
    ['←→', 'step', '单步'],
    ['[ ]', 'beat', '段落'],
    ['↑↓', 'packet', '分组'],
    ['enter', 'bytes', '字节'],
    ['w', 'why', '为什么'],
    ['x', 'alter', '改动'],
    ['tab', 'panel', '面板'],
    ['?', 'keys', '按键'],
  );

const small = {columns: 80, rows: 24};

test.each(['en', 'zh'] as const)('(b) the second packet in flight, %s', (language) => {
  const state = playingAt(handshake, 78_000, {language});
  const canvas = canvasOf(handshake, state, {...small, keyHints: playing(language)});
  expect(textOf(canvas)).toEqual(grid(`b-${language}`));
});

test('(c) the same at 120×40', () => {
  const canvas = canvasOf(handshake, playingAt(handshake, 78_000), {
    columns: 120,
    rows: 40,
    keyHints: large('en'),
  });
  expect(textOf(canvas)).toEqual(grid('c'));
});

const rule = {
  id: '9293:3.10.7.3/syn-sent/syn-ack',
  rfc: '9293 §3.10.7.3',
  step: everywhere({en: 'SYN-SENT: fourth check, the SYN bit', zh: 'SYN-SENT：第四步，SYN 位'}),
  text: everywhere({
    en: 'In SYN-SENT, a SYN,ACK whose ack is acceptable completes the open. The ACK of it leaves in the same instant.',
    zh: '在 SYN-SENT，ack 可接受的 SYN,ACK 完成打开。对它的 ACK 在同一时刻发出。',
  }),
  formula: ['snd.una < seg.ack ≤ snd.nxt', "rcv.nxt' = seg.seq + SYN"],
};

test('(d) why, with arithmetic', () => {
  const beats = handshakeBeats(trace).map((beat) =>
    beat.index === 3 && beat.kind === 'narration' ? {...beat, myth: togetherBelief.id} : beat,
  );
  const opened = open({
    trace,
    beats,
    title,
    rule: (id) => (id === rule.id ? rule : undefined),
    misconception: (id) => (id === togetherBelief.id ? togetherBelief : undefined),
  });
  const state = act(opened, playingAt(opened, 100_000, {playing: false}), {kind: 'toggleWhy'});
  const keyHints = hints(
    'en',
    ['esc', 'close why', ''],
    ['←→', 'step', ''],
    ['< >', 'cause / effect', ''],
    ['o', 'quote the RFC', ''],
    ['?', 'keys', ''],
  );
  expect(textOf(canvasOf(opened, state, {columns: 120, rows: 40, keyHints}))).toEqual(grid('d'));
});

test('(e) a lost SYN, the timer, the retransmission', () => {
  const faults = [{kind: 'drop', at: {packet: 1}}] as const;
  const lossy = simulate(handshakeScenario({profile: 'rfc', faults}), {...about, source: 'handshake-loss'});
  const say = everywhere({
    en: 'The retransmission timer ran out after 1 s. The client sends the same SYN again, with the same seq=1000: it is the same connection, not a new one. The next wait is twice as long: 2 s.',
    zh: '重传定时器 1 s 后超时。',
  });
  const note = everywhere({
    en: '◷ RTO 1 s (RFC 6298 §2.1)  →  2 s  →  4 s  … (linux waits 1 s four times first)',
    zh: '◷ RTO 1 s',
  });
  const beats = [
    narration(0, sends(lossy, 1), say),
    narration(1, sends(lossy, 2), say, {note}),
    narration(2, sends(lossy, 3), say),
    narration(3, enters(lossy, 'client', 'ESTABLISHED'), say),
    narration(4, enters(lossy, 'server', 'ESTABLISHED'), say),
  ];
  const opened = open({
    trace: lossy,
    beats,
    source: 'handshake-loss',
    title: everywhere({en: 'When a handshake segment is lost', zh: '握手丢包'}),
    runTitle: everywhere({en: 'case A', zh: '情形 A'}),
  });
  const canvas = canvasOf(opened, playingAt(opened, 1_040_000), {...small, keyHints: playing('en')});
  expect(textOf(canvas)).toEqual(grid('e'));
});

const toQuestion = (language: Language) =>
  act(
    handshake,
    playingAt(handshake, 40_000, {language, answers: {}}),
    {kind: 'tick', ms: 400},
    {kind: 'hint'},
  );

test.each(['en', 'zh'] as const)('(h) a prediction gate, %s', (language) => {
  const canvas = canvasOf(handshake, toQuestion(language), {...small, keyHints: asking(language)});
  expect(textOf(canvas)).toEqual(grid(`h-${language}`));
});

const togetherBelief = {
  id: 'established-together',
  name: everywhere({en: 'a name', zh: '名称'}),
  belief: everywhere({en: 'both ends agree at once. The server waits for packet 3.', zh: '两端同时建立。'}),
  correct: everywhere({en: 'The server is later.', zh: '服务器更晚。'}),
  answerMeans: everywhere({en: '', zh: ''}),
  rfc: '9293 Fig. 6',
  lesson: 'handshake',
};

const misconception = {
  id: 'ack-is-last-byte-received',
  name: everywhere({en: 'a name', zh: '名称'}),
  belief: everywhere({en: 'ack is the last byte received', zh: 'ack 是最后收到的字节'}),
  correct: everywhere({en: 'ack is the next byte expected', zh: 'ack 是期望的下一个字节'}),
  answerMeans: everywhere({
    en: 'You answered as if ack named the last number received. It names the next number expected: “everything before {right} is here”. The SYN took up {given}.',
    zh: '选 {given}，是把 ack 当成了「最后收到的序号」。ack 填的是期望收到的下一个序号：{right} 之前的都收到了。SYN 占用了 {given}。',
  }),
  rfc: '9293 §3.1',
  lesson: 'data-transfer',
};

test.each(['en', 'zh'] as const)('(h) the reply to a wrong answer, %s', (language) => {
  const beats = handshakeBeats(trace).map((beat) =>
    beat.kind === 'prediction' ? {...beat, explain: undefined} : beat,
  );
  const opened = open({
    trace,
    beats,
    title,
    misconception: (id) => (id === misconception.id ? misconception : undefined),
  });
  const state = act(
    opened,
    toQuestion(language),
    {kind: 'answer', choice: 'c'},
    {kind: 'answer', choice: 'a'},
  );
  const keyHints = hints(language, ['enter', 'go on', '继续'], ['w', 'why 1001', '为什么是 1001']);
  expect(textOf(canvasOf(opened, state, {...small, keyHints})).slice(12)).toEqual(
    grid(`h-reply-${language}`),
  );
});

test('(p) at 60×15', () => {
  const say = everywhere({
    en: 'ack=1001 acknowledges the client’s SYN; seq=9000 is the server’s own number.',
    zh: 'ack=1001 确认客户端的 SYN；seq=9000 是服务器自己的序号。',
  });
  const beats = handshakeBeats(trace, false).map((beat) =>
    beat.index === 2 && beat.kind === 'narration' ? {...beat, say} : beat,
  );
  const opened = open({trace, beats, title});
  const keyHints = hints(
    'en',
    ['space', 'pause', ''],
    ['←→', 'step', ''],
    ['w', 'why', ''],
    ['?', 'keys', ''],
  );
  const canvas = canvasOf(opened, playingAt(opened, 78_000), {columns: 60, rows: 15, keyHints});
  expect(textOf(canvas)).toEqual(grid('p'));
});

test('(q) ASCII', () => {
  const canvas = canvasOf(handshake, playingAt(handshake, 78_000), {
    ...small,
    glyphs: asciiGlyphs,
    keyHints: playing('en'),
  });
  expect(textOf(canvas)).toEqual(grid('q'));
});

test('(o) help, from the key table', () => {
  const keys = [
    ['space', 'play / pause'],
    ['← →', 'step (h l)'],
    ['[ ]', 'beat before / after'],
    ['g G', 'start / end'],
    ['+ -', 'speed 0.25× … 8×'],
    ['↑ ↓', 'packet (k j)'],
    ['enter', 'open bytes'],
    ['w', 'why?'],
    ['x', 'lose, delay, copy, edit'],
    ['f', 'fork here'],
    ['d', 'compare two runs'],
    ['tab', 'next panel'],
    ['1–9', 'panel by number'],
    ['r', 'relative / absolute'],
    ['/ n N', 'search'],
    ['i', 'hint'],
    ['t', 'language'],
    ['T', 'theme'],
    ['a', 'ASCII'],
    ['ctrl-l', 'redraw'],
    ['q  esc', 'back'],
    ['ctrl-c', 'leave, always'],
  ].map(([key = '', label = '']) => ({key, label}));
  const lines = helpScreen({
    ...small,
    glyphs: unicodeGlyphs,
    language: 'en',
    context: 'player',
    keys,
    sections: [],
    page: 0,
    findsWords: true,
    keyHints: hints('en', ['/', 'find', ''], ['esc', 'close', '']),
  });
  expect(
    lines.map((line) =>
      line
        .map(({text}) => text)
        .join('')
        .trimEnd(),
    ),
  ).toEqual(grid('o'));
});

test('every line of a screen is there, and none is wider', () => {
  const canvas = canvasOf(handshake, started(), {columns: 97, rows: 31});
  expect(canvas.lines()).toHaveLength(31);
});

test('the selected row of the list is painted from its mark to its end', () => {
  const canvas = canvasOf(handshake, playingAt(handshake, 78_000), {columns: 120, rows: 40});
  const line = canvas
    .lines()
    .find((spans) => spans.some(({text, selected}) => selected && text.includes('▸')));
  const painted = (line ?? []).filter(({selected}) => selected).map(({text}) => text);
  expect(painted.join('')).toHaveLength(114);
});

test('from 120 columns on a myth and its fact stand below a note if there is a row for each, otherwise neither', () => {
  const beats = handshakeBeats(trace).map((beat) =>
    beat.index === 2 ? {...beat, myth: togetherBelief.id} : beat,
  );
  const opened = open({trace, beats, title, misconception: () => togetherBelief});
  const shown = (columns: number, rows: number) =>
    textOf(canvasOf(opened, playingAt(opened, 78_000), {columns, rows}));
  expect(shown(120, 40).slice(27, 30)).toEqual([
    '    ACK is a flag, ack= is a number: the flag says the number is valid.',
    '',
    '',
  ]);
  expect(shown(80, 24).join('\n')).not.toContain('both ends agree');
});

test('at 80 columns a myth that needs three rows takes the one that a short text leaves', () => {
  const long = everywhere({en: 'The server is later than the client. '.repeat(3).trim(), zh: '服务器更晚。'});
  const beats = handshakeBeats(trace).map((beat) =>
    beat.index === 4 ? {...beat, myth: togetherBelief.id} : beat,
  );
  const opened = open({trace, beats, title, misconception: () => ({...togetherBelief, correct: long})});
  const state = playingAt(opened, 150_000, {answers: {1: 'skipped'}});
  expect(textOf(canvasOf(opened, state, {columns: 80, rows: 24})).slice(14, 21)).toEqual([
    '  ▎ The server is ESTABLISHED.',
    '',
    '',
    '    Myth: “both ends agree at once. The server waits for packet 3.”',
    '    Fact: The server is later than the client. The server is later than the',
    '    client. The server is later than the client.',
    '',
  ]);
});

test('a long title of a run gives way to the lesson and the other conditions', () => {
  const runTitle = everywhere({
    en: 'Nobody closes the server’s end, and the client’s program is gone',
    zh: '没有人关',
  });
  const opened = open({trace, beats: [], title, runTitle});
  const [line] = textOf(canvasOf(opened, playingAt(opened, 78_000), small));
  expect(line).toMatch(/^ handshake .*Nobody closes .*… · Linux · 1×$/);
});

test('a skipped gap too short for its length is still a gap on the timeline', () => {
  const closing = simulate(teardownScenario(), {...about, source: 'teardown'});
  const opened = open({trace: closing, source: 'teardown'});
  const end = started({viewMs: opened.pacing.durationMs});
  const line = textOf(canvasOf(opened, end, small))[21];
  expect(line).toMatch(/╌.*● 61\.35 s$/);
});

test('at 60×15 a long narration takes the blank rows around it, and is whole', () => {
  const opened = open({trace, beats: handshakeBeats(trace, false), title});
  const lines = textOf(canvasOf(opened, playingAt(opened, 78_000), {columns: 60, rows: 15}));
  const told = lines.flatMap((line, row) => (line.startsWith('▎') ? [row + 1] : []));
  expect(told).toEqual([9, 10, 11, 12]);
  expect(lines.join(' ')).toContain('not 1000.');
});

test('too small for pictures: it says from which size on they are drawn', () => {
  const lines = textOf(canvasOf(handshake, started(), {columns: 50, rows: 12}));
  expect(lines[0]).toBe('too small for pictures, which need at least 60×15');
});

test('a packet that has just left stands at its sender', () => {
  const left = act(handshake, started(), {
    kind: 'standAt',
    viewMs: viewOf(handshake.pacing, sends(trace, 1)),
  });
  expect(textOf(canvasOf(handshake, left, small))[6]).toContain('├▸┈┈');
});

test('what the path does to a packet stands before its flags and in the list', () => {
  const faults = [
    {kind: 'edit', at: {packet: 1}, field: 'tcp.window_size_value', value: 9, mend: true},
    {kind: 'dup', at: {packet: 2}, afterUs: 20_000},
  ] as const;
  const opened = open({trace: simulate(handshakeScenario({faults}), about)});
  const end = started({viewMs: opened.pacing.durationMs});
  const text = textOf(canvasOf(opened, end, {columns: 120, rows: 40})).join('\n');
  expect(text).toContain('± SYN seq=1000');
  expect(text).toContain('+ SYN,ACK seq=9000');
  expect(text).toMatch(/± altered ✓ 50 ms {2}tcp\.window_size_value \d+ ▸ 9\b/);
  expect(text).toMatch(/\+ copied ✓ 100 ms\n/);
});

test('in a crowded why? the causes still stand apart', () => {
  const crowded = {...rule, formula: ["irs' = seg.seq", "rcv.nxt' = seg.seq + SYN", "snd.nxt' = iss' + SYN"]};
  const opened = open({trace, beats: [], title, rule: () => crowded});
  const state = act(opened, playingAt(opened, 50_000, {playing: false}), {kind: 'toggleWhy'});
  const lines = textOf(canvasOf(opened, state, small));
  const causes = lines.findIndex((line) => line.startsWith('    caused by'));
  expect(lines.slice(causes - 2, causes)).toEqual([expect.stringMatching(/= +\d/), '']);
  expect(lines.filter((line) => line.startsWith('    irs')).length).toBe(1);
});
