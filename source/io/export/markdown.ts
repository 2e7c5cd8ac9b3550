// A run as a report in Markdown: conditions, a table of its packets, what is told, and the rules behind it.

import type {BoundBeat} from '../../lesson/bound-beat.ts';
import type {Rule} from '../../lesson/data.ts';
import {formatTime} from '../../present/format.ts';
import {harmless} from '../../present/harmless.ts';
import type {DocumentHead} from '../../present/sequence/head.ts';
import type {Sequence} from '../../present/sequence/sequence.ts';
import {tableHead, tableRows} from '../../present/sequence/table-rows.ts';
import {omittedText, packetsNamed, sequenceTexts} from '../../present/text/sequence.ts';
import {transcriptTexts} from '../../present/text/transcript.ts';
import type {Written} from '../../present/written.ts';
import type {Trace} from '../../sim/trace.ts';

export type ReportInput = {
  readonly trace: Trace;
  readonly sequence: Sequence;
  readonly head: DocumentHead;
  readonly beats: readonly BoundBeat[];
  readonly rule: (id: string) => Rule | undefined;
  /** How to see the same run in the player. */
  readonly playCommand: Written<'shell'>;
};

/** Whatever Markdown, or HTML inside it, could take for more than a letter; cells of tables end at `|`. */
const escaped = (text: string): string =>
  harmless(text)
    .replace(/[\\`*_{}[\]<>|~#&$]/g, '\\$&')
    .replace(/^(\s*)([-+]|\d+[.)])(?=\s)/, '$1\\$2');

const headLines = ({head, sequence}: ReportInput): readonly string[] => {
  const {language, hosts} = sequence;
  const {title, conditions, warning, faults} = head;
  const named = hosts.map(({name, address}) =>
    address === '' || address === name ? name : `${name} ${address}`,
  );
  return [
    `# ${escaped(title)}`,
    '',
    [...conditions, ...named].map(escaped).join(' · '),
    ...(warning === undefined ? [] : ['', `**${escaped(warning)}**`]),
    ...(faults.length > 0
      ? [
          '',
          `${transcriptTexts.faults[language]}${language === 'zh' ? '：' : ': '}${faults.map((fault) => `\`${fault}\``).join(', ')}`,
        ]
      : []),
  ];
};

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const tableLines = (sequence: Sequence): readonly string[] => [
  row(tableHead(sequence)),
  row(['--:', '--:', '---', '---', '---', '---']),
  ...tableRows(sequence).map(({cells}) => row(cells.map(escaped))),
];

/** What is told, in the order in which it happens. */
export const toldBeats = ({beats, sequence: {language}}: ReportInput) =>
  beats
    .flatMap((beat) => (beat.kind === 'narration' && beat.say[language] !== '' ? [beat] : []))
    .toSorted((a, b) => a.event - b.event || a.index - b.index);

const narrationLines = (input: ReportInput): readonly string[] => {
  const {trace, sequence} = input;
  const {language} = sequence;
  const told = toldBeats(input);
  if (told.length === 0) return [];
  return [
    '',
    `## ${sequenceTexts.narration[language]}`,
    '',
    ...told.map(({event, say}, index) => {
      const time = event > 0 ? `**${formatTime(trace.event(event).atUs)}** ` : '';
      return `${index + 1}. ${time}${escaped(say[language]).replaceAll('\n', ' ')}`;
    }),
  ];
};

/** Each rule once, with the packets whose sending it brought about. */
const whyLines = ({trace, sequence, rule: ruleOf}: ReportInput): readonly string[] => {
  const {language, entries} = sequence;
  const sent = new Map<string, number[]>();
  for (const entry of entries) {
    const because = entry.kind === 'message' && !entry.copy ? trace.event(entry.event).because : undefined;
    if (entry.kind !== 'message' || because === undefined) continue;
    sent.set(because, [...(sent.get(because) ?? []), entry.packet]);
  }
  const lines = [...sent].flatMap(([id, packets]) => {
    const rule = ruleOf(id);
    if (rule === undefined) return [];
    const named = packetsNamed(packets, language);
    const clause = `RFC ${rule.rfc}${language === 'zh' ? '，' : ', '}${escaped(rule.step[language])}`;
    const text = escaped(rule.text[language]);
    return [
      language === 'zh' ? `- **${named}**：${text}（${clause}）` : `- **${named}**: ${text} (${clause})`,
    ];
  });
  return lines.length === 0 ? [] : ['', `## ${sequenceTexts.why[language]}`, '', ...lines];
};

export function* markdownLines(input: ReportInput): Generator<string, void> {
  const {language, omitted} = input.sequence;
  yield* headLines(input);
  yield '';
  yield `## ${sequenceTexts.packets[language]}`;
  yield '';
  yield* tableLines(input.sequence);
  if (omitted > 0) yield* ['', omittedText(omitted, language)];
  yield* narrationLines(input);
  yield* whyLines(input);
  yield '';
  yield `${transcriptTexts.play[language]}${language === 'zh' ? '：' : ': '}\`${harmless(input.playCommand).replaceAll('`', '')}\``;
}
