// Hands every key press, by its name in the key table, to the app.
import {useInput} from 'ink';
import {keyNames} from '../key-name.ts';

/** `onError` because Ink's boundary sees what views throw, but not what happens in an input handler. */
export function useKeys(onKey: (key: string) => void, onError: (error: unknown) => void): void {
  useInput((input, key) => {
    try {
      for (const name of keyNames(input, key)) onKey(name);
    } catch (error) {
      onError(error);
    }
  });
}
