// Describes the TCP windows and the listener's queues in sentences for a screen reader.

import {punctuation} from '../../words/catalogue/punctuation.ts';
import {spokenWords} from '../../words/catalogue/spoken-words.ts';
import {queueTexts, queueWords, windowTexts} from '../../words/catalogue/windows.ts';
import {spokenSentence} from '../../words/spoken.ts';
import type {View} from '../view.ts';
import {queueScene} from '../windows/queues.ts';
import {windowScene} from '../windows/sequence-bars.ts';

const line = (text: string, {language}: View): string => spokenSentence(text, language);

export const spokenWindows = (view: View): readonly string[] => {
  const {language} = view;
  const scene = windowScene(view);
  if (!scene || scene.bars.length === 0) return [line(windowTexts.nothing[language], view)];
  const comma = punctuation.comma[language];
  const blank = spokenWords.blank[language];
  const bars = scene.bars.map(({heading, items}) => {
    const values = items.map(({name, value}) => `${name} ${value === '?' ? blank : value}`);
    return line([heading, ...values].join(comma), view);
  });
  return scene.zero === undefined ? bars : [...bars, line(scene.zero, view)];
};

export const spokenQueues = (view: View): readonly string[] => {
  const {language} = view;
  const scene = queueScene(view);
  if (!scene) return [line(queueTexts.none[language], view)];
  return [
    line(scene.heading, view),
    ...scene.queues.flatMap(({name, held, limit, hidden}) =>
      hidden ? [] : [line(queueWords.holds[language]({queue: name, held, limit}), view)],
    ),
    ...scene.told.map(({text}) => line(text, view)),
  ];
};
