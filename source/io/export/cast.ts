// Frames of a terminal as an asciinema recording, version 2 (docs.asciinema.org/manual/asciicast/v2): a header, then what is written when.

export type CastFrame = {readonly atMs: number; readonly rows: readonly string[]};

export type CastHeader = {
  readonly columns: number;
  readonly rows: number;
  readonly title: string;
  /** Of the terminal: text, paper, and its eight colours. */
  readonly theme: {readonly fg: string; readonly bg: string; readonly palette: string};
};

const hideCursor = '\x1b[?25l';
const wipe = '\x1b[0m\x1b[2J';

/** Only rows that have changed are written again, each whole. */
const written = (rows: readonly string[], before: readonly string[] | undefined): string =>
  rows
    .map((row, index) => (row === before?.[index] ? '' : `\x1b[${index + 1};1H${row}\x1b[0m\x1b[K`))
    .join('');

const line = (value: unknown): string => `${JSON.stringify(value)}\n`;

/** No time stamp: the same run gives the same file. */
export function* castPieces(frames: Iterable<CastFrame>, header: CastHeader): Generator<string, void> {
  const {columns, rows, title, theme} = header;
  yield line({version: 2, width: columns, height: rows, title, env: {TERM: 'xterm-256color'}, theme});
  let before: readonly string[] | undefined;
  for (const frame of frames) {
    const start = before === undefined ? `${hideCursor}${wipe}` : '';
    yield line([frame.atMs / 1000, 'o', `${start}${written(frame.rows, before)}`]);
    before = frame.rows;
  }
}
