// Hands every key press, by its name in the key table, to the app.
import {useInput} from 'ink';
import {keyName} from '../key-name.ts';

/** `onError` because Ink's boundary sees what views throw, but not what happens in an input handler. */
export function useKeys(onKey: (key: string) => void, onError: (error: unknown) => void): void {
  useInput((input, key) => {
    const name = keyName(input, key);
    try {
      if (name !== undefined) onKey(name);
    } catch (error) {
      onError(error);
    }
  });
}
