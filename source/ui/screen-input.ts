// The keyboard as Ink sees it: one key at a time, and no late answers of the terminal among them.
import {splitKeys} from './key-name.ts';
import {makeReportFilter} from './terminal-answers.ts';

/**
 * Keys that arrive together (typed ahead, a slow line, a script) would all meet the state before the first of them:
 * React renders only after the event. So each gets its turn once what the one before it did `isDrawn`.
 */
export function keyByKey(stdin: NodeJS.ReadStream, isDrawn: () => boolean): NodeJS.ReadStream {
  const filter = makeReportFilter();
  const waiting: string[] = [];
  let turn: string | null = null;
  let listener: (() => void) | undefined;
  let isPumping = false;

  const pump = () => {
    isPumping = listener !== undefined && waiting.length > 0;
    if (!isPumping) return;
    if (isDrawn()) {
      turn = waiting.shift() ?? null;
      listener?.();
    }
    setImmediate(pump);
  };
  const collect = () => {
    for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) {
      waiting.push(...splitKeys(filter(String(chunk))));
    }
    if (!isPumping) pump();
  };
  const read = () => {
    const key = turn;
    turn = null;
    return key;
  };

  const input: NodeJS.ReadStream = new Proxy(stdin, {
    get(target, key) {
      if (key === 'read') return read;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      if (key !== 'addListener' && key !== 'removeListener') return value.bind(target);
      return (event: string, heard: () => void) => {
        if (event !== 'readable') target[key](event, heard);
        else {
          listener = key === 'addListener' ? heard : undefined;
          target[key](event, collect);
        }
        return input;
      };
    },
  });
  return input;
}
