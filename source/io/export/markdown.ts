// Writes a run as a report in Markdown: its conditions, a table of its packets, the narration, and the rules behind it.

import {citation} from '../../account/citation.ts';
import {entryAt} from '../../account/entries.ts';
import type {BoundBeat} from '../../lesson/bound-beat.ts';
import type {Rule} from '../../lesson/rule.ts';
import type {Language, Text} from '../../lesson/text.ts';
import type {Trace, TraceEvent} from '../../sim/trace.ts';
import type {DocumentHead} from '../../tell/sequence/head.ts';
import type {Sequence} from '../../tell/sequence/sequence.ts';
import {tableHead, tableRows} from '../../tell/sequence/table-rows.ts';
import {grouped} from '../../wire/grouped.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {omittedText, packetsSent, sequenceTexts} from '../../words/catalogue/sequence.ts';
import {transcriptTexts} from '../../words/catalogue/transcript.ts';
import {formatTime} from '../../words/format.ts';
import {markdown, markdownCode, type Written} from '../../words/written.ts';

export type ReportInput = {
  readonly trace: Trace;
  readonly sequence: Sequence;
  readonly head: DocumentHead;
  readonly beats: readonly BoundBeat[];
  /** Returns the rule of a protocol that explains an event, with the sentences for its case; undefined if there is none. */
  readonly rule: (event: TraceEvent) => Rule | undefined;
  /** The command that shows the same run in the player. */
  readonly playCommand: Written<'shell'>;
};

type Line = Written<'markdown'>;

const none = markdown``;

/** Returns the text with a colon after it, as the language writes colons. */
const label = (text: Text, language: Language): Line =>
  markdown.text(`${text[language]}${punctuation.colon[language]}`);

export const hostWords = ({name, address}: ReportInput['sequence']['hosts'][number]): string =>
  address === '' || address === name ? name : `${name} ${address}`;

const headLines = ({head, sequence}: ReportInput): readonly Line[] => {
  const {language, hosts} = sequence;
  const {title, conditions, warning, faults} = head;
  const named = hosts.map(hostWords);
  return [
    markdown`# ${markdown.text(title)}`,
    none,
    markdown.join([...conditions, ...named].map(markdown.text), markdown` · `),
    ...(warning === undefined ? [] : [none, markdown`**${markdown.text(warning)}**`]),
    ...(faults.length > 0
      ? [
          none,
          markdown`${label(transcriptTexts.faults, language)}${markdown.join(faults.map(markdownCode), markdown`, `)}`,
        ]
      : []),
  ];
};

const row = (cells: readonly Line[]): Line => markdown`| ${markdown.join(cells, markdown` | `)} |`;

const tableLines = (sequence: Sequence): readonly Line[] => [
  row([markdown`#`, ...tableHead(sequence).slice(1).map(markdown.text)]),
  markdown`| --: | --: | --- | --- | --- | --- |`,
  ...tableRows(sequence).map(({cells}) => row(cells.map(markdown.text))),
];

/** Returns the lesson's narrations that have a text in this language, in the order of the events to which they belong. */
export const toldBeats = ({beats, sequence: {language}}: ReportInput) =>
  beats
    .flatMap((beat) => (beat.kind === 'narration' && beat.say[language] !== '' ? [beat] : []))
    .toSorted((a, b) => a.event - b.event || a.index - b.index);

const narrationLines = (input: ReportInput): readonly Line[] => {
  const {trace, sequence} = input;
  const {language} = sequence;
  const told = toldBeats(input);
  if (told.length === 0) return [];
  return [
    none,
    markdown`## ${markdown.text(sequenceTexts.narration[language])}`,
    none,
    ...told.map(({event, say}, index) => {
      const time = event > 0 ? markdown`**${markdown.text(formatTime(entryAt(trace, event).atUs))}** ` : none;
      return markdown`${index + 1}. ${time}${markdown.text(say[language])}`;
    }),
  ];
};

/** Returns the report's lines about reasons: each reason once, with the packets that were sent for it. */
const whyLines = ({trace, sequence, rule: ruleOf}: ReportInput): readonly Line[] => {
  const {language, entries} = sequence;
  const messages = entries.flatMap((entry) => (entry.kind === 'message' && !entry.copy ? [entry] : []));
  const ruled = messages.flatMap(({event: n, packet}) => {
    const rule = ruleOf(entryAt(trace, n));
    return rule ? [{packet, rule}] : [];
  });
  const lines = grouped(ruled, ({rule}) => `${rule.id} ${rule.text[language]}`).map((all) => {
    const [{rule}] = all;
    const packets = all.map(({packet}) => packet);
    const named = markdown.text(
      packetsSent[language]({
        count: packets.length,
        before: packets.slice(0, -1),
        last: packets.at(-1) ?? '',
      }),
    );
    const sign = (name: keyof typeof punctuation) => markdown.text(punctuation[name][language]);
    const clause = markdown`${markdown.text(citation(rule.rfc))}${sign('comma')}${markdown.text(rule.step[language])}`;
    const text = markdown.text(rule.text[language]);
    return markdown`- **${named}**${sign('colon')}${text}${sign('open')}${clause}${sign('close')}`;
  });
  return lines.length === 0
    ? []
    : [none, markdown`## ${markdown.text(sequenceTexts.why[language])}`, none, ...lines];
};

export function* markdownLines(input: ReportInput): Generator<Line, void> {
  const {language, omitted} = input.sequence;
  yield* headLines(input);
  yield none;
  yield markdown`## ${markdown.text(sequenceTexts.packets[language])}`;
  yield none;
  yield* tableLines(input.sequence);
  if (omitted > 0) yield* [none, markdown.text(omittedText[language]({packets: omitted}))];
  yield* narrationLines(input);
  yield* whyLines(input);
  yield none;
  yield markdown`${label(transcriptTexts.play, language)}${markdownCode(input.playCommand)}`;
}
