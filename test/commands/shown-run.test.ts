// From what is found in a capture to the run of a lesson that shows it, and back. Oracle: the transcripts of the lessons.
import {expect, test, vi} from 'vitest';
import {captureDesk} from '../../source/app/capture-desk.ts';
import {openById} from '../../source/app/open-by-id.ts';
import {openCaptureFrom} from '../../source/app/open-capture.ts';
import {lessonData} from '../../source/io/lessons.ts';
import {keyHints} from '../../source/ui/key-hints.ts';
import {setUp} from '../helpers/controlled.ts';
import {appOptions} from '../helpers/render.ts';
import {captureFolder} from '../wire/captures.ts';

const page = async (name: string, language: 'en' | 'zh' = 'en') => {
  const opened = await openCaptureFrom(`${captureFolder}${name}`, {contents: true});
  if (!opened.ok) throw new Error('not opened');
  const app = setUp({
    initial: {screen: 'picker', desk: captureDesk(() => opened.value, undefined)},
    preferences: {...appOptions.preferences, language},
    openLesson: (id, part) => openById(id, lessonData(), undefined, part),
  });
  const state = () => app.controller.get();
  const shows = (key: string): boolean =>
    keyHints(state(), {columns: 120, rows: 40}).some((each) => each.key === key);
  const settled = () => vi.waitFor(() => expect(state().opening).toBeUndefined());
  const run = () => {
    const {source, runTitle} = state().player?.run ?? {};
    return [source, runTitle?.en, state().player?.playback.playing];
  };
  return {...app, state, shows, settled, run};
};

/** A closed port: packet 2 is the RST that says so. */
const closedPort = ['refused', undefined, false];

test.each(['en', 'zh'] as const)('%s: l opens the run, esc leads back', async (language) => {
  const app = await page('06c-refused-three-ports.pcap', language);
  expect(app.shows('l')).toBe(true);
  app.press('down');
  const {marked} = app.state().picker?.state ?? {};
  app.press('l');
  await app.settled();
  expect(app.run()).toEqual(closedPort);
  expect(app.state().player?.overlay).toBeUndefined();
  const {at, trace} = app.state().player?.run ?? {};
  expect(at && 'event' in at && trace?.event(at.event)).toMatchObject({kind: 'send', packet: 2});
  app.press('escape');
  expect([app.state().screen, app.state().picker?.state.marked]).toEqual(['picker', marked]);
});

test('L in the player opens the same over it, esc leads back to where it stood', async () => {
  const app = await page('06c-refused-three-ports.pcap');
  app.press('down', 'enter');
  await app.settled();
  expect(app.shows('L')).toBe(true);
  app.press('right');
  const before = app.state().player;
  app.press('L');
  await app.settled();
  expect(app.run()).toEqual(closedPort);
  app.press('escape');
  expect(app.state().player?.run.source).toBe(before?.run.source);
  expect(app.state().player?.playback.viewMs).toBe(before?.playback.viewMs);
});

test('where nothing is found no key is offered', async () => {
  const app = await page('00a-handshake-only.pcap');
  expect(app.shows('l')).toBe(false);
  app.press('down', 'enter');
  await app.settled();
  expect(app.shows('L')).toBe(false);
});
