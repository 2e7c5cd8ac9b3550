// The screen-reader mode: the same app as sentences. There is no alternate screen, no cursor movement and no escape sequence; lines are
// appended, and nothing is written while nothing happens.
import {guarded} from '../view/guarded.ts';
import {failedParts} from '../words/catalogue/failed.ts';
import {wrap} from '../words/width.ts';
import {terminal} from '../words/written.ts';
import type {AppOptions, RunningApp} from './app-options.ts';
import type {AppState, ExitReason} from './app-state.ts';
import {type Controller, makeController} from './controller.ts';
import {screenName} from './key-context.ts';
import {nameOf} from './reader-keys.ts';
import {sizeOf} from './screen-output.ts';
import {changeSaid, stateSaid} from './spoken-app.ts';
import {suspendUntilContinued} from './suspend.ts';
import {type Typed, TypedInput} from './typed.ts';
import {makeTypedAhead} from './typed-ahead.ts';

/** The size of the screen for which the screen-reader mode chooses panels; nothing is drawn. */
const size = {columns: 80, rows: 24};
/** The time in ms by which a tick completes a step in the screen-reader mode, where steps are not animated. */
const wholeStepMs = 1000;

/** Presses a key in the screen-reader mode; if it begins a step through the run, the step is completed at once. */
export function pressUndrawn(controller: Controller, key: string): void {
  controller.press(key);
  if (controller.get().player?.playback.step !== undefined) controller.tick(wholeStepMs);
}

/** Returns a function that writes sentences, broken between words at the width of the terminal. */
function makeVoice(stdout: NodeJS.WriteStream) {
  return (lines: readonly string[]): void => {
    if (lines.length === 0) return;
    const columns = Math.max(20, sizeOf(stdout).columns) - 1;
    const rows = lines.flatMap((line) => wrap(terminal.text(line), columns));
    stdout.write(`${rows.join('\n')}\n`);
  };
}

/** Calls `onKey` for each key until the returned function is called; ctrl-c precedes all keys that came with it. */
function listen(stdin: NodeJS.ReadStream, place: () => string, onKey: (key: string) => void): () => void {
  const input = new TypedInput();
  const ahead = makeTypedAhead(place);
  let patience: NodeJS.Timeout | undefined;
  const hear = (typed: readonly Typed[]): void => {
    ahead.look();
    ahead.add(typed);
    for (let next = ahead.next(); next !== undefined; next = ahead.next()) {
      const name = nameOf(next);
      if (name !== undefined) onKey(name);
    }
  };
  const onData = (chunk: string | Buffer): void => {
    clearTimeout(patience);
    const {typed, leaves} = input.take(String(chunk));
    if (leaves) onKey('ctrl-c');
    else hear(typed);
    const ms = input.patienceMs();
    if (ms !== undefined) patience = setTimeout(() => hear(input.settle()), ms);
  };
  stdin.setEncoding('utf8');
  stdin.on('data', onData);
  // The stream keeps the process running again, because the code that read it before has released it.
  stdin.ref();
  stdin.resume();
  return () => {
    clearTimeout(patience);
    stdin.off('data', onData);
    stdin.pause();
  };
}

/** Returns the clock of the screen-reader mode: one timeout at a time, for the next moment, and none while nothing moves. */
function makeClock(controller: Controller) {
  let timer: NodeJS.Timeout | undefined;
  let sinceMs = performance.now();
  const onTimeout = (): void => {
    timer = undefined;
    const nowMs = performance.now();
    const passedMs = nowMs - sinceMs;
    controller.tick(passedMs);
    wind();
  };
  const wind = (): void => {
    const ms = controller.interval('sentences');
    if (ms === undefined) clearTimeout(timer);
    if (ms === undefined || timer === undefined) sinceMs = performance.now();
    if (ms === undefined) timer = undefined;
    else timer ??= setTimeout(onTimeout, ms);
  };
  return {
    wind,
    stop(): void {
      clearTimeout(timer);
    },
  };
}

/** Returns the functions by which the screen-reader mode takes the keyboard in raw mode and gives it back. */
function makeKeyboard(stdin: NodeJS.ReadStream, controller: Controller) {
  let deafen = (): void => {};
  return {
    take(): void {
      if (stdin.isTTY) stdin.setRawMode(true);
      const place = () => screenName(controller.get());
      deafen = listen(stdin, place, (key) => pressUndrawn(controller, key));
    },
    giveBack(): void {
      deafen();
      if (stdin.isTTY) stdin.setRawMode(false);
    },
  };
}

/** Speaks each change once, and sets the clock after it; a step is spoken when it is complete. Returns a function that stops this. */
function follow(
  controller: Controller,
  sayChange: (before: AppState, state: AppState) => void,
  wind: () => void,
): () => void {
  let said = controller.get();
  return controller.subscribe(() => {
    const state = controller.get();
    if (state.player?.playback.step === undefined) {
      sayChange(said, state);
      said = state;
    }
    wind();
  });
}

/** Starts the app as sentences, without a screen; otherwise it is like `startApp`. */
export function startReader(options: AppOptions): RunningApp {
  const {stdin, stdout} = options;
  const controller = makeController(options, {now: () => performance.now(), size: () => size});
  const say = makeVoice(stdout);
  const spoken = (lines: () => readonly string[]): readonly string[] =>
    guarded(lines, (error) => controller.told(failedParts.speech, error));
  const sayAll = (): void => say(spoken(() => stateSaid(controller.get(), controller.told)));
  const keyboard = makeKeyboard(stdin, controller);
  const clock = makeClock(controller);
  const unfollow = follow(
    controller,
    (before, state) => say(spoken(() => changeSaid(before, state, controller.told))),
    clock.wind,
  );
  let settle: (how: ExitReason | Error) => void = () => {};
  const done = new Promise<ExitReason>((resolve, reject) => {
    settle = (how) => {
      clock.stop();
      unfollow();
      controller.close();
      keyboard.giveBack();
      if (how instanceof Error) reject(how);
      else resolve(how);
    };
  });
  const suspend = (): Promise<void> =>
    suspendUntilContinued(async (whileAway) => {
      keyboard.giveBack();
      await whileAway();
      keyboard.take();
      sayAll();
    });
  controller.attach({exit: (how) => settle(how), redraw: sayAll, copy: () => {}, suspend});
  keyboard.take();
  sayAll();
  clock.wind();
  return {done, restore: () => settle('quit'), state: controller.get, failures: controller.failures};
}
