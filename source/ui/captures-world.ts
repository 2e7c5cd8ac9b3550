// Carries out what the page that opens captures asks of the world: one capture is opened at a time.

import type {Text} from '../lesson/text.ts';
import {completed} from '../view/captures/captures-state.ts';
import {guarded} from '../view/guarded.ts';
import {betweenMs, patienceMs} from '../view/reading-line.ts';
import {failedParts} from '../words/failed.ts';
import {openCaptureWords} from '../words/open-capture.ts';
import type {AppState} from './app-state.ts';
import type {CapturesDesk, CapturesEffect} from './capture-state.ts';
import {abandoned, captureOpened, offered, readSoFar} from './captures.ts';

type App = {
  get(): AppState;
  become(state: AppState): void;
  failed(part: Text, error: unknown): void;
  /** By a steady clock, in ms. */
  now(): number;
};

export const makeCapturesWorld = (desk: CapturesDesk, {get, become, failed, now}: App) => {
  const fail = (error: unknown): void => {
    // What cannot be read is not waited for.
    current = undefined;
    become(abandoned(get()));
    failed(failedParts.opening, error);
  };
  /** What is being read; another one, or none: the reader does not wait for it any more. */
  let current: AbortController | undefined;

  const open = async (named: string): Promise<void> => {
    const reading = new AbortController();
    current = reading;
    const [beganMs, name] = [now(), named.trim()];
    let drawnMs = beganMs + patienceMs - betweenMs;
    // Later, so that it is seen that something is being opened.
    await new Promise((resolve) => setTimeout(resolve));
    if (current !== reading) return;
    const result = await desk.open(named, {
      stop: reading.signal,
      read(packets, share) {
        if (current !== reading || now() - drawnMs < betweenMs) return;
        drawnMs = now();
        become(readSoFar(get(), {name, packets, share}));
      },
    });
    if (current !== reading) return;
    current = undefined;
    become(captureOpened(get(), result));
    const last = desk.last();
    become({...get(), openable: {last}});
  };

  /** What was read so far is shown; where that is nothing, nobody waits any longer. */
  const stop = (): void => {
    const hasPackets = (get().captures?.reading?.packets ?? 0) > 0 && current?.signal.aborted === false;
    current?.abort();
    if (hasPackets) return;
    current = undefined;
    become(abandoned(get()));
  };

  const complete = (typed: string): void => {
    const state = get();
    if (state.captures === undefined) return;
    const found = desk.complete(typed);
    const captures = completed(state.captures, found);
    const isNone = found.text === typed && found.names.length === 0;
    become({...state, captures, ...(isNone ? {message: openCaptureWords.noName} : {})});
  };

  return (effect: CapturesEffect): void => {
    switch (effect.kind) {
      case 'offerCaptures':
        // Later: the `enter` that chose it in the menu is not to open what is marked here.
        setTimeout(() => guarded(() => become(offered(get(), desk.offer())), fail));
        return;
      case 'openCapture':
        void open(effect.named).catch(fail);
        return;
      case 'completePath':
        complete(effect.typed);
        return;
      case 'stopReading':
        stop();
        return;
    }
  };
};
