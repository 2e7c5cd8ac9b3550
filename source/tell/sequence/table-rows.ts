// Lists a sequence as the rows of a table: number, time, sender, receiver, content, states.

import {byKey} from '../../wire/grouped.ts';
import {fateUnknown} from '../../words/catalogue/fates.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {passes, sequenceTexts} from '../../words/catalogue/sequence.ts';
import {formatSeen, formatTime, formatWhole} from '../../words/format.ts';
import type {Message, Sequence, SequenceEntry, StateEntry} from './sequence.ts';

export type TableRow = {
  /** The number of the packet that the row is about; undefined for idle time and for events of a single host. */
  readonly packet: number | undefined;
  /** The texts of the row's cells, as many as the table has columns. */
  readonly cells: readonly string[];
};

export const tableHead = ({language}: Sequence): readonly string[] => {
  const {time, from, to, what, states} = sequenceTexts;
  return ['#', ...[time, from, to, what, states].map((text) => text[language])];
};

const whatOf = ({label, again, fate, lost, copy, altered}: Message, {language}: Sequence): string =>
  [
    `${again ? '↻ ' : ''}${label}`,
    ...(lost ? [`✗ ${lost.whole}`] : []),
    ...(fate === 'unknown' ? [fateUnknown[language]] : []),
    ...(copy ? [sequenceTexts.copy[language]] : []),
    ...(altered ? [sequenceTexts.altered[language]] : []),
  ].join(punctuation.comma[language]);

const nameOf = ({hosts}: Sequence, host: number): string => hosts[host]?.name ?? '';

const stateText = ({host, state}: StateEntry, sequence: Sequence): string =>
  `${nameOf(sequence, host)} ${state}`;

/** Returns the state changes, grouped by the number of the packet that caused them; undefined groups those without a packet. */
const statesBrought = ({entries}: Sequence): ReadonlyMap<number | undefined, readonly StateEntry[]> =>
  byKey(
    entries.filter((entry) => entry.kind === 'state'),
    ({packet}) => packet,
  );

/**
 * Returns the table's rows. A state change that a packet caused is in the packet's row; one that a timer or a call caused has its own row.
 */
export const tableRows = (sequence: Sequence): readonly TableRow[] => {
  const {entries, language} = sequence;
  const brought = statesBrought(sequence);
  const and = punctuation.listComma[language];
  const rowOf = (entry: SequenceEntry): TableRow | undefined => {
    switch (entry.kind) {
      case 'message': {
        const {packet, sentUs, from, to, copy, departureEstimated} = entry;
        const sent = formatSeen(sentUs, departureEstimated);
        const states = copy
          ? ''
          : (brought.get(packet) ?? []).map((state) => stateText(state, sequence)).join(and);
        const ends = [nameOf(sequence, from), nameOf(sequence, to)];
        return {packet, cells: [`${packet}`, sent, ...ends, whatOf(entry, sequence), states]};
      }
      case 'gap': {
        const passed = passes[language]({time: formatWhole(entry.toUs - entry.fromUs)});
        return {packet: undefined, cells: ['', formatTime(entry.fromUs), '', '', `… ${passed}`, '']};
      }
      case 'happening': {
        const host = nameOf(sequence, entry.host);
        return {packet: undefined, cells: ['', formatTime(entry.atUs), host, '', entry.text, '']};
      }
      case 'state': {
        if (entry.packet !== undefined) return undefined;
        const host = nameOf(sequence, entry.host);
        return {
          packet: undefined,
          cells: ['', formatSeen(entry.atUs, entry.estimated), host, '', '', stateText(entry, sequence)],
        };
      }
    }
  };
  return entries.flatMap((entry) => rowOf(entry) ?? []);
};
