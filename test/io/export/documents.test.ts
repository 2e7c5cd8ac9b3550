// Documents of every run, of captures and of a hostile capture: Mermaid's own parser reads the diagrams, pictures are well-formed XML,
// tables have as many cells in each row; every packet is in each of them.

import mermaid from 'mermaid';
import {expect, test} from 'vitest';
import {ladderSvg} from '../../../source/io/export/ladder-svg.ts';
import {markdownLines} from '../../../source/io/export/markdown.ts';
import {mermaidLines} from '../../../source/io/export/mermaid.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {pictureOf} from '../../../source/tell/sequence/geometry.ts';
import {headOf} from '../../../source/tell/sequence/head.ts';
import type {Sequence} from '../../../source/tell/sequence/sequence.ts';
import {omittedText} from '../../../source/words/catalogue/sequence.ts';
import {shell} from '../../../source/words/written.ts';
import {allRuns, type LessonRun, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {hostileTrace} from '../../helpers/hostile.ts';
import {few, some} from '../../helpers/seeds.ts';
import {sequenceFor} from '../../helpers/sequences.ts';
import {xmlFault} from '../../helpers/xml.ts';

const headFor = (trace: Trace, sequence: Sequence) => {
  const {source} = trace.header;
  return headOf({trace, title: everywhere({en: source, zh: source}), runName: undefined, sequence});
};

const svgOf = (trace: Trace, sequence: Sequence): string =>
  ladderSvg(sequence, pictureOf(sequence), {head: headFor(trace, sequence), css: '.a{b:c}'});

const markdownOf = (trace: Trace, sequence: Sequence): readonly string[] => [
  ...markdownLines({
    trace,
    sequence,
    head: headFor(trace, sequence),
    beats: [],
    rule: () => undefined,
    playCommand: shell`packet-tutor play ${shell.text(trace.header.source)}`,
  }),
];

const packetsIn = ({entries}: Sequence): readonly number[] =>
  entries.flatMap((entry) => (entry.kind === 'message' ? [entry.packet] : []));

/** Mermaid keeps an entity as `ﬂ°°35¶ß` until it draws. */
const decoded = (text: string): string =>
  text.replace(/ﬂ°°(\d+)¶ß/g, (_, code) => String.fromCodePoint(Number(code)));

type MermaidDb = {getMessages(): readonly {readonly type: number; readonly message: unknown}[]};

const typeOfNotes = 2;

/** What Mermaid has understood: the texts of messages. */
const messagesIn = async (sequence: Sequence): Promise<readonly string[]> => {
  const text = [...mermaidLines(sequence)].join('\n');
  await mermaid.parse(text);
  const {db} = (await mermaid.mermaidAPI.getDiagramFromText(text)) as unknown as {db: MermaidDb};
  return db
    .getMessages()
    .flatMap(({type, message}) => (type === typeOfNotes ? [] : [decoded(String(message))]));
};

/** Cells end at bars that nothing escapes. */
const cellsIn = (row: string): number => row.replace(/\\./g, '').split('|').length - 2;

const judge = async (trace: Trace, sequence: Sequence): Promise<void> => {
  const packets = packetsIn(sequence);
  const messages = await messagesIn(sequence);
  expect(messages.map((text) => Number.parseInt(text, 10))).toEqual(packets);
  const svg = svgOf(trace, sequence);
  expect(xmlFault(svg)).toBe(undefined);
  const drawn = [...svg.matchAll(/data-packet="(\d+)"/g)].map(([, id]) => Number(id));
  expect(drawn.toSorted((a, b) => a - b)).toEqual(packets.toSorted((a, b) => a - b));
  const rows = markdownOf(trace, sequence).filter((line) => line.startsWith('|'));
  expect(new Set(rows.map(cellsIn))).toEqual(new Set([6]));
  expect(rows.filter((row) => /^\| \d/.test(row))).toHaveLength(packets.length);
};

const runs = allRuns();

const judgeRun = async (run: LessonRun, language: Language): Promise<void> => {
  const trace = traceOf(run);
  if (trace.packetCount > 0) await judge(trace, sequenceFor(trace, language, {most: 24}));
};

test('every run of every lesson, in one language or the other', async () => {
  for (const [index, run] of some(few(runs, 60), 2).entries())
    await judgeRun(run, index % 2 === 0 ? 'en' : 'zh');
});

test.each(['13a-dns-full-walk.pcap', '09e-everything-twice.pcap', '06e-firewall-reject-icmp.pcap'])(
  'capture %s',
  async (name) => {
    const trace = capturedTrace(name);
    await judge(trace, sequenceFor(trace));
  },
);

test('states of a capture are deduced, and every document says so', () => {
  const trace = capturedTrace('01a-client-close-idle.pcap');
  const sequence = sequenceFor(trace);
  const states = sequence.entries.flatMap((entry) => (entry.kind === 'state' ? [entry.state] : []));
  // RFC 9293 figures 6 and 12: an opening, and a close by the client.
  expect(new Set(states)).toEqual(
    new Set(
      [
        ...['SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED', 'FIN-WAIT-1', 'CLOSE-WAIT', 'FIN-WAIT-2'],
        ...['LAST-ACK', 'TIME-WAIT', 'CLOSED'],
      ].map((state) => `◌${state}`),
    ),
  );
  expect(svgOf(trace, sequence)).toContain('states deduced');
  expect(markdownOf(trace, sequence).join('\n')).toContain('states deduced');
});

test('times that nobody saw are marked in every document, and where the capture was taken is told', async () => {
  const trace = capturedTrace('00a-handshake-only.pcap');
  const sequence = sequenceFor(trace);
  const svg = svgOf(trace, sequence);
  const markdown = markdownOf(trace, sequence).join('\n');
  // Its round trip takes 50.2 ms, 50 of them by netem: what leaves at 175 µs arrives 25 ms later.
  for (const document of [svg, markdown]) {
    expect(document).toContain('≈25 ms');
    expect(document).toContain('captured on 10.77.141.2');
  }
  expect(markdown).toMatch(/\| 3 \| 175 µs \|/);
  expect(markdown).toMatch(/\| 5 \| 50\.4 ms \|/);
});

test('hostile texts stay texts: nothing of a label is lost, nothing becomes an order', async () => {
  const trace = hostileTrace();
  const sequence = sequenceFor(trace);
  await judge(trace, sequence);
  const labels = sequence.entries.flatMap((entry) =>
    entry.kind === 'message' ? [`${entry.packet} ${entry.label}`] : [],
  );
  expect(labels.some((label) => label.includes('<script>'))).toBe(true);
  expect(await messagesIn(sequence)).toEqual(labels);
});

test('what is cut off is said in all of them', () => {
  const run = runs.find(({name}) => name.startsWith('congestion'));
  if (!run) throw new Error('the lesson is there');
  const trace = traceOf(run);
  const sequence = sequenceFor(trace, 'en', {most: 10});
  const said = omittedText.en({packets: trace.packetCount - 10});
  expect([...mermaidLines(sequence)].at(-1)).toContain(said);
  expect(svgOf(trace, sequence)).toContain(said);
  expect(markdownOf(trace, sequence)).toContain(said);
});

test('a burst is one line of a picture, and all packets are in one or the other', () => {
  const run = runs.find(({name}) => name.startsWith('congestion'));
  if (!run) throw new Error('the lesson is there');
  const {entries} = sequenceFor(traceOf(run), 'en', {most: 100, foldsFrom: 60});
  const messages = entries.filter((entry) => entry.kind === 'message');
  const ids = messages.flatMap(({packet, count}) =>
    Array.from({length: count}, (_, index) => packet + index),
  );
  expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({length: 100}, (_, index) => index + 1));
  expect(messages.length).toBeLessThan(60);
});
