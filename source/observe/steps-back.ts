// What is read event by event of a capture in the making: the newest steps can be taken back, because its last events may still change.

/** Takes back what a step has changed. */
export type Undo = () => void;

/** Makes these again what they are now, and these lists as long. */
export const asTheyAre = (kept: readonly object[], lists: readonly unknown[][]): Undo => {
  const before = kept.map((each) => ({...each}));
  const lengths = lists.map(({length}) => length);
  return () => {
    for (const [index, each] of kept.entries()) Object.assign(each, before[index]);
    for (const [index, list] of lists.entries()) list.length = lengths[index] ?? 0;
  };
};

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
