// Draws the tree of names: branches at the left, who serves or what is there, and the packets of each step.

import {cacheWords, treeTexts} from '../../words/catalogue/cache.ts';
import {cut, padEnd, repeated, textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {PanelDrawing} from '../panel.ts';
import type {View} from '../view.ts';
import {type TreeLine, treeLines} from './tree.ts';

const muted: Style = {role: 'muted'};
const gap = 2;
const dataLeast = 12;
/** Two addresses and more: on a wide screen the packets stand near what they brought. */
const dataMost = 40;

const branchOf = ({open}: TreeLine, glyphs: Glyphs): string =>
  open
    .map((goesOn, level) => {
      if (level < open.length - 1) return goesOn ? `${glyphs.treeTrunk}  ` : '   ';
      return `${goesOn ? glyphs.treeBranch : glyphs.treeEnd}${glyphs.treeTwig} `;
    })
    .join('');

const styleOf = ({changed, onWay}: TreeLine): Style => {
  if (changed) return {role: 'changed', bold: true};
  return onWay ? {role: 'text', bold: true} : muted;
};

/** The name that is looked for stands deepest, and last; what is left out above or below takes a row to say so. */
const shownOf = (
  lines: readonly TreeLine[],
  room: number,
): {readonly first: number; readonly last: number} => {
  if (lines.length <= room) return {first: 0, last: lines.length};
  const wanted = lines.findLastIndex(({onWay}) => onWay);
  if (wanted < room - 1) return {first: 0, last: room - 1};
  const tail = wanted === lines.length - 1 ? 0 : 1;
  const last = wanted + 1;
  return {first: last - Math.max(1, room - 1 - tail), last};
};

/** Room for the packets goes first, then the data are cut; the names stay. */
export const putTree = (canvas: Canvas, view: View, {region, glyphs, focused}: PanelDrawing): void => {
  const {row, rows, column, columns} = region;
  const {language} = view;
  const lines = treeLines(view);
  canvas.put(row, column, cut(treeTexts.title[language], columns, glyphs.ellipsis), {
    role: focused ? 'accent' : 'muted',
    bold: focused,
  });
  if (lines.length === 0) {
    if (rows > 1) canvas.put(row + 1, column, cut(treeTexts.none[language], columns, glyphs.ellipsis), muted);
    return;
  }
  const names = lines.map((line) => `${branchOf(line, glyphs)}${line.label}`);
  const nameWidth = names.reduce((most, name) => Math.max(most, textWidth(name)), 0) + gap;
  const packetsOf = ({packets}: TreeLine): string => packets.join(' ');
  const packetWidth = lines.reduce(
    (most, line) => Math.max(most, textWidth(packetsOf(line))),
    textWidth(treeTexts.packets[language]),
  );
  const rest = columns - nameWidth - gap - 2;
  const withPackets = rest - packetWidth - gap >= dataLeast;
  const dataWidth = Math.max(0, withPackets ? Math.min(dataMost, rest - packetWidth - gap) : rest);
  if (withPackets) canvas.put(row, column + nameWidth + dataWidth + gap, treeTexts.packets[language], muted);
  const {first, last} = shownOf(lines, rows - 1);
  const more = (at: number, sign: string, count: number): void =>
    canvas.put(
      at,
      column,
      cut(`${sign} ${cacheWords.more[language]({count})}`, columns, glyphs.ellipsis),
      muted,
    );
  if (first > 0) more(row + 1, glyphs.earlier, first);
  if (last < lines.length) more(row + rows - 1, glyphs.more, lines.length - last);
  const top = row + 1 + (first > 0 ? 1 : 0);
  for (const [index, line] of lines.slice(first, last).entries()) {
    const name = names[first + index] ?? '';
    const data = padEnd(cut(line.data, dataWidth, glyphs.ellipsis), dataWidth);
    const packets = withPackets ? `${repeated(' ', gap)}${packetsOf(line)}` : '';
    const mark = line.changed ? ` ${glyphs.changed}` : '';
    const text = `${padEnd(name, nameWidth)}${data}${packets}`.trimEnd();
    canvas.put(top + index, column, cut(`${text}${mark}`, columns, glyphs.ellipsis), styleOf(line));
  }
};
