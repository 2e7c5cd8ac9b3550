// Hosts and links above the ladder: how they are reached and marked, and what a change to one of them makes.
import {expect, test} from 'vitest';
import {microseconds} from '../../source/lesson/quantity.ts';
import type {Settable} from '../../source/lesson/settable.ts';
import {type Language, sameIn} from '../../source/lesson/text.ts';
import type {Vary} from '../../source/sim/fork.ts';
import {noteOnPart} from '../../source/ui/fork-world.ts';
import {sheetOf} from '../../source/ui/overlay-screen.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import {changeSaid, stateSaid} from '../../source/ui/spoken-app.ts';
import {selectedIn, textIn} from '../../source/view/drawn.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {err, ok} from '../../source/wire/result.ts';
import {varyGroups} from '../../source/words/catalogue/alter.ts';
import {setUp} from '../helpers/controlled.ts';
import {forkableRun, scenario} from '../helpers/forkable.ts';
import '../helpers/meaning.ts';
import {appOptions} from '../helpers/render.ts';

const size = {columns: 80, rows: 24};

const settable = (place: string, more: Partial<Settable>): Settable => ({
  place,
  of: {link: 'path'},
  ...{group: 'link', unit: 'time', value: '', isWritten: true, bounds: {}, steps: [], means: sameIn(place)},
  ...more,
});

/** Some of what a lesson file may say of the handshake's link and client. */
const settables: readonly Settable[] = [
  settable('client.tcp.sack', {
    of: {host: 'client'},
    ...{group: 'tcp', unit: 'switch', value: 'true', isWritten: false, steps: ['false', 'true']},
  }),
  settable('client.send.text', {of: {host: 'client'}, group: 'call', unit: 'text', value: 'hello'}),
  settable('path.mtu', {unit: 'number', value: '1500'}),
  settable('path.delay', {
    value: '50ms',
    bounds: {least: '0us', most: '10m'},
    steps: ['10ms', '50ms', '200ms'],
  }),
];

const refusal = {message: {en: 'not 9h', zh: '不能是 9h'}, remedy: {en: '0s to 10m', zh: '0s 到 10m'}};

/** As the compiler of lessons does: the handshake with another delay of its link. */
const vary: Vary = (set) => {
  const delays = set.map(({value}) => microseconds(value));
  const delayUs = delays.at(-1);
  return set.some(({value}) => value === '9h') || delayUs === undefined
    ? err(refusal)
    : ok({...scenario, links: scenario.links.map((link) => ({...link, delayUs}))});
};

const open = (language: Language = 'en') => {
  const run = forkableRun({at: {us: 60_000}});
  const fork = {...(run.fork ?? expect.fail('the run can be forked')), settables: () => settables, vary};
  return setUp({
    preferences: {...appOptions.preferences, language},
    initial: {screen: 'player', run: {...run, fork}},
  });
};

type App = ReturnType<typeof open>;

const marked = ({controller}: App) => {
  const overlay = controller.get().player?.overlay;
  return overlay?.kind === 'parts' ? overlay.part : undefined;
};

/** The highlighted texts above the ladder. */
const lit = ({controller}: App): readonly string[] =>
  screenLines(controller.get(), size, () => [])
    .slice(0, 5)
    .flatMap((line) =>
      selectedIn(line).map(({from, to}) =>
        textIn(line)
          .slice(from - 1, to)
          .replaceAll('─', '')
          .trim(),
      ),
    );

test('up from the first packet leads to the hosts, arrows along the links, and down back to the packets', () => {
  const app = open();
  app.press('up');
  expect(app.context()).toBe('player');
  app.press('up');
  expect(marked(app)).toEqual({host: 'client'});
  expect(lit(app)).toEqual(['client']);
  app.press('right');
  expect(marked(app)).toEqual({link: 'path'});
  expect(lit(app)).toEqual(['path']);
  app.press('right', 'right');
  expect(marked(app)).toEqual({host: 'server'});
  expect(lit(app)).toEqual(['server']);
  app.press('left', 'down');
  expect(app.context()).toBe('player');
  expect(app.controller.get().player?.playback.selection.packet).toBe(1);
  expect(lit(app)).toEqual([]);
});

