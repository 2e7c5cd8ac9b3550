// Draws the tree of names: branches at the left, who serves or what is there, and the packets of each step.
import type {Canvas, Style} from '../canvas.ts';
import type {Glyphs} from '../glyphs.ts';
import type {PanelDrawing} from '../panel.ts';
import {treeTexts} from '../text/cache.ts';
import type {View} from '../view.ts';
import {cut, padEnd, textWidth} from '../width.ts';
import {type TreeLine, treeLines} from './tree.ts';

const muted: Style = {role: 'muted'};
const gap = 2;
const dataLeast = 12;

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
  const dataWidth = Math.max(0, withPackets ? rest - packetWidth - gap : rest);
  if (withPackets) canvas.put(row, column + nameWidth + dataWidth + gap, treeTexts.packets[language], muted);
  const room = rows - 1;
  // The name that is looked for stands deepest, and last.
  const first = Math.max(
    0,
    Math.min(lines.length - room, lines.findLastIndex(({onWay}) => onWay) - room + 1),
  );
  for (const [index, line] of lines.slice(first, first + room).entries()) {
    const name = names[first + index] ?? '';
    const data = padEnd(cut(line.data, dataWidth, glyphs.ellipsis), dataWidth);
    const packets = withPackets ? `${' '.repeat(gap)}${packetsOf(line)}` : '';
    const mark = line.changed ? ` ${glyphs.changed}` : '';
    const text = `${padEnd(name, nameWidth)}${data}${packets}`.trimEnd();
    canvas.put(row + 1 + index, column, cut(`${text}${mark}`, columns, glyphs.ellipsis), styleOf(line));
  }
};
