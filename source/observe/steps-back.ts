// Undoes the newest steps of what is read event by event from a capture that is still being written, because its last events may change.

/** Undoes what one step has changed. */
export type Undo = () => void;

/** Returns a function that restores the properties of these objects as they are now, and cuts the lists to their present lengths. */
export const asTheyAre = (kept: readonly object[], lists: readonly unknown[][]): Undo => {
  const before = kept.map((each) => ({...each}));
  const lengths = lists.map(({length}) => length);
  return () => {
    for (const [index, each] of kept.entries()) Object.assign(each, before[index]);
    for (const [index, list] of lists.entries()) list.length = lengths[index] ?? 0;
  };
};

/** The least number of steps that can be undone, once so many were taken. */
const mostTakenBack = 8192;

export class StepsBack {
  /** The newest steps that can be undone, in the order of events. */
  #done: {readonly event: number; readonly undo: Undo}[] = [];
  /** The event before which steps can no longer be undone. */
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

  /** Undoes all steps after the event; returns false if some of them can no longer be undone. */
  to(event: number): boolean {
    if (event < this.#settled) return false;
    for (let last = this.#done.at(-1); last && last.event > event; last = this.#done.at(-1)) {
      last.undo();
      this.#done.pop();
    }
    return true;
  }
}
