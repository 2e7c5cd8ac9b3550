// Caches, and the tree of names, in sentences.

import {cacheWords} from '../../words/cache.ts';
import {cacheTexts, treeTexts} from '../../words/catalogue/cache.ts';
import {ended} from '../../words/spoken.ts';
import {cacheScenes} from '../dns/cache.ts';
import {treeLines} from '../dns/tree.ts';
import type {View} from '../view.ts';
import {sentence, spokenText} from './spoken-text.ts';

export const spokenCaches = (view: View): readonly string[] => {
  const {language} = view;
  const words = cacheWords[language];
  const scenes = cacheScenes(view);
  if (scenes.length === 0) return [cacheTexts.none[language]];
  return scenes.flatMap(({heading, lines}) =>
    [
      lines.length === 0 ? words.empty(heading) : heading,
      ...lines.map(({name, type, data, ttl}) => {
        const what = `${name} ${type}`.trim();
        if (data === '?' && ttl === '') return words.waits(what);
        // No time left, or one that a question asks for.
        return /^\d+$/.test(ttl) ? words.holds(what, data, Number(ttl)) : `${what}: ${data}`;
      }),
    ].map((line) => ended(sentence(spokenText(line, language), language), language)),
  );
};

export const spokenTree = (view: View): readonly string[] => {
  const {language} = view;
  const lines = treeLines(view);
  if (lines.length === 0) return [treeTexts.none[language]];
  return lines.map(({label, data}) =>
    ended(sentence(spokenText(data === '' ? label : `${label}: ${data}`, language), language), language),
  );
};
