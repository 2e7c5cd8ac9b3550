// The terminal as Ink writes to it: the size stays the same while a window is being dragged, and then changes once.

export type Size = {readonly columns: number; readonly rows: number};

/** Waits until a frame is visible, before long work begins; Ink draws at most thirty times a second. */
export const seen = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 40));

/**
 * The time in ms after the last resize signal at which the size changes. The signals of one drag come every few ms, and drawing for each
 * would flicker.
 */
const settleMs = 80;

export type ScreenOutput = {
  /** The stream to which Ink writes: the terminal's, but with the settled size and without resize signals of its own. */
  readonly stream: NodeJS.WriteStream;
  size(): Size;
  /**
   * Adds a listener that is called after the size has settled or `redraw` was called, once the screen is erased; returns a function that
   * removes it.
   */
  subscribe(listener: () => void): () => void;
  redraw(): void;
  /**
   * Copies a text to the terminal's own clipboard with the sequence OSC 52, which works over ssh; terminals that do not support it ignore
   * it.
   */
  copy(text: string): void;
  dispose(): void;
};

/**
 * The most columns and the most rows that are drawn. A terminal may claim 65,535 rows, and every cell takes time, but nobody can see more
 * than these.
 */
const mostCells = 1000;

/** Returns the size of the screen for which everything is drawn and lines are broken. */
export function sizeOf(stdout: NodeJS.WriteStream): Size {
  const [columns, rows] = [stdout.columns || 80, stdout.rows || 24];
  return {columns: Math.min(columns, mostCells), rows: Math.min(rows, mostCells)};
}

export function makeScreenOutput(stdout: NodeJS.WriteStream, wipe: () => void): ScreenOutput {
  let size = sizeOf(stdout);
  let timer: NodeJS.Timeout | undefined;
  const listeners = new Set<() => void>();

  const redraw = () => {
    clearTimeout(timer);
    timer = undefined;
    // The size must be a new object even with equal numbers, so that all is drawn: a terminal that was dragged and dragged back has lost
    // its picture.
    size = sizeOf(stdout);
    wipe();
    for (const listener of listeners) listener();
  };
  const onResize = () => {
    clearTimeout(timer);
    timer = setTimeout(redraw, settleMs);
  };
  stdout.on('resize', onResize);

  return {
    stream: withSize(stdout, () => size),
    size: () => size,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    redraw,
    copy: (text) => stdout.write(`\x1b]52;c;${Buffer.from(text).toString('base64')}\x07`),
    dispose() {
      clearTimeout(timer);
      stdout.off('resize', onResize);
      listeners.clear();
    },
  };
}

// Returns the terminal's stream with the settled size and without resize signals, at each of which Ink would draw. Ink does not need them,
// because it reads the size again whenever React has committed.
function withSize(stdout: NodeJS.WriteStream, size: () => Size): NodeJS.WriteStream {
  const stream: NodeJS.WriteStream = new Proxy(stdout, {
    get(target, key) {
      if (key === 'columns' || key === 'rows') return size()[key];
      const value: unknown = Reflect.get(target, key, target);
      if (typeof value !== 'function') return value;
      if (key !== 'on' && key !== 'off') return value.bind(target);
      return (event: string, listener: () => void) => {
        if (event !== 'resize') target[key](event, listener);
        return stream;
      };
    },
  });
  return stream;
}
