// The lines of `show --json` beside the table of them in docs/reference.md.
import {listedIn} from './reference-page.ts';

const heading = '`show --json`';
const ofLines = listedIn(heading, '| line | members |');
const everyEvent = ofLines.get('') ?? new Set();

/** Returns the name of the row of a line: `trace`, `end`, or the kind of the event. */
const rowOf = (line: {readonly type: string; readonly kind?: string}): string => line.kind ?? line.type;

/** Returns each member of these lines with its row. */
export const lineMembers = (output: string): readonly (readonly [row: string, name: string])[] =>
  output
    .split('\n')
    .filter((line) => line !== '')
    .flatMap((line) => {
      const parsed = JSON.parse(line);
      return Object.keys(parsed).map((name) => [rowOf(parsed), name] as const);
    });

export const unlistedLines = (output: string): readonly string[] => [
  ...new Set(
    lineMembers(output).flatMap(([row, name]) => {
      const isListed =
        ofLines.get(row)?.has(name) || (row !== 'trace' && row !== 'end' && everyEvent.has(name));
      return isListed ? [] : [`${row}.${name}`];
    }),
  ),
];