test('X leads there at once, and up does where no packet has been sent', () => {
  const app = open();
  app.press('X');
  expect(marked(app)).toEqual({host: 'client'});
  app.press('X', 'g', 'up');
  expect(marked(app)).toEqual({host: 'client'});
});

test('a click marks a host or the link between two, and a second one opens its page', () => {
  const app = open();
  const click = (words: string) => {
    const rows = screenLines(app.controller.get(), size, () => []).map(textIn);
    const row = rows.findIndex((each) => each.includes(words));
    app.controller.mouse({did: 'click', row: row + 1, column: (rows[row] ?? '').indexOf(words) + 2});
  };
  click('server');
  expect(marked(app)).toEqual({host: 'server'});
  app.press('down');
  const names = screenLines(app.controller.get(), size, () => []).map(textIn);
  const row = names.findIndex((each) => each.includes('client') && each.includes('server'));
  app.controller.mouse({did: 'click', row: row + 1, column: Math.floor(size.columns / 2)});
  expect(marked(app)).toEqual({link: 'path'});
});

const sheet = ({controller}: App) => {
  const {player} = controller.get();
  const drawn = player && sheetOf(player, unicodeGlyphs)?.(100);
  return drawn ?? expect.fail('no sheet is open');
};

const rows = (app: App) => sheet(app).list.map(({said, text}) => said?.join(' ') ?? text);
const markedRow = (app: App) => rows(app)[sheet(app).marked];

test('x opens what can be changed: first what everybody understands, then the rest below a heading', () => {
  const app = open();
  app.press('X', 'right', 'x');
  expect(app.context()).toBe('vary');
  expect(rows(app).map((row) => row.split(' ')[0])).toEqual([
    varyGroups.link.en.split(' ')[0],
    'delay',
    varyGroups.more.en.split(' ')[0],
    'mtu',
  ]);
  expect(markedRow(app)).toBe('delay 50 ms');
  app.press('down');
  expect(markedRow(app)).toBe('mtu 1500');
  app.press('down', 'q');
  expect(marked(app)).toEqual({link: 'path'});
});

test('arrows step through sensible values, and back to the present one', () => {
  const app = open();
  app.press('X', 'right', 'x', 'right');
  expect(markedRow(app)).toBe('delay 200 ms');
  app.press('right', 'left');
  expect(markedRow(app)).toBe('delay 50 ms');
  app.press('left');
  expect(markedRow(app)).toBe('delay 10 ms');
});

test('digits type a value, and enter the present text, to be changed', () => {
  const app = open();
  const typed = () => {
    const overlay = app.controller.get().player?.overlay;
    return overlay?.kind === 'vary' ? overlay.state.typed : undefined;
  };
  app.press('X', 'right', 'x', '8', '0', 'm', 's');
  expect(typed()).toBe('80ms');
  app.press('escape', 'escape', 'left', 'x', 'enter');
  expect(typed()).toBe('hello');
  app.press('backspace', '你');
  expect(typed()).toBe('hell你');
  expect(app.context()).toBe('typing');
});

test('a screen reader hears the marked part, then the marked setting and its bounds', () => {
  const app = open();
  app.press('X');
  expect(stateSaid(app.controller.get())[0]).toMatch(/client/i);
  const before = app.controller.get();
  const heard = changeSaid(before, app.press('right')).join(' ');
  expect(heard).toMatch(/path/i);
  const opened = changeSaid(app.controller.get(), app.press('x')).join(' ');
  expect(opened).toMatch(/50 milliseconds.*600 seconds/);
});

const arrivals = ({controller}: App) => {
  const {trace} = controller.get().player?.run ?? expect.fail('the player is gone');
  return trace.packet(1).dueUs - trace.packet(1).sentUs;
};

