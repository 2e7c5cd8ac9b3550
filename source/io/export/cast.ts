// Writes frames of a terminal as an asciinema recording, version 2 (docs.asciinema.org/manual/asciicast/v2): a header, then the output with
// its times.

import {ended, json, terminal, type Written} from '../../words/written.ts';

type Row = Written<'terminal'>;

export type CastFrame = {readonly atMs: number; readonly rows: readonly Row[]};

export type CastHeader = {
  readonly columns: number;
  readonly rows: number;
  readonly title: Row;
  /** The colours of the recorded terminal as asciicast names them: text, background, and the palette of eight colours. */
  readonly theme: {readonly fg: string; readonly bg: string; readonly palette: string};
};

const hideCursor = terminal`\x1b[?25l`;
const wipe = terminal`\x1b[0m\x1b[2J`;

/** Returns the terminal output that redraws the rows that changed since the frame before, each row as a whole. */
const changed = (rows: readonly Row[], before: readonly Row[] | undefined): Row =>
  terminal.join(
    rows.map((row, index) =>
      row === before?.[index] ? terminal`` : terminal`\x1b[${index + 1};1H${row}\x1b[0m\x1b[K`,
    ),
  );

/** Yields the lines of an asciinema recording. Its header has no time stamp, so that the same run gives the same file. */
function* castLines(frames: Iterable<CastFrame>, header: CastHeader): Generator<Written<'json'>, void> {
  const {columns, rows, title, theme} = header;
  yield json.value({version: 2, width: columns, height: rows, title, env: {TERM: 'xterm-256color'}, theme});
  let before: readonly Row[] | undefined;
  for (const frame of frames) {
    const start = before === undefined ? terminal`${hideCursor}${wipe}` : terminal``;
    yield json.value([frame.atMs / 1000, 'o', terminal`${start}${changed(frame.rows, before)}`]);
    before = frame.rows;
  }
}

export const castPieces = (frames: Iterable<CastFrame>, header: CastHeader): Iterable<Written<'json'>> =>
  ended(castLines(frames, header));
