// Bytes over time and windows over time, for the direction that carries the data.

import {hasFlow} from '../../account/flow.ts';
import {graphTexts, graphWords} from '../../words/catalogue/graph.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {sentences} from '../../words/catalogue/spoken.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {spokenText, spokenTime} from '../../words/spoken-text.ts';
import {type GraphKind, putGraphs} from '../graph/graph.ts';
import {type GraphScene, graphScene} from '../graph/graph-scene.ts';
import {tableRows} from '../graph/graph-table.ts';
import {definePanel, upDownKeys, wayOf} from '../panel.ts';
import type {View} from '../view.ts';

const line = (text: string, view: View): string => spokenSentence(text, view.language);

const spokenMarks = 6;

const nowLine = ({samples, flow, mss, number, sender}: GraphScene, view: View): readonly string[] => {
  const last = samples.at(-1);
  if (!last) return [];
  const count = (bytes: number): string => number(bytes / flow.mss);
  const comma = punctuation.comma[view.language];
  return [
    line(
      [
        ...(last.cwnd === undefined ? [sender] : [`${sender} cwnd ${count(last.cwnd)}`]),
        ...(last.ssthresh === undefined ? [] : [`ssthresh ${count(last.ssthresh)}`]),
        `${graphTexts.inFlight[view.language]} ${count(last.flight)}`,
        ...(last.wnd === undefined ? [] : [`snd.wnd ${count(last.wnd)}`]),
        graphWords.unit[view.language]({mss}),
      ].join(comma),
      view,
    ),
  ];
};

/** Where the sender stands now, and what stood out so far. */
export const spokenGraph = (view: View): readonly string[] => {
  const scene = graphScene(view);
  if (!scene || scene.sents.length === 0) return [line(graphTexts.nothing[view.language], view)];
  const rows = tableRows(scene, view).slice(-spokenMarks);
  return [
    ...nowLine(scene, view),
    ...rows.map(({atUs, what}) =>
      line(
        sentences.at[view.language]({
          time: spokenTime(atUs, view.language),
          what: spokenText(what, view.language),
        }),
        view,
      ),
    ),
  ];
};

/** Which one stands where there is room for one; undefined: nobody has chosen. */
type Own = GraphKind | undefined;

const isNamed = (view: View, ...values: readonly string[]): boolean =>
  view.input.beats.some(({show}) => show.some((value) => values.some((each) => value.endsWith(each))));

/** A lesson that names the ends of the window tells of bytes, one that names cwnd alone of windows. */
const kindOf = (view: View, own: Own): GraphKind =>
  own ?? (isNamed(view, 'cwnd', 'ssthresh') && !isNamed(view, 'snd.nxt', 'snd.una') ? 'windows' : 'sequence');

/** The packet of the mark before or after the selected one; the last one, or none, without a choice. */
const markFrom = (view: View, by: 1 | -1): number | undefined => {
  const marks = (graphScene(view)?.marks ?? []).filter(({packet}) => packet > 0);
  const packets = [...new Set(marks.map(({packet}) => packet))].sort((a, b) => a - b);
  const {packet: chosen} = view.input.playback.selection;
  if (chosen === undefined) return by < 0 ? packets.at(-1) : undefined;
  return by < 0 ? packets.findLast((each) => each < chosen) : packets.find((each) => each > chosen);
};

/** Where two are seen at once each step shows the other two. */
const following = {
  ...{sequence: 'throughput', throughput: 'windows'},
  ...{windows: 'rtt', rtt: 'sequence'},
} as const satisfies {readonly [kind in GraphKind]: GraphKind};

export const graphPanel = definePanel<Own>({
  name: 'graph',
  title: graphTexts.title,
  start: undefined,
  keys: [upDownKeys(graphTexts.marks), {keys: {V: 'other'}, sign: 'V', label: graphTexts.other, rank: 6}],
  command(view, own, command) {
    if (command === 'other') return {own: following[kindOf(view, own)]};
    const packet = markFrom(view, wayOf(command));
    return packet === undefined ? undefined : {selection: {packet}};
  },
  shows: /^(\w+\.)?(cwnd|ssthresh|flightSize)$/,
  isAvailable: ({input}) => hasFlow(input.trace),
  least: {columns: 30, rows: 8},
  best: {columns: 112, rows: 24},
  places: ['side'],
  covers: 'picture',
  spoken: spokenGraph,
  put: (pane, view, own) => putGraphs(pane, view, kindOf(view, own)),
});