test('enter makes a run of one’s own from its beginning, with a place in the tree; u takes it back', () => {
  const app = open();
  expect(arrivals(app)).toBe(50_000);
  app.press('X', 'right', 'x', 'right', 'enter');
  expect(app.context()).toBe('player');
  expect(arrivals(app)).toBe(200_000);
  const {player} = app.controller.get();
  expect(player?.run.yours).toBe(true);
  expect(player?.playback.viewMs).toBe(0);
  expect(player?.forks?.tree.nodes.map(({title}) => title)).toEqual(['', 'path.delay=200ms']);
  app.press('X', 'right', 'x');
  expect(markedRow(app)).toBe('delay 200 ms');
  app.press('1', 's', 'enter', 'd');
  expect(arrivals(app)).toBe(1_000_000);
  expect(app.context()).toBe('compare');
  app.press('escape', 'u', 'u');
  expect(arrivals(app)).toBe(50_000);
  app.press('ctrl-r');
  expect(arrivals(app)).toBe(200_000);
});

test('a value out of bounds is refused in the page, with its bounds, and so is the present one', () => {
  const app = open();
  app.press('X', 'right', 'x', '9', 'h', 'enter');
  expect(sheet(app).below.flatMap(({said}) => said ?? [])).toContainEqual(
    expect.stringMatching(`${refusal.message.en}.*${refusal.remedy.en}`),
  );
  expect(arrivals(app)).toBe(50_000);
  app.press('backspace', 'backspace', '5', '0', 'm', 's', 'enter');
  expect(app.context()).toBe('typing');
  const problem = app.controller.get().player?.overlay;
  expect(problem?.kind === 'vary' && problem.problem?.en).toSay({
    says: 'alter.varySentences.same',
    ...{place: 'path.delay', value: '50ms'},
  });
});

const both = {of: {link: 'path'}, unit: 'time', steps: ['10ms', '50ms', '200ms'], bounds: {}} as const;
const twoSettables = [
  settable('path.delay', {...both, value: '50ms'}),
  settable('path.late', {...both, value: '10ms'}),
];

test('several settings keep their new values and make one run; esc drops them', () => {
  const run = forkableRun({at: {us: 60_000}});
  const asked: string[][] = [];
  const fork = {
    ...(run.fork ?? expect.fail('the run can be forked')),
    settables: () => twoSettables,
    vary: (set: Parameters<Vary>[0]) => {
      asked.push(set.map(({place, value}) => `${place}=${value}`));
      return ok({...scenario, links: scenario.links.map((link) => ({...link, delayUs: 200_000}))});
    },
  };
  const app = setUp({initial: {screen: 'player', run: {...run, fork}}});
  const texts = () => sheet(app).list.map(({text}) => text);
  app.press('X', 'right', 'x', 'right', 'down');
  expect(texts().filter((text) => text.includes('▸'))).toHaveLength(1);
  app.press('escape', 'x');
  expect(texts().filter((text) => text.includes('▸'))).toHaveLength(0);
  // A typed value is kept by an arrow, and the other one by stepping.
  app.press('8', '0', 'm', 's', 'down');
  expect(app.context()).toBe('vary');
  app.press('right');
  expect(texts().filter((text) => text.includes('▸'))).toHaveLength(2);
  app.press('enter');
  expect(app.context()).toBe('player');
  expect(asked.at(-1)).toEqual(['path.delay=80ms', 'path.late=50ms']);
  const tree = () => app.controller.get().player?.forks?.tree;
  expect(tree()?.nodes.map(({changes}) => changes.length)).toEqual([0, 2]);
  app.press('u');
  expect(tree()?.current).toBe(0);
});

test('a key that does nothing does not hide which part is marked', () => {
  const app = open();
  app.press('X', 'left');
  expect(app.controller.get().message).toBeUndefined();
  app.press('m');
  const {player, message} = app.controller.get();
  expect(message).toBeDefined();
  expect(player && noteOnPart(player, {host: 'client'}, message).en).toContain(message?.en);
  expect(
    screenLines(app.controller.get(), size, () => [])
      .map(textIn)
      .join('\n'),
  ).toMatch(/▸ client/);
});
