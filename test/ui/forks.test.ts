// Altering packets in the player: each fork is the run that the simulator makes of the same faults, and every way back is open.

import {fileURLToPath} from 'node:url';
import {expect, test, vi} from 'vitest';
import {segmentOf} from '../../source/account/packet.ts';
import {traceLines} from '../../source/account/trace-json.ts';
import {openCapture} from '../../source/io/capture.ts';
import {aside} from '../../source/lesson/bound-beat.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import {forkCode} from '../../source/sim/fork.ts';
import {identityOf} from '../../source/sim/identity.ts';
import {decodeReplay} from '../../source/sim/replay.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {makeController} from '../../source/ui/controller.ts';
import {keyContext} from '../../source/ui/key-context.ts';
import {keyHints} from '../../source/ui/key-hints.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import {compareScreen, sheetOf} from '../../source/ui/overlay-screen.ts';
import type {PlayerState} from '../../source/ui/player.ts';
import {changeSaid} from '../../source/ui/spoken-app.ts';
import {asciiGlyphs, unicodeGlyphs} from '../../source/view/glyphs.ts';
import {scene} from '../../source/view/scene.ts';
import {compose} from '../../source/view/screen.ts';
import {textWidth} from '../../source/words/width.ts';
import {forkableRun, scenario} from '../helpers/forkable.ts';
import {appOptions, handshakeRun, openTerminal} from '../helpers/render.ts';
import {some} from '../helpers/seeds.ts';
import {run} from '../helpers/traces.ts';

const small = {columns: 80, rows: 24};

function setUp(opened: OpenedRun = forkableRun({at: {us: 60_000}})) {
  const {stdin, stdout} = openTerminal();
  let nowMs = 0;
  const now = () => {
    nowMs += 1000;
    return nowMs;
  };
  const initial = {screen: 'player', run: opened} as const;
  const controller = makeController({...appOptions, initial, stdin, stdout}, {now, size: () => small});
  // As a stream's write, which says whether more may come.
  const copy = vi.fn((_text: string) => true);
  controller.attach({exit: () => {}, redraw: () => {}, suspend: async () => {}, copy});
  const press = (...keys: readonly string[]): PlayerState => {
    for (const key of keys) controller.press(key);
    const {player} = controller.get();
    if (player === undefined) throw new Error('the player is gone');
    return player;
  };
  return {controller, press, copy, context: () => keyContext(controller.get())};
}

const simulated = (...faults: readonly string[]): Trace =>
  run({
    ...scenario,
    faults: faults.map((text) => {
      const fault = parseFault(text);
      if (!fault.ok) throw new Error(text);
      return fault.value;
    }),
  });

const told = (trace: Trace): string => JSON.stringify([...traceLines(trace, {title: '', notes: []})]);

const down = (times: number): string[] => Array.from({length: times}, () => 'down');
/** From the first row of fields that can be edited: which are offered is held in present's tests. */
const toField = ['x', ...down(5), 'enter'];

test.each([
  [['x', 'enter'], 'drop@packet=2'],
  [['x', ...down(1), 'enter'], 'delay=200ms@packet=2'],
  [['x', ...down(1), 'right', 'right', 'left', 'enter'], 'delay=500ms@packet=2'],
  [['x', ...down(1), '1', '.', '5', 's', 'enter'], 'delay=1500ms@packet=2'],
  [['x', ...down(2), 'enter'], 'dup@packet=2'],
  [['x', ...down(3), 'right', 'enter'], 'reorder=2@packet=2'],
  [['x', ...down(4), 'enter'], 'corrupt@packet=2'],
  [['x', ...down(4), 'right', 'enter'], 'corrupt=memory@packet=2'],
  [[...toField, 'down', '5', 'enter'], 'edit:tcp.ack_raw=5@packet=2'],
  [[...toField, 'enter', '0', 'x', '1', 'f', 'enter'], 'edit:tcp.seq_raw=31@packet=2'],
  [[...toField, 'c', '7', 'enter'], 'edit!:tcp.seq_raw=7@packet=2'],
  [['up', 'x', 'enter'], 'drop@packet=1'],
])('%j makes %s', (keys, fault) => {
  const {press, context} = setUp();
  const {run: forked, forks, overlay} = press(...keys);
  expect(overlay).toBeUndefined();
  expect(context()).toBe('player');
  expect(forks?.tree.nodes[1]?.title).toBe(fault);
  expect(told(forked.trace)).toBe(told(simulated(fault)));
  expect(forked.yours).toBe(true);
});

