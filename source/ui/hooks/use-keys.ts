// Passes to the app every key that is pressed, by its name in the key table, and text that is pasted.
import {useInput, usePaste} from 'ink';
import {keyName, pasteName} from '../key-name.ts';

/** Calls `onKey` for each key and paste. While this hook is in use, Ink makes the terminal mark pastes (mode 2004). */
export function useKeys(onKey: (key: string) => void): void {
  useInput((input, key) => {
    const name = keyName(input, key);
    if (name !== undefined) onKey(name);
  });
  usePaste((text) => onKey(pasteName(text)));
}
