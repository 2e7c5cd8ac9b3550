// The key line and the help: only keys that work right now, at most nine, `?` among them, in both languages.

import {expect, test} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {AppOptions} from '../../source/ui/app-options.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import {makeController} from '../../source/ui/controller.ts';
import {keysOfGroup, restOfGroups} from '../../source/ui/help-groups.ts';
import {contextsBy, helpKeys, helpSections, keyHints, listedKeys} from '../../source/ui/key-hints.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import type {Preferences} from '../../source/ui/preferences.ts';
import {textWidth} from '../../source/words/width.ts';
import {ask, dnsScenario} from '../helpers/dns-network.ts';
import {appOptions, handshakeRun, openTerminal} from '../helpers/render.ts';
import {run as simulated} from '../helpers/traces.ts';

const large = {columns: 120, rows: 40};

function stateAfter(
  keys: readonly string[],
  preferences: Partial<Preferences> = {},
  run: OpenedRun = handshakeRun(),
): AppState {
  const {stdin, stdout} = openTerminal();
  const options: AppOptions = {
    ...appOptions,
    initial: {screen: 'player', run},
    preferences: {...appOptions.preferences, ...preferences},
    stdin,
    stdout,
  };
  let nowMs = 0;
  const now = () => {
    nowMs += 1000;
    return nowMs;
  };
  const controller = makeController(options, {now, size: () => large});
  controller.attach({exit: () => {}, redraw: () => {}, suspend: async () => {}, copy: () => {}});
  for (const key of keys) controller.press(key);
  return controller.get();
}

const line = (state: AppState, size = large) =>
  keyHints(state, size)
    .map(({key, label}) => `${key} ${label}`)
    .join('  ');

const signs = (state: AppState): string =>
  keyHints(state, large)
    .map(({key}) => key)
    .join('  ');

const toQuestion = [']', ']'];
/** In the middle of a run nearly every key means something. */
const answered = [...toQuestion, 'b', 'enter', 'space', 'right', 'right'];

test('playing and paused', () => {
  expect(line(stateAfter([]))).toMatch(/^space pause {2}/);
  expect(signs(stateAfter([]))).toBe('space  ←→  [ ]  w  tab  + -  ?  q');
  expect(line(stateAfter(['space']))).toMatch(/^space play {2}/);
  expect(line(stateAfter(['space'], {language: 'zh'}))).toMatch(/^space 播放 {2}←→ 单步 {2}\[ \] 段落/);
});

test('the limit on key repeat does not take a key off the line', () => {
  // At the start only → works, and it has just been pressed.
  expect(line(stateAfter(['right', 'left']))).toContain('←→ step');
});

test('above a question only what a question allows', () => {
  const state = stateAfter(toQuestion);
  expect(state.player?.playback.gate).toMatchObject({replied: false});
  // This question has no hint.
  expect(signs(state)).toBe('a–c  s  ←  tab  ?  q');
  expect(line(state)).toContain('← look back');
  // What was tried is no key any more.
  expect(line(stateAfter([...toQuestion, 'a']))).toMatch(/^b–c answer {2}s skip/);
  expect(line(stateAfter([...toQuestion, 'c']))).toMatch(/^a–b answer {2}s skip/);
  expect(signs(stateAfter([...toQuestion, 'a', 'b']))).toBe('enter  w  ?  q');
});

test('a reply that has said all there is to say has no why?', () => {
  const run = handshakeRun();
  const explain = everywhere({en: 'A SYN takes one number.', zh: 'SYN 占一个序号。'});
  const beats = run.beats.map((beat) =>
    beat.kind === 'narration' ? beat : {...beat, kind: 'concept' as const, explain},
  );
  const reply = stateAfter([...toQuestion, 'a', 'b'], {}, {...run, beats});
  expect(reply.player?.playback.gate).toMatchObject({replied: true});
  expect(signs(reply)).toBe('enter  ?  q');
  const pressed = stateAfter([...toQuestion, 'a', 'b', 'w'], {}, {...run, beats});
  expect(pressed.player?.playback.why).toBeUndefined();
});

