// What resolvers know: records, their time to live, and where each came from.

import {cacheTexts} from '../../words/catalogue/cache.ts';
import {cacheScenes, hasCaches} from '../dns/cache.ts';
import {putCaches} from '../dns/cache-table.ts';
import {definePanel, upDownKeys, wayOf} from '../panel.ts';
import {type RowOwn, rowMoved, rowSubject, subjectsIn} from '../row-cursor.ts';
import {spokenCaches} from '../spoken/spoken-cache.ts';
import type {Subject} from '../subject.ts';
import type {View} from '../view.ts';

/** `local.cache("y.abc.com", A).ttl`, and the fields of records. */
const value = /^(\w+\.)?(cache|hosts)\b|^dns\.resp\.ttl$/;

const subjectsOf = (view: View): readonly Subject[] => subjectsIn(cacheScenes(view));

export const cachePanel = definePanel<RowOwn>({
  name: 'cache',
  title: cacheTexts.title,
  start: undefined,
  keys: [upDownKeys(cacheTexts.keys)],
  command: (view, own, command) => rowMoved(subjectsOf(view), own, wayOf(command)),
  subject: (view, own) => rowSubject(subjectsOf(view), own),
  shows: value,
  isAvailable: hasCaches,
  leads: hasCaches,
  least: {columns: 34, rows: 3},
  best: {columns: 96, rows: 12},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenCaches,
  put(pane, view, own) {
    const scenes = cacheScenes(view);
    putCaches(pane, scenes, rowSubject(subjectsIn(scenes), own));
  },
});
