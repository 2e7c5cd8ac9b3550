// The panel of a host that the learner plays. Oracle: RFC 9293 §3.5 figure 6 for the segment that is right, §3.10.7.3 for the RST that answers
// a wrong acknowledgment number.
import {readFileSync} from 'node:fs';
import {expect, test, vi} from 'vitest';
import {attemptRun} from '../../source/lesson/attempt.ts';
import {judged} from '../../source/lesson/judge.ts';
import {loadLesson} from '../../source/lesson/load.ts';
import type {Move} from '../../source/lesson/move.ts';
import {moveText} from '../../source/lesson/move-text.ts';
import {scenarioOf} from '../../source/lesson/run-scenario.ts';
import {sameIn} from '../../source/lesson/text.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import {keyHints} from '../../source/ui/key-hints.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import {seq} from '../../source/wire/seq.ts';
import {byHandFields, byHandTexts} from '../../source/words/catalogue/by-hand.ts';
import {lessonNamed} from '../helpers/all-runs.ts';
import {setUp} from '../helpers/controlled.ts';
import {handshakeRun} from '../helpers/render.ts';
import {packetsOf, run as runOf} from '../helpers/traces.ts';
import {canvasOf, open, playingAt, textOf} from '../view/player.ts';

/** The handshake by hand; each attempt is noted. */
const byHand = (attempts: string[][], moves: readonly Move[] = []): OpenedRun => {
  const lesson = lessonNamed('handshake');
  const [base] = lesson.runs;
  const {challenge} = lesson;
  const attempt = base && attemptRun(lesson, base, moves);
  if (!base || !challenge || !attempt?.ok) throw new Error('no challenge');
  const trace = runOf(scenarioOf(attempt.value));
  return {
    ...{...handshakeRun({asks: false}), trace, beats: [], at: {us: trace.durationUs}},
    challenge: {challenge, run: base, moves, judgement: judged(challenge, trace, moves), settable: []},
    attempt: (next) => {
      attempts.push(next.map(moveText));
      return {run: byHand(attempts, next)};
    },
  };
};

const begun = () => {
  const attempts: string[][] = [];
  const {press, controller} = setUp({initial: {screen: 'player', run: byHand(attempts)}});
  const settled = () => vi.waitUntil(() => controller.get().opening === undefined);
  const packets = (): string[] => packetsOf(controller.get().player?.run.trace ?? runOf(scenario));
  return {attempts, press, settled, packets, controller};
};

const challengeFile = (id: string) => {
  const file = new URL(`../../lessons/challenges/${id}.yaml`, import.meta.url);
  const loaded = loadLesson(readFileSync(file, 'utf8'), `${id}.yaml`);
  if (!loaded.ok) throw new Error('the challenge cannot be read');
  return loaded.value;
};

const size = {columns: 80, rows: 24};
const {runs} = lessonNamed('handshake');
const [first] = runs;
if (!first) throw new Error('no run');
const scenario = scenarioOf(first);

test('flags are set with the arrows, numbers are typed; the client answers, and the segment is taken back', async () => {
  const {attempts, press, settled, packets, controller} = begun();
  expect(press().player?.playback.focus).toBe('turn');
  press('right', 'down', 'right', 'down', 'down', 'down', '7', '0', '0');
  // Nothing is sent before the acknowledgment number is there.
  press('enter');
  expect(attempts).toEqual([]);
  press('down', '1', '0', '0', '2', 'backspace', '0', 'enter');
  await settled();
  expect(attempts).toEqual([['answer=flags:SYN+ACK,seq:700,ack:1000']]);
  expect(packets()[2]).toBe('100 client RST seq=1000');
  expect(controller.get().player?.playback.playing).toBe(true);
  press('u');
  await settled();
  expect(attempts.at(-1)).toEqual([]);
  expect(packets()).toHaveLength(1);
});

