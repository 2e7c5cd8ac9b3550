// The app's controller without a terminal: keys by their names, a clock that tests set, and what is asked of the world.
import {vi} from 'vitest';
import type {AppOptions} from '../../source/ui/app-options.ts';
import {type Controller, makeController} from '../../source/ui/controller.ts';
import {keyContext} from '../../source/ui/key-context.ts';
import {appOptions, openTerminal} from './render.ts';

export type Clock = {nowMs: number};

/** Without a clock of the test's own, a second passes before each key. */
export function setUp(changes: Partial<AppOptions> = {}, clock?: Clock, size = {columns: 80, rows: 24}) {
  const {stdin, stdout} = openTerminal();
  let nowMs = 0;
  const now = () => {
    if (clock !== undefined) return clock.nowMs;
    nowMs += 1000;
    return nowMs;
  };
  const controller = makeController({...appOptions, stdin, stdout, ...changes}, {now, size: () => size});
  const exit = vi.fn();
  const redraw = vi.fn();
  const suspend = vi.fn(async () => {});
  const copy = vi.fn();
  controller.attach({exit, redraw, suspend, copy});
  const press = (...keys: readonly string[]) => {
    for (const key of keys) controller.press(key);
    return controller.get();
  };
  return {controller, press, exit, redraw, suspend, copy, context: () => keyContext(controller.get())};
}

/** With the arrows to a row of the menu or of Settings, and `enter`. */
export function chooseRow(controller: Pick<Controller, 'get' | 'press'>, wanted: string): void {
  const isThere = (): boolean => {
    const {menu, screen, setting} = controller.get();
    if (screen === 'settings') return setting === wanted;
    return {main: menu.item, tracks: menu.track, lessons: menu.lesson}[menu.level] === wanted;
  };
  for (let steps = 0; !isThere(); steps++) {
    if (steps > 40) throw new Error(`no row ${wanted}`);
    controller.press('down');
  }
  controller.press('enter');
}
