// Every value just beyond the bounds of a setting, typed into the page of its host or link: it is refused with its bounds, and nothing changes.
import {expect, test, vi} from 'vitest';
import {openLesson} from '../../source/app/open-lesson.ts';
import {playable} from '../../source/app/playable.ts';
import {challengeSummaries, compiledLesson, lessonData, lessonIds} from '../../source/io/lessons.ts';
import type {Settable} from '../../source/lesson/settable.ts';
import {settablesNow} from '../../source/ui/fork-world.ts';
import {pasteName} from '../../source/ui/key-name.ts';
import type {OpenedRun} from '../../source/ui/opened-run.ts';
import {isSamePart, partsOf} from '../../source/view/forks/parts.ts';
import {varyRows} from '../../source/view/forks/vary.ts';
import {beyond} from '../helpers/beyond.ts';
import {setUp} from '../helpers/controlled.ts';
import {openedLesson} from '../helpers/lesson-walk.ts';
import {asksOthers, some} from '../helpers/seeds.ts';

const openedChallenge = async (id: string): Promise<OpenedRun> => {
  const lesson = compiledLesson(id);
  const opened = lesson && (await openLesson(lesson, {}, undefined, []));
  if (!opened?.ok) throw new Error(`no challenge ${id}`);
  return playable(opened.value, lessonData());
};

type App = ReturnType<typeof setUp>;

const playerOf = ({controller}: App) => controller.get().player ?? expect.fail('the player is gone');

/** Opens the page of the part with this setting, and marks its row. */
const lookAt = (app: App, {place, of}: Settable): void => {
  const {controller, press} = app;
  for (let keys = 0; keys < 200; keys++) {
    const player = playerOf(app);
    const {overlay} = player;
    if (overlay?.kind === 'vary') {
      if (overlay.state.place === place) return;
      const rows = varyRows(settablesNow(player), overlay.state.part).flatMap((row) =>
        'settable' in row ? [row.settable.place] : [],
      );
      if (!rows.includes(place)) press('escape');
      else press(rows.indexOf(place) < rows.indexOf(overlay.state.place ?? '') ? 'up' : 'down');
    } else if (overlay?.kind === 'parts') {
      const parts = partsOf(player.run.trace);
      const at = parts.findIndex((each) => isSamePart(each, of));
      const now = parts.findIndex((each) => isSamePart(each, overlay.part));
      press(at === now ? 'x' : at < now ? 'left' : 'right');
    } else press(overlay === undefined ? 'X' : 'space');
  }
  expect.fail(`no way to ${place}: ${controller.get().player?.overlay?.kind}`);
};

/** Types the value in place of what is there, and presses `enter`; a word of a choice cannot be typed. */
const type = async (app: App, value: string): Promise<void> => {
  app.press('enter');
  app.press('ctrl-u', pasteName(value), 'enter');
  await vi.waitUntil(() => app.controller.get().opening === undefined);
};

const refusalIn = (app: App): string => {
  const {message, player} = app.controller.get();
  const problem = player?.overlay?.kind === 'vary' ? player.overlay.problem : undefined;
  return problem?.en ?? message?.en ?? '';
};

/** The settings in the order in which one comes to them, without those that are chosen among words. */
const typedIn = (app: App): readonly Settable[] => {
  const settables = settablesNow(playerOf(app));
  return partsOf(playerOf(app).run.trace)
    .flatMap((part) => varyRows(settables, part))
    .flatMap((row) => ('settable' in row ? [row.settable] : []))
    .filter(({unit}) => unit !== 'choice' && unit !== 'switch');
};

const refusesAll = async (run: OpenedRun): Promise<number> => {
  const app = setUp({initial: {screen: 'player', run}});
  const before = settablesNow(playerOf(app));
  const all = typedIn(app);
  for (const settable of all) {
    const {place, bounds} = settable;
    for (const value of beyond(settable)) {
      lookAt(app, settable);
      await type(app, value);
      const told = refusalIn(app);
      expect(told, `${place}=${value.slice(0, 20)}`).toContain(bounds.least ?? '');
      expect(told, `${place}=${value.slice(0, 20)}`).toContain(bounds.most ?? 'no bound');
      const {overlay, run: after} = playerOf(app);
      expect(after).toBe(run);
      expect(overlay?.kind === 'vary' && overlay.state.typed).toBe(value);
      app.press('escape');
    }
  }
  expect(settablesNow(playerOf(app))).toEqual(before);
  return all.length;
};

/** All the settings of a long lesson take minutes. */
const ten = asksOthers() ? some(lessonIds(), 2).slice(0, 10) : ['handshake'];
test.each(ten)('in %s', async (id) => {
  const run = await openedLesson(id);
  expect(await refusesAll(run)).toBeGreaterThan(20);
  expect(run.fork?.settables?.(), 'worked out once, not for each key').toBe(run.fork?.settables?.());
});

const offering = challengeSummaries().map(({id}) => id);
test.each(some(offering, 6))('in the challenge %s', async (id) => {
  await refusesAll(await openedChallenge(id));
});
