// What resolvers know: records, their time to live, and where each came from.

import {cacheTexts} from '../../words/catalogue/cache.ts';
import {cacheScenes, hasCaches} from '../dns/cache.ts';
import {putCaches} from '../dns/cache-table.ts';
import {definePanel} from '../panel.ts';
import {spokenCaches} from '../spoken/spoken-cache.ts';

/** `local.cache("y.abc.com", A).ttl`, and the fields of records. */
const value = /^(\w+\.)?(cache|hosts)\b|^dns\.resp\.ttl$/;

export const cachePanel = definePanel({
  name: 'cache',
  title: cacheTexts.title,
  shows: (name) => value.test(name),
  isAvailable: hasCaches,
  leads: hasCaches,
  least: {columns: 34, rows: 3},
  best: {columns: 96, rows: 12},
  places: ['lower', 'side'],
  covers: 'picture',
  spoken: spokenCaches,
  put: (pane, view) => putCaches(pane, cacheScenes(view)),
});
