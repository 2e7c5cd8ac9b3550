// The look of the ladder: its columns and lifelines, the density of its rows, and the text beside a packet's line: the time, and what
// happens to the packet.

import {playerTexts} from '../../words/catalogue/player.ts';
import {formatFine, formatSeen} from '../../words/format.ts';
import {type Canvas, changed, muted, type Piece, plain, type Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {Density, Layout} from '../layout.ts';
import type {Scene} from '../scene.ts';
import type {View} from '../view.ts';
import type {PacketItem, StateLabel} from './ladder-item.ts';
import type {SceneHost} from './scene-hosts.ts';

export type Lifeline = {
  readonly column: number;
  /** The host to which the lifeline belongs, or all hosts that share it because they are folded. */
  readonly hosts: readonly SceneHost[];
};

export type Columns = {
  /** The last column of the times at the left; 0 if no times are shown. */
  readonly timeEnd: number;
  /** The last column of the ladder. */
  readonly last: number;
  /** The number of columns from one lifeline to the next. */
  readonly distance: number;
  readonly lifelines: readonly Lifeline[];
  /** True for two hosts: the time and the state of each host are beside its end of a packet's line. */
  readonly hasEnds: boolean;
  /** The column at the right of all lifelines where labels begin; undefined if labels are above, below or in the lines. */
  readonly labelColumn: number | undefined;
  /** The number of blank cells between a lifeline and a label above a packet's line. */
  readonly indent: number;
};

export type LadderPlan = Columns & {
  readonly top: number;
  readonly bottom: number;
  readonly density: Density;
  /** True if the ladder has a row with the hosts' addresses under the names. */
  readonly addresses: boolean;
};

export const pairColumns = ({hosts: [first, second]}: View, {ladder, size}: Layout): Columns => {
  const {left, right, timeEnd, indent} = ladder;
  return {
    timeEnd,
    last: size.columns,
    distance: right - left,
    lifelines: [
      {column: left, hosts: [first]},
      {column: right, hosts: [second]},
    ],
    hasEnds: true,
    labelColumn: undefined,
    indent,
  };
};

export const isFolded = ({hosts}: Lifeline): boolean => hosts.length > 1;

/** Returns the lifeline of a host, its own or a folded one; undefined if the host is not in the ladder. */
export const lifelineOf = ({lifelines}: Columns, host: string): Lifeline | undefined =>
  lifelines.find(({hosts}) => hosts.some(({id}) => id === host));

/** Returns the column of the leftmost lifeline. */
export const firstLifeline = ({lifelines}: Columns): number => lifelines[0]?.column ?? 1;

/** Tells whether the labels of packets between two hosts are above the lines, and not in them. */
export const isRoomy = ({hasEnds, density}: LadderPlan): boolean =>
  hasEnds && (density === 'spaced' || density === 'roomy');

/** Tells whether the labels of packets between three and more hosts are on the row below the lines. */
export const isBelow = ({hasEnds, labelColumn}: Columns): boolean => !hasEnds && labelColumn === undefined;

export type Drawing = {
  readonly canvas: Canvas;
  readonly scene: Scene;
  readonly plan: LadderPlan;
  readonly glyphs: Glyphs;
};

/** Returns the style of a TCP state, which is highlighted if it was entered at the present moment. */
export const stateStyle = ({fresh}: StateLabel): Style => (fresh ? changed : plain);

export const timeText = (glyphs: Glyphs, us: number, estimated = false): string =>
  estimated ? plainText(formatSeen(us, true), glyphs) : formatFine(us);

/**
 * Returns texts on what happens to a packet (lost, unknown, due at a time, under way), from the whole form to the shortest; empty if it has
 * arrived.
 */
export const notesOf = ({scene, glyphs}: Drawing, item: PacketItem): readonly Piece[] => {
  const {language} = scene;
  if (item.status === 'lost') {
    const texts = [`${glyphs.lost} ${item.lostLabel ?? ''}`, glyphs.lost];
    return texts.map((text) => ({text, style: {role: 'warning'}}));
  }
  if (item.status === 'unseen') return [{text: playerTexts.unseen[language], style: muted}];
  if (item.status !== 'flying') return [];
  const due = `${playerTexts.due[language]} ${timeText(glyphs, item.dueUs, item.estimated)}`;
  return [{text: item.comet ? due : playerTexts.onItsWay[language], style: muted}];
};
