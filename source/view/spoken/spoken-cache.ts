// Describes DNS caches and the tree of domain names in sentences for a screen reader.

import {cacheTexts, cacheWords, treeTexts} from '../../words/catalogue/cache.ts';
import {selectedLine} from '../../words/catalogue/why.ts';
import {spokenSentence} from '../../words/spoken.ts';
import {type CacheLine, cacheScenes} from '../dns/cache.ts';
import {treeLines} from '../dns/tree.ts';
import {type RowOwn, rowSubject, subjectsIn} from '../row-cursor.ts';
import type {View} from '../view.ts';

export const spokenCaches = (view: View, own: RowOwn): readonly string[] => {
  const {language} = view;
  const scenes = cacheScenes(view);
  if (scenes.length === 0) return [cacheTexts.none[language]];
  const selected = rowSubject(subjectsIn(scenes), own);
  const said = ({name, type, data, ttl}: CacheLine): string => {
    const what = `${name} ${type}`.trim();
    if (data === '?' && ttl === '') return cacheWords.waits[language]({what});
    // A TTL without digits has run out, or an open question asks for it.
    return /^\d+$/.test(ttl)
      ? cacheWords.holds[language]({what, data, ttl: Number(ttl)})
      : `${what}: ${data}`;
  };
  return scenes.flatMap(({heading, lines}) =>
    [
      lines.length === 0 ? cacheWords.empty[language]({heading}) : heading,
      ...lines.map((each) => {
        const line = said(each);
        return each.subject === selected ? selectedLine[language]({line}) : line;
      }),
    ].map((line) => spokenSentence(line, language)),
  );
};

export const spokenTree = (view: View): readonly string[] => {
  const {language} = view;
  const lines = treeLines(view);
  if (lines.length === 0) return [treeTexts.none[language]];
  return lines.map(({label, data}) => spokenSentence(data === '' ? label : `${label}: ${data}`, language));
};
