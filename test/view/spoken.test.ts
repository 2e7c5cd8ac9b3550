// Screen-reader mode: sentences that were written by hand, and that every instant of every run has one.
import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {parse} from 'yaml';
import {segmentOf} from '../../source/account/packet.ts';
import {bindBeats} from '../../source/lesson/bind.ts';
import type {Card, Misconception} from '../../source/lesson/data.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {loadData} from '../../source/lesson/load-data.ts';
import type {Rule} from '../../source/lesson/rule.ts';
import type {Language} from '../../source/lesson/text.ts';
import {panelLines} from '../../source/tell/spoken/focused.ts';
import {momentLines, type SpokenRun} from '../../source/tell/spoken/moments.ts';
import {changeLines, statusLines} from '../../source/tell/spoken/player.ts';
import {labelOf} from '../../source/view/ladder/label.ts';
import {spokenChallenge} from '../../source/view/panels/challenge.ts';
import {panels} from '../../source/view/panels/registry.ts';
import type {SceneInput} from '../../source/view/scene-input.ts';
import {spokenCard} from '../../source/view/spoken/spoken-card.ts';
import {withCommentary} from '../../source/view/story/commentary.ts';
import {at, momentAt} from '../../source/view/time/pace.ts';
import type {PlaybackAction, PlaybackState} from '../../source/view/time/playback-state.ts';
import {spokenFormula, spokenText} from '../../source/words/spoken-text.ts';
import {allRuns, type LessonRun, traceOf} from '../helpers/all-runs.ts';
import {dataFile} from '../helpers/data-file.ts';
import {handshakeScenario} from '../helpers/scenarios.ts';
import {asksOthers, few, runs, some} from '../helpers/seeds.ts';
import {run} from '../helpers/traces.ts';
import {enters, narration, sends, twoJobs} from './beats.ts';
import {act, grid, type Opened, open, playingAt, sceneOf, started} from './player.ts';

const languages: readonly Language[] = ['en', 'zh'];

const inputOf = (opened: Opened, playback: PlaybackState): SceneInput => ({
  ...opened,
  playback,
  message: undefined,
});

const handshake = (): Opened => {
  const trace = run(handshakeScenario());
  const firstSentence = (text: string, end: string): string => `${text.split(end)[0]}${end}`;
  const say = everywhere({en: firstSentence(twoJobs.en, '.'), zh: firstSentence(twoJobs.zh, '。')});
  const other = everywhere({en: 'Told.', zh: '说。'});
  return open({
    trace,
    title: everywhere({en: 'The three-way handshake', zh: '三次握手'}),
    beats: [
      narration(0, sends(trace, 1), other),
      narration(1, sends(trace, 2), say),
      narration(2, enters(trace, 'client', 'ESTABLISHED'), other),
      narration(3, enters(trace, 'server', 'ESTABLISHED'), other),
    ],
  });
};

test('the handshake, word by word', () => {
  const opened = handshake();
  const state = playingAt(opened, 78_000, {playing: false});
  // The grid breaks the explanation for the page; here a sentence is a line, and the terminal's width breaks it.
  const wanted = grid('r').slice(0, -1).join('\n').replace('SYN,\nand', 'SYN, and').split('\n');
  expect(statusLines(inputOf(opened, state))).toEqual(wanted);
});

test('the same instant in Chinese', () => {
  const opened = handshake();
  const state = playingAt(opened, 78_000, {playing: false, language: 'zh'});
  expect(statusLines(inputOf(opened, state))).toEqual([
    '课程 handshake：三次握手。第 2 段，共 4 段。暂停在 78 毫秒。',
    '0 毫秒，客户端发出第 1 个分组：SYN，序号 1000，发往服务器。',
    '客户端从 CLOSED 变为 SYN-SENT。',
    '50 毫秒，第 1 个分组到达服务器。服务器从 LISTEN 变为 SYN-RECEIVED。',
    '50 毫秒，服务器发出第 2 个分组：SYN 和 ACK，序号 9000，确认号 1001。',
    '第 2 个分组正在发往客户端的途中，预计 100 毫秒到达。',
    '说明：一个报文段做两件事：确认号 1001 确认客户端的 SYN，序号 9000 报出服务器自己的初始序号。',
  ]);
});

