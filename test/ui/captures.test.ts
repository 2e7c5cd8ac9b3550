// Opening a capture from the menu, as the machine sees it: what is read for long, stopped, abandoned, refused.

import {expect, test, vi} from 'vitest';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {Language} from '../../source/lesson/text.ts';
import {CaptureInspector} from '../../source/observe/capture-inspector.ts';
import type {AppState} from '../../source/ui/app-state.ts';
import type {CaptureResult, CapturesDesk, ReadingWatch} from '../../source/ui/capture-state.ts';
import {makeController} from '../../source/ui/controller.ts';
import {pasteName} from '../../source/ui/key-name.ts';
import {screenLines} from '../../source/ui/screen-lines.ts';
import type {Offer} from '../../source/view/captures/offer.ts';
import {unicodeGlyphs} from '../../source/view/glyphs.ts';
import {Conversations} from '../../source/view/inspect/selection.ts';
import {overviewOf} from '../../source/view/picker/overview-of.ts';
import {readingLine} from '../../source/view/reading-line.ts';
import {chooseRow} from '../helpers/controlled.ts';
import {appOptions, openTerminal} from '../helpers/render.ts';
import '../helpers/meaning.ts';

const files = ['b.pcap', 'a.pcap'].map((name) => ({path: `/tmp/${name}`, name, bytes: 10, changed: 'now'}));
const last = {path: '/tmp/a.pcap', name: 'a.pcap', isGone: false};
const offer: Offer = {files, more: 0, folders: ['/tmp'], last};

const told = everywhere({en: 'no', zh: '不'});

/** A desk whose reading goes on until the test says what comes of it. */
const opened = async () => {
  const asked: string[] = [];
  const watches: ReadingWatch[] = [];
  const results: ((result: CaptureResult) => void)[] = [];
  const desk: CapturesDesk = {
    offer: () => offer,
    last: () => last,
    complete: (text) => ({text: `${text}b`, names: [], more: 0}),
    open: (named, watch) => {
      asked.push(named);
      watches.push(watch);
      return new Promise((resolve) => results.push(resolve));
    },
  };
  const {stdin, stdout} = openTerminal();
  let ms = 0;
  const app = makeController(
    {...appOptions, captures: desk, stdin, stdout},
    {now: () => ms, size: () => ({columns: 80, rows: 24})},
  );
  const press = (...keys: readonly string[]): void => keys.forEach(app.press);
  chooseRow(app, 'capture');
  await vi.waitFor(() => expect(app.get().screen).toBe('captures'));
  const read = async (packets: number): Promise<void> => {
    await vi.waitFor(() => expect(watches).toHaveLength(1));
    ms += 400;
    watches.at(-1)?.read(packets, 0.5);
  };
  return {app, press, asked, watches, results, read};
};

const desk = {
  overview: () => overviewOf('b.pcap', new Conversations(new CaptureInspector(), () => undefined)),
  open: () => ({message: told}),
  form: () => {
    throw new Error('not asked for here');
  },
  write: () => {
    throw new Error('not asked for here');
  },
};

test('the marked one is opened; its page is left to the menu', async () => {
  const {app, press, asked, results} = await opened();
  press('up', 'enter');
  await vi.waitFor(() => expect(asked).toEqual(['/tmp/b.pcap']));
  // A second one waits for the first.
  press('enter', 'j', 'enter');
  expect(app.get().captures?.marked).toBe(0);
  const notice = everywhere({en: 'cut', zh: '断了'});
  results[0]?.({desk, notice});
  await vi.waitFor(() => expect(app.get().screen).toBe('picker'));
  expect(app.get()).toMatchObject({notice, opening: undefined, underPicker: 'menu'});
  expect(asked).toHaveLength(1);
  press('q');
  expect(app.get()).toMatchObject({screen: 'menu', player: undefined, desk: undefined});
});

