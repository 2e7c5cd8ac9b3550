// What is read event by event of a capture in the making: the newest steps can be taken back, because its last events may still change.

/** Takes back what a step has changed. */
type Undo = () => void;

/** So many steps can be taken back. */
const mostTakenBack = 8192;

export class StepsBack {
  /** The newest, by event. */
  #done: {readonly event: number; readonly undo: Undo}[] = [];
  /** Steps up to that event cannot be taken back. */
  #settled = 0;
  readonly #grows: boolean;

  constructor(grows: boolean) {
    this.#grows = grows;
  }

  did(event: number, undo: Undo): void {
    if (!this.#grows) return;
    this.#done.push({event, undo});
    if (this.#done.length < 2 * mostTakenBack) return;
    this.#done = this.#done.slice(mostTakenBack);
    this.#settled = this.#done[0]?.event ?? event;
  }

  /** All behind the event. False: that is too far back. */
  to(event: number): boolean {
    if (event < this.#settled) return false;
    for (let last = this.#done.at(-1); last && last.event > event; last = this.#done.at(-1)) {
      last.undo();
      this.#done.pop();
    }
    return true;
  }
}