test('a segment that is whole can be sent: its key is on the line of keys, in each language', () => {
  for (const language of ['en', 'zh'] as const) {
    const {press} = begun();
    const keys = (state: AppState) =>
      keyHints({...state, preferences: {...state.preferences, language}}, size).map(({key}) => key);
    expect(keys(press('right', 'down', 'right', 'down', 'down', 'down', '7', 'down'))).not.toContain('enter');
    expect(keys(press('1', '0', '0', '1'))).toContain('enter');
  }
});

test('played after a lesson, the form has the focus too, and the key that continues does not leave the open turn', async () => {
  const over = byHand([]);
  const {at: _, ...run} = over;
  const whatIfs = [sameIn('by hand')];
  const lesson = {...handshakeRun({asks: false}), whatIfs, openWhatIf: () => ({run})};
  const {controller, press} = setUp({initial: {screen: 'player', run: lesson}});
  press('G', 'space', '1');
  await vi.waitUntil(() => controller.get().player?.run.challenge !== undefined);
  expect(press('space').player?.playback.focus).toBe('turn');
  expect(press('G', 'tab', 'space').player).toMatchObject({run, playback: {focus: 'turn'}});
  expect(controller.get().message).toBeDefined();
});

test.each([
  [80, 24],
  [100, 30],
  [120, 40],
  [120, 50],
  [130, 40],
  [160, 50],
])(
  'the fields and the verdict are on the screen at %i×%i, whatever has been sent before',
  (columns, rows) => {
    const lesson = challengeFile('by-hand-close');
    const [base] = lesson.runs;
    const {challenge} = lesson;
    const moves = challenge?.solution?.slice(0, 1) ?? [];
    const attempt = base && attemptRun(lesson, base, moves);
    if (!base || !challenge || !attempt?.ok) throw new Error('no challenge');
    const trace = runOf(scenarioOf(attempt.value));
    const input = {challenge, run: base, moves, judgement: judged(challenge, trace, moves), settable: []};
    const at = {...open({trace, source: 'by-hand-close'}), challenge: input};
    const shown = playingAt(at, trace.durationUs, {focus: 'turn', opened: ['turn', 'challenge']});
    const text = textOf(canvasOf(at, shown, {columns, rows})).join('\n');
    expect(text).toMatch(/flags +○ SYN {2}○ ACK {2}○ FIN {2}○ RST/);
    expect(text).toMatch(/seq= +\? +ack= +\?/);
    expect(text).toContain(byHandTexts.right.en({host: ''}).slice(0, 6));
  },
);

test('a first wrong segment is told its fields; a second one, and the last hint, the whole right segment', () => {
  const wrong: Move = {
    ...{kind: 'answer', atUs: 50_000},
    answer: {flags: ['SYN', 'ACK'], seq: seq(9000), ack: seq(1002)},
  };
  const run = byHand([], [wrong]);
  const at = {
    ...open({trace: run.trace, source: 'handshake'}),
    ...(run.challenge ? {challenge: run.challenge} : {}),
  };
  const shown = (own: {readonly [panel: string]: unknown}): string =>
    textOf(
      canvasOf(at, playingAt(at, run.trace.durationUs, {focus: 'turn', opened: ['turn'], own}), size),
    ).join(' ');
  const start = {marked: 0, flags: [], typed: false};
  const right = 'SYN,ACK seq=9000 ack=1001';
  expect(shown({})).not.toContain(right);
  expect(shown({})).toContain(byHandFields.ack.en);
  expect(shown({turn: {...start, tries: [1]}})).not.toContain(right);
  expect(shown({turn: {...start, tries: [2]}})).toContain(right);
  expect(shown({challenge: {marked: 0, hints: 2}})).not.toContain(right);
  expect(shown({challenge: {marked: 0, hints: 3}})).toContain(right);
});

test('the arrows step through numbers worth trying, the right one among its neighbours', () => {
  const {press} = begun();
  press('down', 'down', 'down', 'down', 'down');
  const seen = Array.from({length: 6}, () => press('right').player?.playback.own['turn']);
  expect(seen.map((own) => JSON.stringify(own))).toEqual(
    [0, 1000, 1001, 1002, 9000, 9000].map((ack) => expect.stringContaining(`"ack":${ack}`)),
  );
});
