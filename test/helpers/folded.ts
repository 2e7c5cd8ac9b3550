// The digest of a run, worked out once more by Node from the lines of `show --json` alone.
import {createHash} from 'node:crypto';

type Line = Readonly<Record<string, unknown>>;

/** Keys in alphabetical order, at every depth. */
const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, sorted(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};

/** What is told of an event, and of the bytes in it, is left out; so are beats, and numbers that count them, too. */
const told: readonly string[] = ['type', 'n', 'because', 'case', 'cause', 'facts', 'summary', 'layers'];

const happening = (line: Line): unknown => {
  const rest = Object.fromEntries(Object.entries(line).filter(([name]) => !told.includes(name)));
  const {altered} = rest as {altered?: Line};
  if (altered === undefined) return rest;
  const {summary: _, ...bytes} = altered;
  return {...rest, altered: bytes};
};

export const folded = (lines: readonly Line[]): string => {
  const hash = createHash('sha256');
  for (const line of lines.filter(({type, kind}) => type === 'event' && kind !== 'beat'))
    hash.update(`${JSON.stringify(sorted(happening(line)))}\n`);
  return `sha256:${hash.digest('hex')}`;
};