test('the player stands where the packet leaves, long after it has arrived', () => {
  const {press} = setUp(forkableRun({at: {us: 150_000}}));
  const {playback, context} = press('up', 'up', 'x', 'enter');
  const {pacing, trace} = context;
  const moment = [...pacing.viewMs].indexOf(playback.viewMs);
  expect(pacing.event.at(moment)).toBeGreaterThanOrEqual(trace.packet(1).sendEvent);
  expect(pacing.atUs.at(moment)).toBe(trace.packet(1).sentUs);
  expect(playback).toMatchObject({playing: false, step: undefined});
});

test('numbers that no lesson chose count from the first', () => {
  const chosen = forkableRun({});
  const {fork} = chosen;
  if (!fork) throw new Error('the run can be altered');
  const hosts = fork.scenario.hosts.map(({iss: _, ...host}) => host);
  const free = {...fork.scenario, hosts};
  const unchosen = {...chosen, trace: run(free), fork: {...fork, scenario: free}};
  expect(setUp(chosen).press().playback.relative).toBe(false);
  expect(setUp(unchosen).press().playback.relative).toBe(true);
  // What is asked or told names them as the packets carry them.
  expect(setUp({...unchosen, asked: true}).press().playback.relative).toBe(false);
  const segment = segmentOf(unchosen.trace.packet(2));
  const says = (ack: number) =>
    setUp({...unchosen, beats: [aside(0, 1, everywhere({en: `ack=${ack}`, zh: ''}))]});
  expect(says(segment?.ack ?? 0).press().playback.relative).toBe(false);
  expect(says((segment?.ack ?? 0) + 7).press().playback.relative).toBe(true);
});

test('what was open and how it is looked at stays', () => {
  const {press} = setUp();
  const {playback} = press('t', '+', 'r', '3', 'x', 'enter');
  expect(playback).toMatchObject({language: 'zh', speed: 2, relative: true, focus: 'list', opened: ['list']});
});

test('a packet that this run has lost cannot be lost again, and the screen says so', () => {
  const {press, controller} = setUp();
  press('x', 'enter', 'x');
  expect(controller.get().player?.overlay).toBeUndefined();
  expect(controller.get().message?.en).toMatch(/^packet 2 is already lost in this run/);
  expect(controller.get().message?.zh).toMatch(/^第 2 个分组/);
});

test('nothing sent yet, and a source that cannot be altered, are told apart', async () => {
  const early = setUp(forkableRun({at: {us: 0}}));
  early.press('g', 'x');
  expect(early.controller.get().message?.en).toMatch(/^no packet has been sent/);
  const other = setUp(handshakeRun());
  other.press('x');
  expect(other.controller.get().message?.en).toMatch(/^a script/);
  const file = new URL('../fixtures/captures/00a-handshake-only.pcap', import.meta.url);
  const capture = await openCapture(fileURLToPath(file));
  if (!capture.ok) throw new Error('unreadable');
  const {trace} = capture.value;
  const captured = setUp({...handshakeRun(), trace, beats: [], at: {us: 60_000}});
  for (const key of ['x', 'f', 'd', 'u', 'ctrl-r']) {
    captured.press(key);
    expect(captured.controller.get().message?.en, key).toMatch(/^a capture/);
  }
});

