// Carries out the effects of the page that opens captures; only one capture is read at a time.

import type {Text} from '../lesson/text.ts';
import {completed} from '../view/captures/captures-state.ts';
import {guarded} from '../view/guarded.ts';
import {betweenMs, patienceMs} from '../view/reading-line.ts';
import {failedParts} from '../words/catalogue/failed.ts';
import {openCaptureWords} from '../words/open-capture.ts';
import type {AppState} from './app-state.ts';
import type {CapturesDesk, CapturesEffect} from './capture-state.ts';
import {abandoned, captureOpened, offered, readSoFar} from './captures.ts';
import {seen} from './screen-output.ts';

type App = {
  get(): AppState;
  become(state: AppState): void;
  failed(part: Text, error: unknown): void;
  /** Returns the time in ms of a steady clock. */
  now(): number;
};

export class CapturesWorld {
  readonly #desk: CapturesDesk;
  readonly #app: App;
  /**
   * Stops the reading of a capture; undefined if none is being read. If it is another one meanwhile, the result of the earlier reading is
   * ignored.
   */
  #current: AbortController | undefined;

  constructor(desk: CapturesDesk, app: App) {
    this.#desk = desk;
    this.#app = app;
  }

  carryOut(effect: CapturesEffect): void {
    const {get, become} = this.#app;
    const fail = (error: unknown) => this.#fail(error);
    switch (effect.kind) {
      case 'offerCaptures':
        guarded(() => become(offered(get(), this.#desk.offer())), fail);
        return;
      case 'openCapture':
        void this.#open(effect.named).catch(fail);
        return;
      case 'completePath':
        this.#complete(effect.typed);
        return;
      case 'stopReading':
        this.#stop();
        return;
    }
  }

  #fail(error: unknown): void {
    // An error ends the reading, so that the app no longer waits for this capture.
    this.#current = undefined;
    this.#app.become(abandoned(this.#app.get()));
    this.#app.failed(failedParts.opening, error);
  }

  async #open(named: string): Promise<void> {
    const {get, become, now} = this.#app;
    const reading = new AbortController();
    this.#current = reading;
    const isOver = (): boolean => this.#current !== reading;
    const [beganMs, name] = [now(), named.trim()];
    let drawnMs = beganMs + patienceMs - betweenMs;
    // The delay lets the screen show that a capture is being opened before reading blocks the program.
    await new Promise((resolve) => setTimeout(resolve));
    if (isOver()) return;
    const result = await this.#desk.open(named, {
      stop: reading.signal,
      read(packets, share) {
        if (isOver() || now() - drawnMs < (share === 1 ? 0 : betweenMs)) return;
        drawnMs = now();
        become(readSoFar(get(), {name, packets, share}));
      },
    });
    if (get().captures?.reading) await seen();
    if (isOver()) return;
    this.#current = undefined;
    become(captureOpened(get(), result));
    const last = this.#desk.last();
    become({...get(), openable: {last}});
  }

  /** Stops reading a capture. The packets read so far are shown; if there are none, the reader stays on the page for choosing a capture. */
  #stop(): void {
    const {get, become} = this.#app;
    const current = this.#current;
    const hasPackets = (get().captures?.reading?.packets ?? 0) > 0 && current?.signal.aborted === false;
    current?.abort();
    if (hasPackets) return;
    this.#current = undefined;
    become(abandoned(get()));
  }

  #complete(typed: string): void {
    const state = this.#app.get();
    if (state.captures === undefined) return;
    const found = this.#desk.complete(typed);
    const captures = completed(state.captures, found);
    const isNone = found.text === typed && found.names.length === 0;
    this.#app.become({...state, captures, ...(isNone ? {message: openCaptureWords.noName} : {})});
  }
}
