// A window stands on its packet's line where it is zero, stops or starts the other end, or is spoken of (RFC 9293 §3.8.6). The numbers are
// those of the lesson: a buffer of 4000 bytes, an MSS of 1000, and a program that reads 4000 bytes at 2 s and at 3 s.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from 'vitest';
import {segmentOf} from '../../../source/account/packet.ts';
import {bindBeats} from '../../../source/lesson/bind.ts';
import type {BoundBeat} from '../../../source/lesson/bound-beat.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {Language} from '../../../source/lesson/text.ts';
import {announcedWindow} from '../../../source/sim/relative.ts';
import {momentLines} from '../../../source/tell/spoken/moments.ts';
import {labelOf, labelText} from '../../../source/view/ladder/label.ts';
import {isWindowNews, windowsTold} from '../../../source/view/ladder/window-told.ts';
import {listOf} from '../../../source/view/list/scene-list.ts';
import {momentOf} from '../../../source/view/time/pace.ts';
import {rowsOf} from '../../../source/view/transcript-rows.ts';
import {viewOf} from '../../../source/view/view.ts';
import {lessonNamed, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace, traceOfFile} from '../../helpers/captured.ts';
import {root} from '../../helpers/root.ts';
import {narration, prediction} from '../beats.ts';
import {act, canvasOf, type Opened, open, playingAt, started, textOf} from '../player.ts';

const lesson = lessonNamed('sliding-window');

const runNamed = (name: string) => {
  const run = lesson.runs.find((each) => each.name === name) ?? expect.fail(name);
  const trace = traceOf({lesson, run});
  return {trace, beats: bindBeats(lesson, name, trace).beats};
};

const {trace, beats} = runNamed('base');

const labels = (of = trace, told: readonly BoundBeat[] = []): readonly string[] =>
  Array.from({length: of.packetCount}, (_, index) => {
    const options = {relative: false, questions: [], windows: windowsTold(told, of)};
    return `${index + 1} ${labelText(labelOf(of, of.packet(index + 1), options))}`;
  }).filter((label) => label.includes('win='));

describe('what is news by itself', () => {
  test('each zero, and the window that ends it; not the windows of 3000, 2000 and 1000 in between', () => {
    expect(labels()).toEqual([
      '11 ACK seq=9001 ack=5001 win=0',
      '13 ACK seq=9001 ack=5001 win=0',
      '15 ACK seq=9001 ack=5001 win=0',
      '16 ACK seq=9001 ack=5001 win=4000',
      '24 ACK seq=9001 ack=9001 win=0',
      '26 ACK seq=9001 ack=9001 win=0',
      '27 ACK seq=9001 ack=9001 win=4000',
    ]);
  });

  test('as tshark has them, of a server with less room than a segment', () => {
    // tshark’s tcp.window_size of the server that reads slowly; its MSS is 1460, so that 724 is no room for a segment, as 1448 is not.
    const told = capturedTrace('10a-zero-window-probes.pcap');
    const sizes = Array.from({length: told.packetCount}, (_, index) => told.packet(index + 1))
      .filter((packet) => segmentOf(packet)?.srcPort === 9100)
      .map(({id}) => ({size: announcedWindow(told, id)?.bytes, isNews: isWindowNews(told, id)}));
    expect(sizes.slice(0, 9).map(({size}) => size)).toEqual([1448, 724, 0, 0, 0, 724, 0, 724, 724]);
    expect(sizes.slice(0, 9).map(({isNews}) => isNews)).toEqual([
      ...[false, false, true, true, true, true, true, true, false],
    ]);
  });

  test('a window that falls from 2000 bytes to 1 is news though it is not zero: the MSS is 1000', () => {
    // The what-if “The update says window 1” lets one byte through alone, so the last ACK leaves room for one.
    const last = lesson.whatIfs.map(({run}) => labels(traceOf({lesson, run})).at(-1));
    expect(last).toContain('31 ACK seq=9001 ack=11001 win=1');
  });

  test('of a capture without its SYNs the scale is not known', () => {
    const cut = traceOfFile(
      readFileSync(join(root, 'test/fixtures/captures-made/midstream-keep-alive.pcap')),
      'cut',
    );
    const told = narration(0, cut.packet(1).sendEvent, everywhere({en: '', zh: ''}), {
      show: ['tcp.window_size_value'],
    });
    expect(labels(cut, [told])[0]).toMatch(/^1 .* win=\d+×◌/);
  });

  test('in bytes: the window of a SYN is never scaled, later ones are shifted by 7 (RFC 7323 §2.2)', () => {
    const {trace: scaled} = runNamed('scale');
    const fields = [2, 5].map((id) => {
      const {frame} = scaled.packet(id);
      const transport = frame?.payload.kind === 'ip' ? frame.payload.packet.transport : undefined;
      return transport?.kind === 'tcp' ? transport.segment.window : undefined;
    });
    expect(fields).toEqual([65535, 512]);
    expect([2, 5].map((id) => announcedWindow(scaled, id)?.bytes)).toEqual([65535, 512 * 128]);
  });
});