test.each([
  ['tcp.seq_raw', '4294967296', 'takes 0 to 4294967295'],
  ['tcp.seq_raw', '999999999999', 'takes 0 to 4294967295'],
  ['tcp.dstport', '0x1000000000', 'takes 0 to 65535'],
  ['tcp.seq_raw', '9000', 'is 9000 already'],
  ['tcp.seq_raw', '0x2328', 'is 9000 already'],
  ['tcp.seq_raw', 'much', 'whole number'],
  ['tcp.hdr_len', '21', 'in steps of 4'],
])('%s = %s is refused: %s', (field, value, words) => {
  const {press} = setUp();
  press(...toField);
  const marked = () => {
    const {overlay} = press();
    return overlay?.kind === 'alter' ? overlay.state.field : undefined;
  };
  for (let n = 0; n < 60 && marked() !== field; n++) press('down');
  const {overlay, forks} = press('enter', ...value, 'enter');
  expect(overlay?.kind === 'alter' && overlay.problem?.en).toContain(words);
  expect(forks?.tree.nodes).toHaveLength(1);
  // What was typed is still there to be mended, and what is wrong with it is said once.
  expect(overlay).toMatchObject({state: {typed: value}});
  const {below = []} = sheetOf(press(), unicodeGlyphs)?.(small.columns) ?? {};
  expect(below.filter(({text}) => text.startsWith('✗'))).toHaveLength(1);
});

test('esc goes back one page at a time, and lets the run be', () => {
  const {press, context} = setUp();
  const before = press();
  press(...toField, '4');
  expect(context()).toBe('typing');
  press('escape');
  expect(context()).toBe('alter');
  press('escape', 'escape');
  expect(context()).toBe('player');
  expect(press().playback).toEqual(before.playback);
});

test('u takes it back to where the reader was, ctrl-r does it again', () => {
  const {press} = setUp();
  const before = press();
  const forked = press('x', 'enter', 'right');
  const undone = press('u');
  expect(undone.run).toBe(before.run);
  expect(undone.playback.viewMs).toBe(before.playback.viewMs);
  const redone = press('ctrl-r');
  expect(redone.run).toBe(forked.run);
  expect(redone.forks?.tree.current).toBe(1);
  expect(press('u', 'u').forks?.tree.current).toBe(0);
});

test('the tree: parents above their forks, enter goes there, y copies a code that gives the run', () => {
  const {press, copy, context, controller} = setUp();
  // Two forks of the run itself, one of the first of them.
  press('x', 'enter', 'G', 'x', 'down', 'enter', 'u', 'u', 'x', ...down(2), 'enter', 'f');
  expect(context()).toBe('forks');
  const order = ['0', '1', '2', '3'].map((_, index) => {
    const {overlay} = index === 0 ? press('up', 'up', 'up') : press('down');
    return overlay?.kind === 'forks' ? overlay.marked : -1;
  });
  expect(order).toEqual([0, 1, 2, 3]);
  press('up', 'y');
  expect(controller.get().failed).toBeUndefined();
  const replay = decodeReplay(String(copy.mock.lastCall?.[0]));
  expect(replay.ok && replay.value.faults.map(({kind}) => kind)).toEqual(['drop', 'delay']);
  const there = press('enter');
  expect(there.forks?.tree.current).toBe(2);
  expect(context()).toBe('player');
});

test('d: the run that was left at the left, this one at the right; undone, the other way about', () => {
  const {press, context} = setUp();
  const first = press().run.trace;
  const forked = press('x', 'enter').run.trace;
  const {overlay} = press('d');
  expect(context()).toBe('compare');
  expect(overlay?.kind === 'compare' && [overlay.comparison.left, overlay.comparison.right]).toEqual([
    first,
    forked,
  ]);
  const undone = press('escape', 'u', 'd').overlay;
  expect(undone?.kind === 'compare' && undone.comparison.right).toBe(forked);
});

