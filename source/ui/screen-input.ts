// The keyboard as Ink sees it: read at once, passed on one key at a time; ctrl-c goes ahead of everything that waits.
import type {TerminalAnswers} from './terminal-answers.ts';
import {type Mouse, type Typed, TypedInput} from './typed.ts';
import {makeTypedAhead} from './typed-ahead.ts';

/** The receiver of keys. */
export type Typist = {
  /** Tells whether the screen shows the effect of the last key. */
  isDrawn(): boolean;
  /** Returns the place that keys are meant for now. */
  place(): string;
  mouse(did: Mouse): void;
  /** Called at ctrl-c. */
  leave(): void;
  /** Called with answers of the terminal. */
  answered(answers: TerminalAnswers): void;
};

// Escape in kitty's keyboard protocol. After a plain one, Ink would wait for more, although that wait is already over.
const wholeEscape = '\x1b[27u';

const forInk = (typed: Exclude<Typed, {readonly mouse: Mouse}>): string => {
  if (typeof typed === 'object') return `\x1b[200~${typed.pasted}\x1b[201~`;
  return typed === '\x1b' ? wholeEscape : typed;
};

type Heard = {
  read(): string | null;
  /** Called when bytes are there. */
  collect(): void;
  /** Sets the listener for keys; undefined removes it. */
  listens(listener: (() => void) | undefined): void;
};

/** Returns the terminal's stream with another way of reading. */
const standInFor = (stdin: NodeJS.ReadStream, {read, collect, listens}: Heard): NodeJS.ReadStream => {
  const keyboard: NodeJS.ReadStream = new Proxy(stdin, {
    get(target, key) {
      if (key === 'read') return read;
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      if (key !== 'addListener' && key !== 'removeListener') return value.bind(target);
      return (event: string, heard: () => void) => {
        if (event !== 'readable') target[key](event, heard);
        else {
          listens(key === 'addListener' ? heard : undefined);
          target[key](event, collect);
        }
        return keyboard;
      };
    },
  });
  return keyboard;
};

/**
 * Returns a keyboard that passes on one key at a time. Keys that arrive together (typed ahead, a slow line, a script) would all meet the
 * state before the first of them, because React renders only after the event. So each is passed on once the effect of the one before it is
 * drawn.
 */
export function keyByKey(
  stdin: NodeJS.ReadStream,
  {isDrawn, place, mouse, leave, answered}: Typist,
): NodeJS.ReadStream {
  const input = new TypedInput(answered);
  const ahead = makeTypedAhead(place);
  let turn: string | null = null;
  let listener: (() => void) | undefined;
  let isPumping = false;
  let patience: NodeJS.Timeout | undefined;

  const pump = (): void => {
    isPumping = listener !== undefined && ahead.length > 0;
    if (!isPumping) return;
    if (isDrawn()) {
      const next = ahead.next();
      if (typeof next === 'object' && 'mouse' in next) mouse(next.mouse);
      else if (next !== undefined) {
        turn = forInk(next);
        listener?.();
      }
    }
    setImmediate(pump);
  };
  const add = (typed: readonly Typed[]): void => {
    // The visible screen is the one that keys are typed for.
    if (isDrawn()) ahead.look();
    ahead.add(typed);
    if (!isPumping) pump();
  };
  const wait = (): void => {
    clearTimeout(patience);
    const ms = input.patienceMs();
    if (ms !== undefined) patience = setTimeout(() => add(input.settle()), ms).unref();
  };
  const collect = (): void => {
    for (let chunk = stdin.read(); chunk !== null; chunk = stdin.read()) {
      const {typed, leaves} = input.take(String(chunk));
      if (!leaves) {
        add(typed);
        continue;
      }
      ahead.clear();
      leave();
    }
    wait();
  };
  const read = (): string | null => {
    const key = turn;
    turn = null;
    return key;
  };

  const listens = (heard: (() => void) | undefined): void => {
    listener = heard;
  };
  return standInFor(stdin, {read, collect, listens});
}
