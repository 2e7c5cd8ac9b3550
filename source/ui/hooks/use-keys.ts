// Hands every key press, by its name in the key table, to the app; and what was pasted.
import {useInput, usePaste} from 'ink';
import {keyName, pasteName} from '../key-name.ts';

/** Pastes are marked by the terminal (mode 2004) as long as this is used: Ink turns that on, off while suspended, and off at the end. */
export function useKeys(onKey: (key: string) => void): void {
  useInput((input, key) => {
    const name = keyName(input, key);
    if (name !== undefined) onKey(name);
  });
  usePaste((text) => onKey(pasteName(text)));
}