test('d where the run began with a fault: the lesson’s own run at the left, its code without the fault', () => {
  const faults = [{kind: 'drop', at: {packet: 3}}] as const;
  const lossy = {...scenario, faults: [...(scenario.faults ?? []), ...faults]};
  const {fork, ...opened} = forkableRun({at: {us: 60_000}});
  if (!fork) throw new Error('it cannot be forked');
  const replay = {...fork.replay, identity: identityOf(lossy), faults};
  // What the lesson tells of a run is bound where it is told, not where its packets are compared.
  const bound = vi.fn(() => []);
  const again: typeof fork.again = (altered) => ({trace: run(altered), beats: bound});
  const begun = {...opened, trace: run(lossy), fork: {...fork, scenario: lossy, replay, again}};
  const {press, context, copy} = setUp(begun);
  const {overlay} = press('d');
  expect(bound).not.toHaveBeenCalled();
  expect(context()).toBe('compare');
  if (overlay?.kind !== 'compare') throw new Error('nothing is compared');
  expect(told(overlay.comparison.left)).toBe(told(simulated()));
  expect(overlay.comparison.right).toBe(begun.trace);
  expect(overlay.sides.map(({title}) => title.en)).toEqual(['nothing lost', 'packet 3 lost']);
  const own = decodeReplay(overlay.codes[0]);
  expect(own.ok && own.value).toMatchObject({identity: identityOf(scenario).slice(0, 12), faults: []});
  press('y');
  expect(copy.mock.lastCall?.[0]).toBe(overlay.codes[1]);
  // What is altered in it is compared with it.
  const further = press('escape', 'x', 'enter', 'd').overlay;
  expect(further?.kind === 'compare' && further.comparison.left).toBe(begun.trace);
  expect(bound).toHaveBeenCalledOnce();
});

test('for ears each difference is told as it is gone to', () => {
  const {controller, press} = setUp();
  press('x', 'enter', 'd');
  const before = controller.get();
  press('n');
  expect(changeSaid(before, controller.get()).join(' ')).toMatch(
    /difference 2 of \d+\. Only in B: at 1 second the client sends packet 3 .* again\. /,
  );
});

test('comparing: n and N go through the differences, w to the first, y copies the right run', () => {
  const {press, copy} = setUp();
  const at = (...keys: string[]): number => {
    const {overlay} = press(...keys);
    return overlay?.kind === 'compare' ? overlay.state.atUs : -1;
  };
  const first = at('x', 'enter', 'd');
  const next = at('n');
  expect(next).toBeGreaterThan(first);
  expect(at('N')).toBe(first);
  expect(at('g')).toBe(0);
  expect(at('G')).toBeGreaterThan(next);
  expect(at('w')).toBe(first);
  expect(at('l')).toBeGreaterThan(first);
  press('y');
  const replay = decodeReplay(String(copy.mock.lastCall?.[0]));
  expect(replay.ok && replay.value.faults).toMatchObject([{kind: 'drop', at: {packet: 2}}]);
});

test('a lesson that compares two runs: d shows them, and its end offers them last', () => {
  const traces = [simulated(), simulated('drop@packet=3')] as const;
  const name = (text: string) => everywhere({en: text, zh: text});
  const titled = (letter: string) => ({
    title: name(`${letter}: lost`),
    lettered: {letter, title: name('lost')},
  });
  const opened = forkableRun({
    at: {us: 150_000},
    whatIfs: [name('one'), name('side by side')],
    together: {titles: [titled('A'), titled('C')], codes: ['pt1-a', 'pt1-b'], traces: () => traces},
  });
  const {press, context} = setUp(opened);
  const {overlay} = press('d');
  expect(overlay).toMatchObject({comparison: {left: traces[0], right: traces[1]}, codes: ['pt1-a', 'pt1-b']});
  // Its side has the letter already, where it is the same.
  expect(overlay?.kind === 'compare' && overlay.sides.map(({title}) => title.en)).toEqual([
    'lost',
    'C: lost',
  ]);
  press('escape', 'space', '2');
  expect(context()).toBe('compare');
  press('escape');
  expect(context()).toBe('ending');
});

