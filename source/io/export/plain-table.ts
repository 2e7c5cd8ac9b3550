// Writes a run as a table of plain text, whose columns are aligned wherever it is pasted, with the narration below the table.

import {entryAt} from '../../account/entries.ts';
import {tableHead, tableRows} from '../../tell/sequence/table-rows.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {omittedText} from '../../words/catalogue/sequence.ts';
import {transcriptTexts} from '../../words/catalogue/transcript.ts';
import {formatSeen} from '../../words/format.ts';
import {padEnd, padStart, textWidth} from '../../words/width.ts';
import {hostWords, type ReportInput, toldBeats} from './markdown.ts';

const air = '  ';
/** The number of left columns of the plain-text table that are aligned to the right: packet number and time. */
const numbers = 2;

/** Returns a cell's text without line ends, which would break its row. */
const cellText = (text: string): string => text.replace(/\s+/g, ' ').trim();

const columnsOf = (rows: readonly (readonly string[])[]): readonly number[] =>
  (rows[0] ?? []).map((_, column) => Math.max(0, ...rows.map((row) => textWidth(row[column] ?? ''))));

const lineOf = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, index) => (index < numbers ? padStart : padEnd)(cell, widths[index] ?? 0))
    .join(air)
    .trimEnd();

const headLines = ({head, sequence}: ReportInput): readonly string[] => {
  const {title, conditions, warning, faults} = head;
  const {language, hosts} = sequence;
  const named = hosts.map(hostWords);
  return [
    title,
    ...[conditions, named].map((parts) => parts.join(punctuation.listComma[language])),
    ...(warning === undefined ? [] : [warning]),
    ...faults.map((fault) => `${transcriptTexts.faults[language]} ${fault}`),
  ];
};

export function* plainTableLines(input: ReportInput): Generator<string, void> {
  const {sequence, trace} = input;
  const {language, omitted} = sequence;
  yield* headLines(input);
  yield '';
  const head = tableHead(sequence);
  const rows = [head, ...tableRows(sequence).map(({cells}) => cells.map(cellText))];
  const widths = columnsOf(rows);
  for (const [index, row] of rows.entries()) {
    yield lineOf(row, widths);
    if (index === 0)
      yield lineOf(
        widths.map((width) => '-'.repeat(width)),
        widths,
      );
  }
  if (omitted > 0) yield* ['', omittedText[language]({packets: omitted})];
  const told = toldBeats(input);
  if (told.length > 0) yield '';
  for (const {event, say} of told) {
    const {atUs, estimated = false} = event > 0 ? entryAt(trace, event) : {atUs: 0};
    yield `${padStart(formatSeen(atUs, estimated), 8)}${air}${cellText(say[language])}`;
  }
  yield '';
  yield `${transcriptTexts.play[language]}${punctuation.colon[language]}${input.playCommand}`;
}
