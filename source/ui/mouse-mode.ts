// Whether the terminal tells of clicks: on while the setting is on and the terminal is ours. Modes 1000 (buttons, no movement) and 1006
// (in decimal numbers, however wide the screen is).
import type {AppState} from './app-state.ts';
import type {Controller} from './controller.ts';

const on = '\x1b[?1000h\x1b[?1006h';
const off = '\x1b[?1006l\x1b[?1000l';

const isWanted = ({preferences, suspended}: AppState): boolean => preferences.mouse && !suspended;

/** Gives back what switches it off, any number of times. */
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
