// Writes a run as a sequence diagram in Mermaid's language (mermaid.js.org/syntax/sequenceDiagram), which wikis and READMEs draw.

import type {Message, Sequence, SequenceEntry} from '../../tell/sequence/sequence.ts';
import {omittedText, passes, sequenceTexts} from '../../words/catalogue/sequence.ts';
import {formatSeen, formatTime, formatWhole} from '../../words/format.ts';
import {mermaid, type Written} from '../../words/written.ts';

type Line = Written<'mermaid'>;

const idOf = (host: number): Line => mermaid`h${host}`;

/**
 * Returns the Mermaid line of a message. Its text begins with a number, so that Mermaid does not take it for a keyword such as `end` or
 * `wrap:`.
 */
const messageLine = (message: Message, {language}: Sequence): Line => {
  const {packet, from, to, fate, lost, label, again, copy, altered} = message;
  const arrow = fate === 'lost' ? mermaid`-x` : fate === 'arrived' ? mermaid`->>` : mermaid`-)`;
  const extras = [
    ...(lost ? [`✗ ${lost.short}`] : []),
    ...(copy ? [sequenceTexts.copy[language]] : []),
    ...(altered ? [sequenceTexts.altered[language]] : []),
  ];
  const more = extras.length === 0 ? '' : ` (${extras.join(', ')})`;
  return mermaid`${idOf(from)}${arrow}${idOf(to)}: ${mermaid.text(`${packet} ${again ? '↻ ' : ''}${label}${more}`)}`;
};

const entryLine = (entry: SequenceEntry, sequence: Sequence): Line => {
  const {hosts, language} = sequence;
  switch (entry.kind) {
    case 'message':
      return messageLine(entry, sequence);
    case 'state':
      return mermaid`Note over ${idOf(entry.host)}: ${mermaid.text(`${formatSeen(entry.atUs, entry.estimated)} ${entry.state}`)}`;
    case 'happening':
      return mermaid`Note over ${idOf(entry.host)}: ${mermaid.text(`${formatTime(entry.atUs)} ${entry.text}`)}`;
    case 'gap': {
      const ends = hosts.length > 1 ? mermaid`${idOf(0)},${idOf(hosts.length - 1)}` : idOf(0);
      return mermaid`Note over ${ends}: ${mermaid.text(passes[language]({time: formatWhole(entry.toUs - entry.fromUs)}))}`;
    }
  }
};

const participantLine = ({name, address}: Sequence['hosts'][number], index: number): Line => {
  const second = address === '' || address === name ? mermaid`` : mermaid`<br/>${mermaid.text(address)}`;
  return mermaid`participant ${idOf(index)} as ${mermaid.text(name === '' ? '?' : name)}${second}`;
};

export function* mermaidLines(sequence: Sequence): Generator<Line, void> {
  const {hosts, entries, omitted, language} = sequence;
  yield mermaid`sequenceDiagram`;
  for (const [index, host] of hosts.entries()) yield mermaid`  ${participantLine(host, index)}`;
  for (const entry of entries) yield mermaid`  ${entryLine(entry, sequence)}`;
  if (omitted > 0 && hosts.length > 0)
    yield mermaid`  Note over ${idOf(0)}: ${mermaid.text(omittedText[language]({packets: omitted}))}`;
}
