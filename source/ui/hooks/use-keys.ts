// Hands every key press, by its name in the key table, to the app; and what was pasted.
import {useInput, usePaste} from 'ink';
import {keyName, pasteName} from '../key-name.ts';

/**
 * Pastes are marked by the terminal (mode 2004) as long as this is used: Ink turns that on, off while suspended, and off at the end.
 * `onError` because Ink's boundary sees what views throw, but not what happens in an input handler.
 */
export function useKeys(onKey: (key: string) => void, onError: (error: unknown) => void): void {
  const hear = (name: string | undefined): void => {
    try {
      if (name !== undefined) onKey(name);
    } catch (error) {
      onError(error);
    }
  };
  useInput((input, key) => hear(keyName(input, key)));
  usePaste((text) => hear(pasteName(text)));
}
