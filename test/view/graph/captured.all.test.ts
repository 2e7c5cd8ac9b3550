// Graphs of captures: what passes of sequence numbers, flight and window; nothing that the sender keeps to itself. Oracle of the flight:
// the simulator's own, of a run that its sender has captured.
import {expect, test} from 'vitest';
import {type Flow, flowOf, hasFlow} from '../../../source/account/flow.ts';
import {captureFile} from '../../../source/io/export/capture-file.ts';
import {spokenGraph} from '../../../source/view/panels/graph.ts';
import type {PlaybackState} from '../../../source/view/time/playback-state.ts';
import {viewOf} from '../../../source/view/view.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace, traceOfFile} from '../../helpers/captured.ts';
import {act, canvasOf, open, started, textOf} from '../player.ts';

const carriesData = [
  '08a-fast-retransmit-sack.pcap',
  '08k-loss-seen-at-receiver.pcap',
  '10a-zero-window-probes.pcap',
  '14k-http-large-download.pcap',
  '18a-mixed-twelve.pcap',
  '18l-offload-giant-segments.pcap',
  '18o-starts-in-the-middle.pcapng',
];

const atEnd = (name: string, change: Partial<PlaybackState>) => {
  const opened = open({trace: capturedTrace(name)});
  const state = {...act(opened, started(), {kind: 'toEnd'}), focus: 'graph', ...change};
  return {opened, state, view: viewOf({...opened, playback: state, message: undefined})};
};

test.each(carriesData)('%s: both graphs at several sizes, without what nobody has seen', (name) => {
  for (const kind of ['sequence', 'windows', 'throughput', 'rtt'])
    for (const language of ['en', 'zh'] as const) {
      const {opened, state} = atEnd(name, {own: {graph: kind}, language});
      for (const [columns, rows] of [
        [60, 15],
        [80, 24],
        [120, 40],
        [200, 60],
      ] as const) {
        const canvas = canvasOf(opened, state, {columns, rows});
        const text = textOf(canvas).join('\n');
        if (canvas.collisions > 0) expect.fail(text);
        expect(text.replace(/◌ cwnd.*|cwnd、.*/g, '')).not.toMatch(/cwnd \d|slow start|慢启动|ssthresh \d/);
      }
    }
});

test('a closed window and one of unknown scale are told as such', () => {
  const shown = (name: string) => {
    const {opened, state} = atEnd(name, {own: {graph: 'windows'}});
    return textOf(canvasOf(opened, state, {columns: 120, rows: 40})).join('\n');
  };
  expect(shown('10a-zero-window-probes.pcap')).toMatch(/window closed/);
  expect(shown('18o-starts-in-the-middle.pcapng')).toMatch(/ {2}◌ {3}2 segments/);
  expect(shown('18o-starts-in-the-middle.pcapng')).not.toMatch(/window closed/);
});

test('heard: in flight and the window told, no cwnd', () => {
  const [line] = spokenGraph(atEnd('08a-fast-retransmit-sack.pcap', {}).view);
  expect(line).toMatch(/^10\.77\.34\.80, in flight 0, snd\.wnd [\d.]+, in segments of 1448 bytes\.$/);
});

test('where nobody speaks TCP, or no data pass, there is no graph', () => {
  expect(hasFlow(capturedTrace('13a-dns-full-walk.pcap'))).toBe(false);
  expect(hasFlow(capturedTrace('01a-client-close-idle.pcap'))).toBe(false);
});

const mostInFlight = (flow: Flow | undefined): number =>
  Math.max(...(flow?.samples ?? []).map(({flight}) => flight));

test.each(['data-transfer', 'sliding-window', 'congestion'])(
  '%s: as much in flight as its sender had',
  (id) => {
    const run = allRuns().find(({lesson}) => lesson.id === id);
    if (!run) throw new Error(`no lesson ${id}`);
    const trace = traceOf(run);
    const truth = flowOf(trace, 1);
    const wanted = {trace, format: 'pcapng', at: truth?.sender, language: 'en', application: 'test'} as const;
    const seen = traceOfFile(Buffer.concat([...(captureFile(wanted) ?? [])]), 'again');
    const told = flowOf(seen, seen.packetCount);
    expect(mostInFlight(told)).toBe(mostInFlight(truth));
    expect(told?.mss).toBe(truth?.mss);
    expect(told?.samples.every(({cwnd, ssthresh}) => cwnd === undefined && ssthresh === undefined)).toBe(
      true,
    );
  },
);
