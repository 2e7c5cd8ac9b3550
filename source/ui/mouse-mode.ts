// Makes the terminal report clicks while the mouse setting is on and the program has the terminal. It uses modes 1000 (buttons without
// movement) and 1006 (decimal numbers, for screens of any width).
import type {AppState} from './app-state.ts';
import type {Controller} from './controller.ts';

const on = '\x1b[?1000h\x1b[?1006h';
const off = '\x1b[?1006l\x1b[?1000l';

const isWanted = ({preferences, suspended}: AppState): boolean => preferences.mouse && !suspended;

/**
 * Turns the terminal's reports of clicks on and off as the setting changes; returns a function that turns them off for good, and may be
 * called any number of times.
 */
export const followMouse = (
  stdout: Pick<NodeJS.WriteStream, 'write'>,
  {get, subscribe}: Pick<Controller, 'get' | 'subscribe'>,
): (() => void) => {
  let isOn = false;
  const become = (wanted: boolean): void => {
    if (wanted === isOn) return;
    isOn = wanted;
    stdout.write(wanted ? on : off);
  };
  const stop = subscribe(() => become(isWanted(get())));
  become(isWanted(get()));
  return () => {
    stop();
    become(false);
  };
};