test('a lesson that speaks of a window has it on the line', () => {
  const shown = labels(trace, beats);
  // Packet 8 is told with “window 3000”; 9 and 10 are not told.
  expect(shown).toContain('8 ACK seq=9001 ack=2001 win=3000');
  expect(shown.map((label) => Number(label.split(' ')[0]))).toEqual([2, 8, 11, 13, 15, 16, 24, 26, 27]);
});

test('`show` and the list have it, and it is heard', () => {
  const rows = [...rowsOf(trace, {language: 'en', ascii: false, beats})].map(({action}) => action.join(' '));
  expect(rows).toContain('8 ──▸ client ACK seq=9001 ack=2001 win=3000');
  expect(rows).toContain('4 ──▸ server ACK seq=1001 ack=9001 len=1000');

  const opened = open({trace, beats});
  const listed = listOf(viewOf({...opened, playback: playingAt(opened, 650_000), message: undefined}));
  expect(listed.map(({win}) => win)).toEqual([
    ...[undefined, '4000', undefined, undefined, undefined, undefined, undefined, '3000'],
    ...[undefined, undefined, '0', undefined],
  ]);

  const moment = momentOf(opened.pacing, trace.packet(16).sendEvent);
  const heard = (language: Language) =>
    momentLines({trace, pacing: opened.pacing, language, relative: false, beats}, moment).join(' ');
  expect(heard('en')).toContain('acknowledgment 5001, window 4000');
  expect(heard('zh')).toContain('窗口 4000');
});

describe('which window will packet 11 announce?', () => {
  const choices = [0, 1000].map((value, index) => ({
    ...{id: 'ab'[index] ?? '', text: everywhere({en: `${value}`}), value},
    correct: value === 0,
  }));
  const ask = everywhere({en: 'Which window will this ACK announce?', zh: '这个 ACK 会通告多大的窗口？'});
  const hides = {packet: 11, fields: ['tcp.window_size_value']};
  const question = prediction(0, trace.packet(11).sendEvent, {ask, choices, hides});
  const opened = open({trace, beats: [question]});
  const size = {columns: 120, rows: 40};

  /** The line of the packet with that acknowledgment number, and the cell of the list. */
  const shown = (of: Opened, state: ReturnType<typeof started>) => ({
    line: textOf(canvasOf(of, state, size)).find((row) => row.includes('ack=5001')),
    listed: listOf(viewOf({...of, playback: state, message: undefined})).find(({id}) => id === 11)?.win,
  });

  test('it is hidden before the answer, and shown after it', () => {
    const asked = act(opened, started({playing: true}), {kind: 'tick', ms: 60_000});
    expect(asked.gate?.beat).toBe(0);
    expect(shown(opened, asked).line).toContain('win=▐ ? ▌');
    const answered = act(opened, asked, {kind: 'answer', choice: 'a'});
    const after = playingAt(opened, 260_000, {playing: false, answers: answered.answers});
    expect(shown(opened, after).line).toContain('win=0');
    expect(shown(opened, after).listed).toBe('0');
  });

  test('a packet whose window is no news gets it by the question alone', () => {
    const other = {...question, event: trace.packet(9).sendEvent, hides: {...hides, packet: 9}};
    expect(labels(trace, [other])).toContain('9 ACK seq=9001 ack=3001 win=2000');
    const label = labelOf(trace, trace.packet(9), {relative: false, questions: [other]});
    expect(label.find(({kind}) => kind === 'win')).toMatchObject({value: '2000', hidden: true});
  });
});
