// The keyboard as Ink reads it: the program reads everything at once and passes it on one key at a time; ctrl-c precedes everything that
// waits.
import type {TerminalAnswers} from './terminal-answers.ts';
import {type Mouse, type Typed, TypedInput} from './typed.ts';
import {makeTypedAhead} from './typed-ahead.ts';

/** The functions of the app that the keyboard calls for each key, click or answer of the terminal. */
export type Typist = {
  /** Tells whether the screen already shows the effect of the last key, so that the next one may be passed on. */
  isDrawn(): boolean;
  /** Returns a name for the place that keys are meant for now, such as a screen or a question. */
  place(): string;
  mouse(did: Mouse): void;
  /** Called when ctrl-c is pressed, even while other keys wait. */
  leave(): void;
  /** Called with late answers of the terminal to the questions at start-up. */
  answered(answers: TerminalAnswers): void;
};

// Escape as kitty's keyboard protocol sends it. After a plain escape, Ink would wait for more, although this program has waited already.
const wholeEscape = '\x1b[27u';

const forInk = (typed: Exclude<Typed, {readonly mouse: Mouse}>): string => {
  if (typeof typed === 'object') return `\x1b[200~${typed.pasted}\x1b[201~`;
  return typed === '\x1b' ? wholeEscape : typed;
};

type Heard = {
  read(): string | null;
  /** Called when bytes from the terminal have arrived. */
  collect(): void;
  /** Sets the listener that Ink adds for typed input; undefined if Ink removes it. */
  listens(listener: (() => void) | undefined): void;
};

/** Returns a stream that Ink reads instead of the terminal's: `read` returns its input, all else goes to the real stream. */
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
 * Returns a keyboard stream for Ink that passes on one key at a time. Keys that arrive together (typed ahead, a slow line, a script) would
 * otherwise all meet the state before the first of them, because React renders only after the event. So each is passed on once the effect
 * of the one before it is drawn.
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
    // If the screen is already drawn, new keys are meant for it, so keys for the place before are dropped.
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