test.each([
  ['FIN,PSH,ACK seq=1 ack=2 len=5', 'FIN, PSH and ACK sequence 1 acknowledgment 2 length 5', undefined],
  ['The SYN,ACK says ack=1000.', 'The SYN ACK says acknowledgment 1000.', undefined],
  ['ACK is a flag, ack= is a number', 'ACK is a flag, the field ack is a number', undefined],
  ['1.050 s, then 1.000 s and 1 ms', '1.05 seconds, then 1 second and 1 millisecond', undefined],
  ['RFC 9293 §3.4', 'RFC 9293 section 3.4', 'RFC 9293 第 3.4 节'],
  ['服务器会在 ack= 里填多少？', undefined, '服务器会在字段 ack 里填多少？'],
])('“%s” is heard as words', (text, en, zh) => {
  if (en !== undefined) expect(spokenText(text, 'en')).toBe(en);
  if (zh !== undefined) expect(spokenText(text, 'zh')).toBe(zh);
});

test('a formula is read out from left to right', () => {
  expect(spokenFormula('snd.una  <  seg.ack  ≤  snd.nxt', 'en')).toBe(
    'snd.una is less than seg.ack is at most snd.nxt',
  );
  expect(spokenFormula("rto'    =  2  ×  rto", 'zh')).toBe('rto（之后）等于 2 乘 rto');
});

const data = <T>(name: string): readonly T[] =>
  parse(readFileSync(new URL(`../../lessons/data/${name}.yaml`, import.meta.url), 'utf8'));
const rules = new Map(data<Rule>('rules').map((rule) => [rule.id, rule]));
const misconceptions = new Map(data<Misconception>('misconceptions').map((each) => [each.id, each]));

const openRun = (lessonRun: LessonRun): Opened => {
  const {lesson, run} = lessonRun;
  const trace = traceOf(lessonRun);
  const index = lesson.whatIfs.findIndex((whatIf) => whatIf.run === run);
  const beats = index < 0 ? bindBeats(lesson, run.name, trace).beats : [];
  return open({
    trace,
    beats: withCommentary(trace, beats),
    source: lesson.id,
    title: lesson.title,
    whatIfs: index < 0 ? lesson.whatIfs.map(({title}) => title) : [],
    rule: (id) => rules.get(id),
    misconception: (id) => misconceptions.get(id),
  });
};

const everyRun = allRuns();