test('in why? it closes, steps, and follows causes where there are any', () => {
  expect(line(stateAfter([']', 'w']))).toMatch(/^esc close {2}←→ step {2}.*\? keys$/);
});

test.each([20, 40, 60, 80, 120, 200])('%i columns: fits, at most nine, `?` among them', (columns) => {
  for (const keys of [[], ['space'], answered, toQuestion, [...toQuestion, 'b'], ['w'], ['t'], ['a', 't']]) {
    const hints = keyHints(stateAfter(keys), {columns, rows: 24});
    const width = hints.reduce((sum, {key, label}) => sum + textWidth(`${key} ${label}`) + 2, 1);
    expect(width, keys.join()).toBeLessThanOrEqual(columns);
    expect(hints.length).toBeLessThanOrEqual(9);
    expect(hints.some(({key}) => key === '?')).toBe(true);
  }
});

test('ASCII: no sign outside of it', () => {
  const ascii = /^[ -~]*$/;
  const state = stateAfter(['space'], {ascii: true});
  expect(line(state)).toMatch(ascii);
  expect(helpKeys(state).filter(({key}) => !ascii.test(key))).toEqual([]);
  expect(helpKeys(state).filter(({label}) => label !== '中文' && !ascii.test(label))).toEqual([]);
});

/** All keys of the help but those of panels. */
const helpOf = (state: Parameters<typeof helpKeys>[0]) => [
  ...helpKeys(state),
  ...helpSections(state)
    .slice(0, restOfGroups.length)
    .flatMap(({keys}) => keys),
];

test('the help has every key once, and says above a question which are off', () => {
  const keys = helpOf(stateAfter([]));
  expect(new Set(keys.map(({key}) => key)).size).toBe(keys.length);
  expect(keys.map(({key}) => key).toSorted()).toEqual(
    listedKeys(contextsBy.player)
      .map(({sign}) => sign)
      .toSorted(),
  );
  expect(keys.filter(({label}) => label.includes('not now'))).toEqual([]);
  const asked = helpOf(stateAfter(toQuestion));
  expect(asked.find(({key}) => key === 'space enter')?.label).toMatch(/ \(not now\)$/);
  expect(asked.find(({key}) => key === '← →')?.label).toBe('step (h l PgUp PgDn)');
  expect(asked.find(({key}) => key === 'x')?.label).toMatch(/ \(not now\)$/);
  expect(asked.find(({key}) => key === 'ctrl-c')?.label).toBe('quit immediately');
});

test('ten keys come first, in the player and in the quiz; whatever has no rank would be among them', () => {
  const first = helpKeys(stateAfter([])).map(({key}) => key);
  expect(first).toEqual(['space enter', '← →', '↑ ↓', 'a–e', 'w', 'z', 'x', 'd', 'b', 'q esc']);
  expect(keysOfGroup('first', listedKeys(contextsBy.quiz))).toHaveLength(10);
});

const small = {columns: 80, rows: 24};

test('tab stands in the line', () => {
  expect(line(stateAfter([]), small)).toContain('tab panel');
  expect(line(stateAfter([]), {columns: 60, rows: 15})).toContain('tab panel');
  expect(line(stateAfter(toQuestion), small)).toContain('tab panel');
});

test('back and help are the last to leave a short line', () => {
  expect(line(stateAfter(['space']), {columns: 60, rows: 15})).toMatch(/\? keys {2}q back$/);
});

