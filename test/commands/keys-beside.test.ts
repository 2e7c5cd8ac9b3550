// A key log beside a capture: it is offered, read by one key and by nothing else, and `inspect` writes the call that reads it.
import {copyFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {captureDesk} from '../../source/app/capture-desk.ts';
import {openCaptureFrom} from '../../source/app/open-capture.ts';
import {keyLogBeside} from '../../source/io/capture-files.ts';
import {keyHints} from '../../source/ui/key-hints.ts';
import {usAt} from '../../source/view/time/pace.ts';
import {setUp} from '../helpers/controlled.ts';
import {runProgram} from '../helpers/run-program.ts';
import {terminals} from '../helpers/terminals.ts';
import {captureFolder} from '../wire/captures.ts';
import '../helpers/meaning.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'packet-tutor-beside-'));
  copyFileSync(`${captureFolder}16e-tls13-full.pcapng`, join(folder, 'a.pcapng'));
});
afterEach(() => rmSync(folder, {recursive: true}));

const log = `${captureFolder}16e-tls13-full.keys`;
const capture = (): string => join(folder, 'a.pcapng');
const beside = (name = 'a.keys', from = log): string => {
  copyFileSync(from, join(folder, name));
  return join(folder, name);
};

const page = async (keylog?: string) => {
  const opened = await openCaptureFrom(capture(), {contents: true, keylog});
  if (!opened.ok) throw new Error('not opened');
  const desk = captureDesk(() => opened.value, undefined);
  const app = setUp({initial: {screen: 'picker', desk}});
  const size = {columns: 80, rows: 24};
  const shows = (key: string): boolean =>
    keyHints(app.controller.get(), size).some((each) => each.key === key);
  const state = () => app.controller.get();
  const requests = (): number => state().picker?.state.overview.conversations.all.http.length ?? 0;
  return {...app, state, shows, requests};
};

const settled = (app: Awaited<ReturnType<typeof page>>) =>
  vi.waitFor(() => expect(app.state().opening).toBeUndefined());

test('the names that are looked for, in this order', () => {
  expect(keyLogBeside(capture())).toBeUndefined();
  const second = beside('a.keylog');
  expect(keyLogBeside(capture())).toBe(second);
  const first = beside('a.keys');
  expect(keyLogBeside(capture())).toBe(first);
  expect(keyLogBeside(join(folder, 'a.pcap.gz'))).toBe(first);
  expect(keyLogBeside(join(folder, 'a.b.pcap'))).toBeUndefined();
  expect(keyLogBeside('-')).toBeUndefined();
});

test('the page says that it is there, K reads it, and the mark stays', async () => {
  beside();
  const app = await page();
  expect(app.state().notice?.en).toSay({says: 'picker.pickerWords.keysBeside', file: 'a.keys'});
  expect(app.shows('K')).toBe(true);
  expect(app.requests()).toBe(0);
  app.press('down', 'K');
  await settled(app);
  expect(app.state().message?.isDone).toBe(true);
  expect(app.state().message?.en).toSay({says: 'picker.pickerWords.keysOpened', file: 'a.keys'});
  expect(app.state().picker?.state.marked).toBe(1);
  expect(app.requests()).toBeGreaterThan(0);
  expect(app.shows('K')).toBe(false);
});

test('in a run of the capture K reads it, too: the run stands where it stood, and the page behind it has the keys', async () => {
  beside();
  const app = await page();
  app.press('down', 'enter');
  await vi.waitFor(() => expect(app.state().screen).toBe('player'));
  app.press('right', 'right', 'right');
  const place = () => {
    const {context, playback} = app.state().player ?? {};
    return context && playback && usAt(context.pacing, playback.viewMs);
  };
  const before = place();
  expect(before).toBeGreaterThan(0);
  expect(app.state().player?.run.trace.tls).toBeUndefined();
  expect(app.shows('K')).toBe(true);
  app.press('K');
  await vi.waitFor(() => expect(app.state().player?.run.trace.tls).toBeDefined());
  expect(place()).toBe(before);
  expect(app.shows('K')).toBe(false);
  app.press('q');
  expect(app.state().screen).toBe('picker');
  expect(app.requests()).toBeGreaterThan(0);
});

test.each(['no key log', 'a named key log', 'nothing encrypted'])('%s: K does nothing', async (why) => {
  if (why !== 'no key log') beside();
  if (why === 'nothing encrypted') copyFileSync(`${captureFolder}01e-client-close-ipv6.pcapng`, capture());
  const app = await page(why === 'a named key log' ? log : undefined);
  expect(app.state().notice).toBeUndefined();
  expect(app.shows('K')).toBe(false);
  const before = app.state().picker;
  app.press('K');
  expect(app.state().opening).toBeUndefined();
  expect(app.state().picker).toBe(before);
});

test('nothing is read of it before; one that is none, is too large or fits nothing says so, and the page stays', async () => {
  const file = beside();
  const bad = [
    () => writeFileSync(file, 'no secrets at all\n'),
    () => truncateSync(file, 2 ** 33),
    () => rmSync(file),
  ];
  for (const spoil of bad) {
    const app = await page();
    spoil();
    app.press('K');
    await settled(app);
    expect(app.state().message?.en).toContain('a.keys');
    expect(app.state().message).not.toHaveProperty('isDone');
    expect(app.requests()).toBe(0);
    expect(app.shows('K')).toBe(true);
    beside();
  }
  beside('a.keys', `${captureFolder}16a-tls12-rsa-gcm.keys`);
  const app = await page();
  app.press('K');
  await settled(app);
  expect(app.state().message?.en).toSay({says: 'capture-errors.secretsDoNotFit.what'});
});

test('inspect writes the call, with the options that shaped it and names that a shell takes', () => {
  const name = join(folder, "it's a.pcapng");
  copyFileSync(capture(), name);
  copyFileSync(log, join(folder, "it's a.keys"));
  const quoted = (file: string): string => `'${file.replace("'", "'\\''")}'`;
  const keys = quoted(join(folder, "it's a.keys"));
  const told = runProgram(['inspect', name, '--lang', 'en', '--connection', '1']);
  expect(told).toMatchObject({code: 0, stderr: ''});
  expect(told.stdout).toContain(`\n  packet-tutor inspect ${quoted(name)} --connection 1 --keylog ${keys}\n`);
  expect(told.stdout).not.toContain('--keylog FILE');
  const opened = runProgram(['inspect', name, '--lang', 'en', '--keylog', join(folder, "it's a.keys")]);
  expect(opened.stdout).toContain('404 Not Found');
  expect(opened.stdout).not.toContain('lies beside');
});

const start = terminals();
const mixed = 'test/fixtures/inspected/18a-mixed-twelve.pcap';

test.each([
  ['en', 24, true],
  ['zh', 24, true],
  ['en', 300, false],
] as const)('%s, inspect, %i rows: In short twice: %s', async (lang, rows, repeats) => {
  const terminal = start(['inspect', mixed, '--lang', lang], {columns: 80, rows});
  expect(await terminal.exit()).toBe(0);
  const title =
    lang === 'en'
      ? /^In short, repeated from the beginning of the report$/m
      : /^概要（报告较长，在末尾重复一遍）$/m;
  if (repeats) expect(terminal.text()).toMatch(title);
  else expect(terminal.text()).not.toMatch(title);
});

test('in a pipe nothing is repeated', () => {
  expect(runProgram(['inspect', mixed, '--lang', 'en']).stdout).not.toContain('repeated');
});
