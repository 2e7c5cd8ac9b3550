// Draws the page of the runs that the reader has made by altering packets (key `f`): a tree, and the code that makes the marked run again.
import {packetOf} from '../../account/packet.ts';
import {type Language, type Text, worded} from '../../lesson/text.ts';
import {childrenOf, type ForkNode, type ForkTree, forkCode, isSetting} from '../../sim/fork.ts';
import type {Trace} from '../../sim/trace.ts';
import {compareTexts} from '../../words/catalogue/compare.ts';
import {forkTexts} from '../../words/catalogue/forks.ts';
import {readerWords} from '../../words/catalogue/reader.ts';
import {outcomesOf} from '../../words/compare.ts';
import {formatTime} from '../../words/format.ts';
import {cut, padEnd, takeColumns, textWidth} from '../../words/width.ts';
import {accent, muted, plain, strong} from '../canvas.ts';
import {type Glyphs, unicodeGlyphs} from '../glyphs.ts';
import type {Sheet, SheetRow} from './sheet.ts';

export type ForkView = {
  readonly tree: ForkTree;
  readonly marked: number;
  /** Returns the trace of a run in the tree of altered runs; undefined if that run has not been simulated in this session. */
  readonly traceOf: (id: number) => Trace | undefined;
  readonly language: Language;
  readonly glyphs: Glyphs;
  readonly columns: number;
  /** A message about what the reader has just done or could not do, shown until the next key. */
  readonly notice: Text | undefined;
};

type Branch = {readonly node: ForkNode; readonly lead: string};

/** Returns the runs in the tree of altered runs, each before its children, with the tree's branch lines that are drawn before it. */
const branches = (tree: ForkTree, glyphs: Glyphs): readonly Branch[] => {
  const [root] = tree.nodes;
  const below = (node: ForkNode, indent: string): Branch[] => {
    const children = childrenOf(tree, node.id);
    return children.flatMap((child, index) => {
      const last = index === children.length - 1;
      const lead = `${indent}${last ? glyphs.treeEnd : glyphs.treeBranch} `;
      const further = `${indent}${last ? '  ' : `${glyphs.lifeline} `}`;
      return [{node: child, lead}, ...below(child, further)];
    });
  };
  return root ? [{node: root, lead: ''}, ...below(root, '')] : [];
};

/** Returns the ids of the altered runs in the order in which the page lists them. */
export const forkOrder = (tree: ForkTree): readonly number[] =>
  branches(tree, unicodeGlyphs).map(({node}) => node.id);

const titleOf = ({changes}: ForkNode, language: Language): string =>
  changes.length > 0 ? outcomesOf(changes)[language] : compareTexts.recorded[language];

/**
 * Returns two texts on an altered run: the time at which it departs from the run that it was made from, and its number of packets. A text
 * is empty if unknown.
 */
const factsOf = (
  {changes: [change], parent, id}: ForkNode,
  {traceOf, language}: ForkView,
): readonly [leaves: string, count: string] => {
  const above = parent === undefined ? undefined : traceOf(parent);
  const packet = change && !isSetting(change) ? change.at.packet : undefined;
  const leaves = above && packet !== undefined ? formatTime(packetOf(above, packet).sentUs) : '';
  const own = traceOf(id);
  const count = own ? worded(forkTexts.packets, {count: own.packetCount})[language] : '';
  return [leaves, count];
};

const codeRows = (code: string, columns: number, glyphs: Glyphs): SheetRow[] => {
  const rows: SheetRow[] = [];
  let rest = code;
  while (rest !== '' && rows.length < codeRowsMost) {
    const last = rows.length === codeRowsMost - 1;
    const head = last ? cut(rest, columns, glyphs.ellipsis) : takeColumns(rest, columns);
    rows.push({text: head, style: plain, said: rows.length === 0 ? [code] : [], exact: 'code'});
    rest = last ? '' : rest.slice(head.length);
  }
  return rows;
};

const codeRowsMost = 4;
const factColumns = 22;

export const forkSheet = (view: ForkView): Sheet => {
  const {tree, marked, language, glyphs, columns, notice} = view;
  const all = branches(tree, glyphs);
  const room = columns - factColumns - 6;
  const list = all.map(({node, lead}): SheetRow => {
    const title = titleOf(node, language);
    const name = cut(`${lead}${title}`, room, glyphs.ellipsis);
    const isHere = node.id === tree.current;
    const [leaves, count] = factsOf(node, view);
    return {
      text: `${isHere ? glyphs.cursor : ' '} ${padEnd(name, room)}  ${padEnd(leaves, 10)}${count}`,
      style: isHere ? strong : plain,
      said: [isHere ? readerWords.current[language] : '', title, leaves, count],
    };
  });
  const lone = tree.nodes.length === 1;
  const code = forkCode(tree, marked);
  return {
    heading: forkTexts.heading[language],
    above: [{text: (lone ? forkTexts.none : forkTexts.about)[language], style: muted}],
    list,
    marked: Math.max(
      0,
      all.findIndex(({node}) => node.id === marked),
    ),
    below: [
      {text: forkTexts.code[language], style: muted},
      ...codeRows(code, columns - textWidth(' '), glyphs),
      ...(notice ? [{text: notice[language], style: accent}] : []),
    ],
  };
};