test('what is read for long shows how far it is; q shows what has been read', async () => {
  const {app, press, watches, read, results} = await opened();
  press('enter');
  await read(500);
  expect(app.get().captures?.reading).toEqual({name: '/tmp/a.pcap', packets: 500, share: 0.5});
  press('q');
  expect(watches[0]?.stop.aborted).toBe(true);
  expect(app.get().opening).toBeDefined();
  results[0]?.({desk});
  await vi.waitFor(() => expect(app.get().screen).toBe('picker'));
});

/** Ink draws thirty times a second at most. */
const frameMs = Math.ceil(1000 / 30);

const screenOf = ({get}: {get(): AppState}): string =>
  screenLines(get(), {columns: 80, rows: 24}, () => [])
    .map((line) => line.map(({text}) => text).join(''))
    .join('\n');

test('what is worked out of all packets together is said before that begins, after reading and in the list', async () => {
  const {app, press, watches, read, results} = await opened();
  press('enter');
  await read(12_000);
  // No time has passed since the bar was drawn.
  watches[0]?.read(12_345, 1);
  expect(screenOf(app)).toSay({says: 'reading.readingTexts.work', packets: 12_345});
  expect(screenOf(app)).not.toContain('stops');
  vi.useFakeTimers();
  try {
    const open = vi.fn(desk.open);
    results[0]?.({desk: {...desk, open}});
    await vi.advanceTimersByTimeAsync(frameMs);
    expect(app.get().screen).toBe('captures');
    await vi.advanceTimersByTimeAsync(frameMs);
    expect(app.get().screen).toBe('picker');
    press('enter');
    expect(screenOf(app)).toSay({says: 'picker.pickerWords.working', packets: 0});
    await vi.advanceTimersByTimeAsync(frameMs);
    expect(open).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(frameMs);
    expect(open).toHaveBeenCalledOnce();
  } finally {
    vi.useRealTimers();
  }
  const line = (language: Language) =>
    readingLine(
      {name: 'a.pcap', packets: 12_345, share: 1, hasKeys: true},
      {glyphs: unicodeGlyphs, language},
    );
  expect(line('zh')).toSay({says: 'reading.readingTexts.work', name: 'a.pcap', packets: 12_345});
});

test.each([
  ['before anything came', 0],
  ['and again', 500],
])('q %s: given up', async (_, packets) => {
  const {app, press, watches, read, results} = await opened();
  press('enter');
  await read(packets);
  press('q', ...(packets > 0 ? ['q'] : []));
  expect(app.get()).toMatchObject({screen: 'captures', opening: undefined});
  expect(app.get().captures?.reading).toBeUndefined();
  expect(watches[0]?.stop.aborted).toBe(true);
  results[0]?.({desk});
  await new Promise((resolve) => setTimeout(resolve));
  expect(app.get().screen).toBe('captures');
});

test('a refusal leaves the path as it was typed; tab completes it; a paste begins one', async () => {
  const {app, press, asked, results} = await opened();
  press(pasteName("'/tmp/a b.pcap'"), 'left', 'left', 'space', 'x');
  expect(app.get().captures?.line?.text).toBe("'/tmp/a b.pca xp'");
  press('tab');
  expect(app.get().captures?.line).toEqual({text: "'/tmp/a b.pca xp'b", at: 18});
  press('ctrl-w', 'enter');
  await vi.waitFor(() => expect(asked).toEqual(["'/tmp/a b.pca "]));
  results[0]?.({message: told});
  await vi.waitFor(() => expect(app.get().message).toEqual(told));
  expect(app.get().captures?.line?.text).toBe("'/tmp/a b.pca ");
  press('q', 't', '?');
  expect(app.get().captures?.line?.text).toBe("'/tmp/a b.pca qt?");
  press('escape', 'escape');
  expect(app.get().screen).toBe('menu');
});

test('a paste presses no key anywhere else', async () => {
  const {app, press} = await opened();
  press('q');
  const before = app.get();
  press(pasteName('page-down'), pasteName('qqqqqqqqq'));
  expect(app.get()).toEqual(before);
});
