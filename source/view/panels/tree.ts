// The panel of the DNS name tree, and of the way that a lookup took in it.

import {cacheWords, treeTexts} from '../../words/catalogue/cache.ts';
import {changed, muted, type Style, strong} from '../canvas.ts';
import {hasCaches} from '../dns/cache.ts';
import {type TreeLine, treeLines} from '../dns/tree.ts';
import type {Glyphs} from '../glyphs.ts';
import type {Pane} from '../pane.ts';
import {definePanel} from '../panel.ts';
import {spokenTree} from '../spoken/spoken-cache.ts';
import {type Column, fitted, rowText} from '../table.ts';

// The functions below draw the tree of DNS names: branches at the left, then the servers or records of each name, and the packets that
// asked for it.

const dataLeast = 12;
/**
 * The most columns for the servers and records of a DNS name, a little more than two addresses need, so that the packets stay near them on
 * a wide screen.
 */
const dataMost = 40;

const branchOf = ({open}: TreeLine, glyphs: Glyphs): string =>
  open
    .map((goesOn, level) => {
      if (level < open.length - 1) return goesOn ? `${glyphs.treeTrunk}  ` : '   ';
      return `${goesOn ? glyphs.treeBranch : glyphs.treeEnd}${glyphs.treeTwig} `;
    })
    .join('');

const styleOf = ({changed: isChanged, onWay}: TreeLine): Style => {
  if (isChanged) return changed;
  return onWay ? strong : muted;
};

/**
 * Returns the index of the first visible line of the DNS tree, so that the name that is looked up is visible; it is the deepest and usually
 * the last line, and a row below it counts the hidden ones.
 */
const firstShown = (lines: readonly TreeLine[], room: number): number => {
  const wanted = lines.findLastIndex(({onWay}) => onWay);
  return wanted < room - 1 ? 0 : Math.max(0, Math.min(lines.length - room, wanted - room + 2));
};

/**
 * Draws the tree of DNS names. If there is little room, the packets are left out first, then servers and records are cut; names stay whole.
 */
const putTree = (pane: Pane, lines: readonly TreeLine[]): void => {
  const {language, glyphs} = pane;
  pane.put(0, 0, treeTexts.title[language], pane.headStyle);
  if (lines.length === 0) {
    pane.put(1, 0, treeTexts.none[language], muted);
    return;
  }
  const all: readonly Column<TreeLine>[] = [
    {head: '', read: (line) => `${branchOf(line, glyphs)}${line.label}`},
    {head: '', read: ({data}) => data, most: dataMost, takesRest: true},
    {head: treeTexts.packets[language], read: ({packets}) => packets.join(' '), optional: true},
  ];
  // Columns at the end of each row of the DNS tree are reserved for the mark ◆ of a change.
  const columns = fitted(all, lines, {room: pane.columns - 4, least: dataLeast});
  const packets = columns[2];
  if (packets) pane.put(0, packets.at, packets.head, muted);
  const room = pane.rows - 1;
  pane.putScrolled({
    rows: lines,
    from: firstShown(lines, room),
    room,
    at: 1,
    earlier: (count) => cacheWords.more[language]({count}),
    put(line, at) {
      const text = rowText(columns, ({read}) => read(line), glyphs.ellipsis).trimEnd();
      pane.put(at, 0, line.changed ? `${text} ${glyphs.changed}` : text, styleOf(line));
    },
  });
};

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