test('one run: d and u say what is missing', () => {
  const {press, controller} = setUp();
  for (const key of ['d', 'u', 'ctrl-r']) {
    press(key);
    expect(controller.get().message, key).toBeDefined();
  }
});

test('the key line offers d and u once there is a second run, and x wherever there is a packet', () => {
  const {press, controller} = setUp();
  const line = () => keyHints(controller.get(), {columns: 200, rows: 60}).map(({key}) => key);
  expect(line()).toContain('x');
  expect(line()).not.toContain('d');
  press('x', 'enter');
  expect(line()).toEqual(expect.arrayContaining(['x', 'd', 'u']));
});

const sizes = [24, 40, 59, 60, 79, 80, 100, 119, 120, 200].flatMap((columns) =>
  [6, 15, 24, 40, 60].map((rows) => ({columns, rows})),
);

const pages: readonly (readonly [name: string, keys: readonly string[]])[] = [
  ['what can be done', ['x']],
  ['fields', [...toField, 'down']],
  ['a field being typed, wrong', [...toField, '9', 'm']],
  ['a late packet', ['x', 'down', '2']],
  ['the tree', ['x', 'enter', 'x', 'up', 'up', 'x', 'down', 'enter', 'f', 'y']],
  ['two runs', ['x', 'enter', 'd', 'y']],
  ['the end of a fork', ['x', 'enter', 'G', 'w', 'f']],
];

test.each(some(pages, 2))('%s: exact rows, no line too wide, no overlap, at any size', (_name, keys) => {
  for (const language of ['en', 'zh'] as const)
    for (const glyphs of [unicodeGlyphs, asciiGlyphs]) {
      const {press, controller} = setUp();
      const player = press(...(language === 'zh' ? ['t', ...keys] : keys));
      for (const size of some(sizes, 2)) {
        const options = {...size, glyphs, keyHints: keyHints(controller.get(), size)};
        const {overlay, run: opened, context, playback} = player;
        if (overlay?.kind === 'compare') {
          const lines = compareScreen(player, overlay, options);
          expect(lines).toHaveLength(size.rows);
          continue;
        }
        const shown = scene({...opened, pacing: context.pacing, playback, message: undefined});
        const canvas = compose(shown, {...options, sheet: sheetOf(player, glyphs)});
        const lines = canvas.lines().map((line) => line.map(({text}) => text).join(''));
        expect(lines).toHaveLength(size.rows);
        for (const line of lines) if (textWidth(line) > size.columns) expect.fail(`too wide: ${line}`);
        if (canvas.collisions > 0)
          expect.fail(`overlap at ${size.columns}×${size.rows}\n${lines.join('\n')}`);
        if (glyphs === asciiGlyphs && language === 'en') expect(lines.join('\n')).toMatch(/^[\n -~]*$/);
      }
    }
});

test.each(['en', 'zh'] as const)('%s: each key heard, the code spelt', (language) => {
  const {press, controller} = setUp();
  if (language === 'zh') press('t');
  const heard: string[] = [];
  const say = (...keys: readonly string[]): string => {
    const before = controller.get();
    press(...keys);
    const lines = changeSaid(before, controller.get());
    heard.push(...lines);
    return lines.join('\n');
  };
  for (const key of ['x', 'down', 'right', 'down', 'down', 'down', 'down', 'enter', 'down', 'enter', '5'])
    expect(say(key), key).not.toBe('');
  expect(heard.join('\n')).toContain('tcp.ack_raw');
  say('enter');
  const {forks} = press();
  expect(say('f')).toContain(forks && forkCode(forks.tree));
  for (const key of ['up', 'd', 'n', 'escape']) expect(say(key), key).not.toBe('');
  // No sign that only the eye can read.
  expect(heard.join('\n')).not.toMatch(/[▸▏└├│✗●]/);
});
