// A run as a sequence diagram in Mermaid's language (mermaid.js.org/syntax/sequenceDiagram): what wikis and READMEs draw from text.
import {formatSeen, formatTime, formatWhole} from '../../present/format.ts';
import type {Message, Sequence, SequenceEntry} from '../../present/sequence/sequence.ts';
import {omittedText, passes, sequenceTexts} from '../../present/text/sequence.ts';

/** Letters of any script, digits, and signs that mean nothing to Mermaid, wherever they stand. */
const harmlessSign = /[\p{L}\p{N}\p{M} .,:=+()[\]/_?!*'✗↻→…·–-]/u;

/**
 * Everything else becomes `#number;`. A colon joins it where its words could be taken for the start of a style, whose last
 * semicolon Mermaid cuts away before it reads entities.
 */
const escaped = (text: string): string => {
  const colons = /style|classDef/i.test(text);
  return [...text]
    .map((sign) =>
      harmlessSign.test(sign) && !(colons && sign === ':') ? sign : `#${sign.codePointAt(0) ?? 0};`,
    )
    .join('');
};

const idOf = (host: number): string => `h${host}`;

/** A number before every text: none can be one of Mermaid's words, such as `end` or `wrap:`. */
const messageLine = (message: Message, {language}: Sequence): string => {
  const {packet, from, to, fate, lost, label, again, copy, altered} = message;
  const arrow = fate === 'lost' ? '-x' : fate === 'arrived' ? '->>' : '-)';
  const extras = [
    ...(lost ? [`✗ ${lost.short}`] : []),
    ...(copy ? [sequenceTexts.copy[language]] : []),
    ...(altered ? [sequenceTexts.altered[language]] : []),
  ];
  const more = extras.length === 0 ? '' : ` (${extras.join(', ')})`;
  return `${idOf(from)}${arrow}${idOf(to)}: ${escaped(`${packet} ${again ? '↻ ' : ''}${label}${more}`)}`;
};

const entryLine = (entry: SequenceEntry, sequence: Sequence): string => {
  const {hosts, language} = sequence;
  switch (entry.kind) {
    case 'message':
      return messageLine(entry, sequence);
    case 'state':
      return `Note over ${idOf(entry.host)}: ${escaped(`${formatSeen(entry.atUs, entry.estimated)} ${entry.state}`)}`;
    case 'happening':
      return `Note over ${idOf(entry.host)}: ${escaped(`${formatTime(entry.atUs)} ${entry.text}`)}`;
    case 'gap': {
      const ends = hosts.length > 1 ? `${idOf(0)},${idOf(hosts.length - 1)}` : idOf(0);
      return `Note over ${ends}: ${escaped(passes(formatWhole(entry.toUs - entry.fromUs), language))}`;
    }
  }
};

const participantLine = ({name, address}: Sequence['hosts'][number], index: number): string => {
  const second = address === '' || address === name ? '' : `<br/>${escaped(address)}`;
  return `participant ${idOf(index)} as ${escaped(name === '' ? '?' : name)}${second}`;
};

export function* mermaidLines(sequence: Sequence): Generator<string, void> {
  const {hosts, entries, omitted, language} = sequence;
  yield 'sequenceDiagram';
  for (const [index, host] of hosts.entries()) yield `  ${participantLine(host, index)}`;
  for (const entry of entries) yield `  ${entryLine(entry, sequence)}`;
  if (omitted > 0 && hosts.length > 0)
    yield `  Note over ${idOf(0)}: ${escaped(omittedText(omitted, language))}`;
}
