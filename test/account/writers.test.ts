// Whoever tells what became of a packet has it from the account: where that is said wrong of one packet, each writer is wrong of it.

import {describe, expect, test} from 'vitest';
import {traceLines} from '../../source/account/trace-json.ts';
import {captureFile} from '../../source/io/export/capture-file.ts';
import {ladderSvg} from '../../source/io/export/ladder-svg.ts';
import {markdownLines} from '../../source/io/export/markdown.ts';
import {mermaidLines} from '../../source/io/export/mermaid.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import type {PacketRecord, Trace} from '../../source/sim/trace.ts';
import {pictureOf} from '../../source/tell/sequence/geometry.ts';
import {headOf} from '../../source/tell/sequence/head.ts';
import {pageData} from '../../source/tell/sequence/page-data.ts';
import {packetView} from '../../source/view/bytes/inspector-view.ts';
import {ladderItems} from '../../source/view/ladder/scene-ladder.ts';
import {listOf} from '../../source/view/list/scene-list.ts';
import {rowsOf} from '../../source/view/transcript-rows.ts';
import {viewOf} from '../../source/view/view.ts';
import {whyOf} from '../../source/view/why/scene-why.ts';
import {shell} from '../../source/words/written.ts';
import {capturedTrace} from '../helpers/captured.ts';
import {sequenceFor} from '../helpers/sequences.ts';
import {about, questionsOf} from '../quiz/asked-runs.ts';
import {open, playingAt} from '../view/player.ts';
import {toldOtherwise} from './told-otherwise.ts';

const atEnd = (trace: Trace) => {
  const player = open({trace});
  return viewOf({...player, playback: playingAt(player, trace.durationUs), message: undefined});
};

const endOf = ({endEvent}: PacketRecord): number => endEvent ?? 0;

const headFor = (trace: Trace) =>
  headOf({trace, title: everywhere({en: '', zh: ''}), runName: undefined, sequence: sequenceFor(trace)});

/** Does it say that packet `id` was lost? */
const writers: {readonly [name: string]: (trace: Trace, id: number) => boolean} = {
  ladder: (trace, id) =>
    ladderItems(atEnd(trace)).items.some(
      (item) => item.kind === 'packet' && item.id === id && item.status === 'lost',
    ),
  list: (trace, id) => listOf(atEnd(trace)).some((row) => row.id === id && row.fate === 'lost'),
  bytes: (trace, id) =>
    packetView(trace, id, {language: 'en', cursor: trace.length, hides: []}).fate.endsWith('lost'),
  transcript: (trace, id) =>
    [...rowsOf(trace, {language: 'en', ascii: false})].some(({action}) => action[0]?.startsWith(`${id} ✗`)),
  'show --json': (trace, id) =>
    [...traceLines(trace, {title: '', notes: []})].some(
      (line) => line['kind'] === 'drop' && line['packet'] === id,
    ),
  why: (trace, id) => /lost/.test(whyOf(atEnd(trace), endOf(trace.packet(id))).heading),
  mermaid: (trace, id) =>
    [...mermaidLines(sequenceFor(trace))].some((line) => line.includes(`-x`) && line.includes(`: ${id} `)),
  markdown: (trace, id) =>
    [
      ...markdownLines({
        ...{trace, sequence: sequenceFor(trace), head: headFor(trace), beats: []},
        ...{rule: () => undefined, playCommand: shell`packet-tutor`},
      }),
    ].some((line) => line.startsWith(`| ${id} |`) && line.includes('✗')),
  svg: (trace, id) => {
    const sequence = sequenceFor(trace);
    const svg = ladderSvg(sequence, pictureOf(sequence), {head: headFor(trace), css: ''});
    const [, own = ''] = svg.split(`data-packet="${id}"`);
    return (own.split('</g>')[0] ?? '').includes('✗');
  },
  page: (trace, id) =>
    JSON.stringify(
      pageData({trace, pacing: open({trace}).pacing, beats: [], rule: () => undefined, relative: false})
        .texts,
    )
      .toLowerCase()
      .includes(`packet ${id} is `),
  pcapng: (trace) => {
    const file = captureFile({trace, format: 'pcapng', at: undefined, language: 'en', application: ''});
    return Buffer.concat([...(file ?? [])]).includes('lost on the way');
  },
};

/** One segment of data is lost, and repeated. */
const asked = about('data-transfer').fork({kind: 'drop', at: {packet: 4}}, () => false);
const simulated = asked.trace;

test('there is one loss to be told', () => {
  const packets = Array.from({length: simulated.packetCount}, (_, index) => simulated.packet(index + 1));
  const lost = packets.filter((packet) => simulated.event(endOf(packet) || 1).kind === 'drop');
  expect(lost.map(({id}) => id)).toEqual([4]);
});

describe.each(Object.entries(writers))('%s', (_, saysLost) => {
  test('of a run says what the account says', () => {
    expect(saysLost(simulated, 4)).toBe(true);
    expect(saysLost(toldOtherwise(simulated, 4), 4)).toBe(false);
  });

  test('of a capture, too', () => {
    // Its only loss: the first SYN.
    const captured = capturedTrace('08c-lost-syn.pcap');
    expect(saysLost(captured, 4)).toBe(true);
    const deduced = {what: 'delivered', how: 'proved', shownBy: [5]} as const;
    expect(saysLost(toldOtherwise(captured, 4, deduced), 4)).toBe(false);
  });
});

test('a question that asks for the lost packet', () => {
  // An acknowledgment: what it acknowledged is sent again, so that each of the two could be the lost one.
  const without = about('data-transfer').fork({kind: 'drop', at: {packet: 9}}, () => false);
  const answers = (trace: Trace) =>
    questionsOf({...without, trace}, 'which-packet-lost').map(({answer}) => answer);
  expect(answers(without.trace)).toEqual([9]);
  expect(answers(toldOtherwise(without.trace, 9))).toEqual([]);
});
