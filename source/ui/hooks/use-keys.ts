// Passes every key press to the app, by its name in the key table, and pasted text.
import {useInput, usePaste} from 'ink';
import {keyName, pasteName} from '../key-name.ts';

/** Calls `onKey`. While it is used, the terminal marks pastes (mode 2004): Ink turns that on, off while suspended, and off at the end. */
export function useKeys(onKey: (key: string) => void): void {
  useInput((input, key) => {
    const name = keyName(input, key);
    if (name !== undefined) onKey(name);
  });
  usePaste((text) => onKey(pasteName(text)));
}
