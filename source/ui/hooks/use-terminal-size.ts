// Returns the columns and rows of the screen, which change 80 ms after the last resize signal.
import {useSyncExternalStore} from 'react';
import type {ScreenOutput, Size} from '../screen-output.ts';

export function useTerminalSize(output: ScreenOutput): Size {
  return useSyncExternalStore(output.subscribe, output.size);
}
