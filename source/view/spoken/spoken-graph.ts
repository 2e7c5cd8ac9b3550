// The graph in sentences: where the sender stands now, and what stood out so far.

import {graphTexts, graphWords} from '../../words/catalogue/graph.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {sentences} from '../../words/catalogue/spoken.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {spokenText, spokenTime} from '../../words/spoken-text.ts';
import {type GraphScene, graphScene} from '../graph/graph-scene.ts';
import {tableRows} from '../graph/graph-table.ts';
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