test('what the space bar leads to', () => {
  const run = handshakeRun();
  const whatIf = everywhere({en: 'The SYN is lost', zh: 'SYN 丢失'});
  const offering = (keys: readonly string[]) => stateAfter(keys, {}, {...run, whatIfs: [whatIf, whatIf]});
  const atItsEnd = run.beats.map((beat) => (beat.index === 0 ? beat : {...beat, event: run.trace.length}));
  const concept = atItsEnd.map((beat) =>
    beat.kind === 'narration' ? beat : {...beat, kind: 'concept' as const},
  );
  const asking = stateAfter(['G'], {}, {...run, beats: concept, whatIfs: []});
  expect(asking.player?.playback.gate).toBeUndefined();
  expect(line(asking)).toMatch(/^space question /);
  const atEnd = offering([...toQuestion, 'b', 'enter', 'G', 'G']);
  expect(line(atEnd)).toMatch(/^space what if … /);
  const ending = offering([...toQuestion, 'b', 'enter', 'G', 'G', 'space']);
  expect(keyHints(ending, large).filter(({main}) => main)).toMatchObject([{key: 'enter'}]);
  expect(signs(ending)).toBe('↑↓  enter  ←  g  ?  q');
});

test('keys that a picture of six hosts would take for its heads stay on the line until a head is selected', () => {
  const five = dnsScenario([ask(0, {call: 'resolve', name: 'y.abc.com', type: 1})]);
  const [m] = five.hosts;
  const [stub] = five.links;
  const app = five.apps?.find(({host}) => host === 'm');
  if (!m || !stub || !app) return expect.fail('the network has changed');
  const six = {
    ...five,
    hosts: [
      ...five.hosts.map((host) =>
        host.name === 'local'
          ? {
              ...host,
              interfaces: [
                ...host.interfaces,
                {...host.interfaces[0], link: 'stub2', ip: '192.0.2.53', mac: '02:00:00:00:00:a1'},
              ],
            }
          : host,
      ),
      {...m, name: 'n', interfaces: [{link: 'stub2', ip: '192.0.2.11', mac: '02:00:00:00:00:a2'}]},
    ],
    links: [...five.links, {...stub, name: 'stub2', between: ['n', 'local'] as const}],
    apps: [...(five.apps ?? []), {...app, host: 'n'}],
    script: [...five.script, ask(1000, {call: 'resolve', name: 'y.abc.com', type: 1}, 'n')],
  };
  const run = {...handshakeRun(), trace: simulated(six), beats: []};
  expect(line(stateAfter([], {}, run))).toContain('q back');
  // Then escape leaves the head.
  expect(line(stateAfter(['H'], {}, run))).not.toContain('q back');
});

test('at the end of a run that nothing follows space begins anew, says so, and leaves the line first', () => {
  const ended = stateAfter(['G'], {}, handshakeRun({asks: false}));
  expect(line(ended)).toMatch(/^space again /);
  expect(line(ended, {columns: 60, rows: 24})).not.toContain('space');
  expect(line(stateAfter(['G'], {language: 'zh'}, handshakeRun({asks: false})))).toMatch(/^space 重播 /);
});

test('the key that goes on is marked while the run waits, not while it plays', () => {
  const marked = (keys: readonly string[]) =>
    keyHints(stateAfter(keys), large)
      .filter(({main}) => main)
      .map(({key}) => key);
  expect(marked([])).toEqual([]);
  expect(marked(['space'])).toEqual(['space']);
  expect(marked(toQuestion)).toEqual(['a–c']);
  expect(marked([...toQuestion, 'b'])).toEqual(['enter']);
  expect(marked(['w'])).toEqual([]);
});

test('a card and a lesson that a narration leads to keep their keys where others go', () => {
  const base = handshakeRun({asks: false});
  const beats = base.beats.map((beat) =>
    beat.kind === 'narration' ? {...beat, card: 'states', link: 'teardown'} : beat,
  );
  const card = {id: 'states', title: everywhere({en: 'States', zh: '状态'}), head: [], rows: [], lines: []};
  const title = everywhere({en: 'The close', zh: '挥手'});
  const reference = {card: () => card, glossary: [], lessonTitle: () => title};
  for (const [language, words] of [
    ['en', 'm card  L lesson'],
    ['zh', 'm 卡片  L 课程'],
  ] as const) {
    const state = stateAfter(['G'], {language}, {...base, beats, reference});
    expect(line(state, {columns: 60, rows: 24})).toContain(words);
  }
});
