// The tree of names, and the way that was walked in it.

import {treeTexts} from '../../words/catalogue/cache.ts';
import {hasCaches} from '../dns/cache.ts';
import {treeLines} from '../dns/tree.ts';
import {putTree} from '../dns/tree-drawing.ts';
import {definePanel} from '../panel.ts';
import {spokenTree} from '../spoken/spoken-cache.ts';

export const treePanel = definePanel({
  name: 'tree',
  title: treeTexts.title,
  shows: /^dns\.(qry\.name|ns)$/,
  isAvailable: hasCaches,
  least: {columns: 34, rows: 4},
  best: {columns: 80, rows: 12},
  places: ['side', 'lower'],
  covers: 'picture',
  spoken: spokenTree,
  put: (pane, view) => putTree(pane, treeLines(view)),
});