/** Words that are there and end like a sentence; no sign that only an eye understands. */
const expectSentence = (line: string, language: Language): void => {
  expect(line).not.toMatch(/undefined|null|NaN|[{}=→×≤≥≠▸◆✓✗┈─│§]| {2}|^\s|\s$/);
  expect(line).toMatch(/[.!?。！？："')）…]$/);
  // Between Chinese words there are no blanks, and English has no Chinese in it.
  if (language === 'zh') expect(line).not.toMatch(/[\u4e00-\u9fff] [\u4e00-\u9fff]/);
  else expect(line).not.toMatch(/[\u3000-\u9fff]/);
};

test.each(some(few(everyRun, 8), 3).map((each) => [each.name, each] as const))(
  '%s: every instant has a sentence',
  (_, each) => {
    const opened = openRun(each);
    const {trace, pacing} = opened;
    for (const language of languages) {
      const spoken: SpokenRun = {trace, pacing, language, relative: false};
      let packets = 0;
      for (let moment = 1; moment < pacing.moments; moment++) {
        const lines = momentLines(spoken, moment);
        expect(lines.length, `moment ${moment}`).toBeGreaterThan(0);
        for (const line of lines) expectSentence(line, language);
        // Each event that can be seen is in it: counted from the trace, not from the sentences.
        const text = lines.join(' ');
        for (const event of trace.events(at(pacing.event, moment - 1) + 1, at(pacing.event, moment))) {
          if (event.kind === 'state') expect(text).toContain(event.to);
          if (event.kind === 'send') expect(text).toMatch(new RegExp(`\\b${Math.abs(event.packet)}\\b`));
          if (event.kind === 'send' && event.hop === 0) packets++;
        }
      }
      // A run may be about asking nobody (dns-cache, hosts file).
      expect(packets > 0).toBe(trace.packetCount > 0);
    }
  },
);

const panelHeard = (opened: Opened, state: PlaybackState, panel: string): readonly string[] =>
  panelLines(sceneOf(opened, act(opened, state, {kind: 'focus', panel, keep: false})));

/** Plays the whole run with `→`, answering every question wrongly; gives what was said at each key. */
const journey = (opened: Opened, language: Language) => {
  const said: {readonly state: PlaybackState; readonly lines: readonly string[]}[] = [];
  let state = started({language});
  let atMs = 0;
  const press = (...actions: readonly PlaybackAction[]): void => {
    let next = act(opened, state, ...actions);
    if (next.step) next = act(opened, next, {kind: 'tick', ms: 1000});
    said.push({state: next, lines: changeLines(inputOf(opened, state), inputOf(opened, next))});
    state = next;
  };
  for (let key = 0; key < 3000 && !state.ending; key++) {
    atMs += 1000;
    const {gate} = state;
    const beat = opened.beats.find(({index}) => index === gate?.beat);
    if (gate?.replied) press({kind: 'continue'}, {kind: 'togglePlay'});
    else if (beat && beat.kind !== 'narration') {
      press({kind: 'hint'});
      const wrong = beat.choices.find(
        ({correct, id}) => !correct && id !== state.firstTries[gate?.beat ?? -1]?.choice,
      );
      press({kind: 'answer', choice: wrong?.id ?? 'a'});
    } else press({kind: 'stepForward', atMs});
  }
  return said;
};

const bases = everyRun.filter(({run}) => run.name === 'base');
/** What a key costs grows with the run: only `npm run test:long` walks through the longest. */
const mostPackets = runs(200, 20);
const shorter = bases.filter((each) => traceOf(each).packetCount <= mostPackets);

test.each(few(shorter, asksOthers() ? 3 : 1).map((each) => [each.name, each] as const))(
  '%s: a whole lesson, its answers unheard until they are given',
  (_, each) => {
    const opened = openRun(each);
    for (const language of languages) {
      const said = journey(opened, language);
      let secrets = 0;
      expect(said.at(-1)?.state.ending).toBeDefined();
      for (const {lines, state} of said) {
        for (const line of lines) expectSentence(line, language);
        const beat = opened.beats.find(({index}) => index === state.gate?.beat);
        if (beat?.kind !== 'prediction' || state.gate?.replied) continue;
        const answer = beat.choices.find(({correct}) => correct);
        const heard = statusLines(inputOf(opened, state)).filter(
          (line) => !/^([a-e]|Question|Hint|问题|提示)[:：]/.test(line),
        );
        const asked = heard.find((line) => /^(The packet|这个分组)[:：]/.test(line)) ?? '';
        const number = new RegExp(`\\b${answer?.value}\\b`);
        expect(asked).not.toMatch(number);
        // A number that an earlier packet carried is no secret; any other one must not be heard.
        const sent = at(opened.pacing.sent, momentAt(opened.pacing, state.viewMs));
        const known = new Set<string>();
        for (let id = 1; id <= sent; id++) {
          const packet = opened.trace.packet(id);
          const segment = segmentOf(packet);
          if (segment) known.add(String(segment.window));
          for (const {value} of labelOf(opened.trace, packet, {relative: false, questions: []}))
            known.add(value);
        }
        // Small numbers are everywhere.
        if (typeof answer?.value !== 'number' || answer.value < 100) continue;
        if (known.has(String(answer.value))) continue;
        secrets++;
        expect(heard.join(' ')).not.toMatch(number);
        for (const {name} of panels)
          expect(panelHeard(opened, state, name).join(' '), name).not.toMatch(number);
      }
      // A sample of the places: each panel is computed whole.
      for (const {state} of said.filter((_, index) => index % 9 === 0))
        for (const {name} of panels)
          for (const line of panelHeard(opened, state, name)) expectSentence(line, language);
      // Of these two it is known that their questions ask for numbers that nobody has seen.
      if (/^(handshake|teardown) /.test(each.name)) expect(secrets).toBeGreaterThan(0);
      // All moments are told once, and in order, on the way.
      const told = said.flatMap(({lines}) => lines).join('\n');
      for (let id = 1; id <= opened.trace.packetCount; id++)
        expect(told).toContain(language === 'zh' ? `第 ${id} 个分组` : `packet ${id},`);
    }
  },
);

test('a challenge: each goal and whether it is met, the moves made, and those that can be made', () => {
  const scene = {
    goals: [
      {text: 'CLOSING', met: true, lost: false},
      {text: 'TIME-WAIT → CLOSED', met: false, lost: false},
      {text: 'ESTABLISHED', met: false, lost: true},
    ],
    met: 1,
    verdict: 'missed',
    missed: ['Not solved: 1 condition is not met'],
    moves: ['50 ms client close()'],
    par: 2,
    offers: [
      {move: {kind: 'call', atUs: 0, host: 'server', action: {call: 'close'}}, text: 'server close()'},
    ],
    hints: ['Both ends close at once.'],
  } as const;
  expect(spokenChallenge(scene, 0, 'en')).toEqual([
    'Goal: 1 of 3.',
    'CLOSING: met.',
    'TIME-WAIT to CLOSED: not met.',
    'ESTABLISHED: can no longer be met in this run.',
    'Not solved: 1 condition is not met.',
    '1 move, par 2.',
    '50 milliseconds client close().',
    'Hint: Both ends close at once.',
    '1: server close().',
    'Marked: server close().',
  ]);
  for (const line of spokenChallenge(scene, 0, 'zh')) expect(line).not.toContain('→');
});

test('back: where, and how things stand there, in at most two sentences and what is in the air', () => {
  const opened = handshake();
  const later = playingAt(opened, 120_000, {playing: false});
  const back = act(opened, later, {kind: 'stepBack'});
  expect(momentAt(opened.pacing, back.viewMs)).toBeLessThan(momentAt(opened.pacing, later.viewMs));
  expect(changeLines(inputOf(opened, later), inputOf(opened, back))).toEqual([
    'Back at 100 milliseconds.',
    'Client is ESTABLISHED, server is SYN-RECEIVED.',
  ]);
});

test('nothing is said while nothing changes', () => {
  const opened = handshake();
  const state = playingAt(opened, 78_000, {playing: false});
  expect(changeLines(inputOf(opened, state), inputOf(opened, {...state}))).toEqual([]);
  const flying = {...state, playing: true, viewMs: state.viewMs + 1};
  expect(changeLines(inputOf(opened, {...state, playing: true}), inputOf(opened, flying))).toEqual([]);
});

test.each(some(data<Card>('cards'), 8).map((card) => [card.id, card] as const))(
  'the card %s: every entry is a sentence, and each cell is in it',
  (id) => {
    const loaded = loadData({cards: dataFile('cards')});
    const card = loaded.ok ? loaded.value.cards.find((each) => each.id === id) : undefined;
    if (card === undefined) expect.fail('it cannot be read');
    for (const language of languages)
      for (const [index, row] of card.rows.entries()) {
        const line = spokenCard(card, index, language)[1] ?? '';
        expect(line).not.toMatch(/undefined| {2}|: ;|：；/);
        for (const cell of row)
          for (const word of cell[language].match(/[A-Za-z]{3,}/g) ?? [])
            expect(line.toLowerCase()).toContain(word.toLowerCase());
      }
  },
);

test('why?, panels and the chosen packet are read out', () => {
  const opened = openRun(everyRun.find(({name}) => name === 'handshake base') ?? expect.fail('no run'));
  const state = playingAt(opened, 100_000, {playing: false});
  const change = (action: PlaybackAction): string =>
    changeLines(inputOf(opened, state), inputOf(opened, act(opened, state, action))).join('\n');
  expect(change({kind: 'toggleWhy'})).toMatch(
    /Formula: snd\.una is less than seg\.ack is at most snd\.nxt\.\nHere: 1000 is less than 1001 is at most 1001\./,
  );
  expect(change({kind: 'focus', panel: 'endpoints', keep: false})).toContain(
    'Client is ESTABLISHED, changed; snd.una 1001',
  );
  const endpoints = act(opened, state, {kind: 'focus', panel: 'endpoints', keep: false});
  const una = {host: 'client', name: 'snd.una'};
  const chosen = act(opened, endpoints, {kind: 'select', selection: {variable: una}});
  // RFC 9293 §3.10.7.3: SND.UNA becomes SEG.ACK. What was said of the panel before is not said again.
  expect(changeLines(inputOf(opened, endpoints), inputOf(opened, chosen)).join('\n')).toMatch(
    /^Selected: client, snd\.una 1001, changed\.\nFormula: snd\.una equals seg\.ack\.\nHere: 1001 equals 1001\.$/,
  );
  expect(change({kind: 'focus', panel: 'list', keep: false})).toContain(
    'Packet 2, sent at 50 milliseconds by server, SYN and ACK, sequence 9000, acknowledgment 1001, length 0, arrived at 100 milliseconds.',
  );
  expect(change({kind: 'focus', panel: 'diagram', keep: false})).toBe(
    [
      'States.',
      "Client's states so far: CLOSED, SYN-SENT, ESTABLISHED. Changed just now by SYN and ACK.",
      "Server's states so far: CLOSED, LISTEN, SYN-RECEIVED.",
    ].join('\n'),
  );
  expect(change({kind: 'focus', panel: 'bytes', keep: false})).toMatch(/^Bytes\.\nPacket 2, /);
  expect(change({kind: 'packetPrevious'})).toMatch(/^Packet 1, sent at 0 milliseconds by client, SYN,/);
  expect(change({kind: 'toggleRelative'})).toBe('Sequence numbers count from each end’s initial number.');
  expect(change({kind: 'faster'})).toBe('Speed 2 times.');
});
