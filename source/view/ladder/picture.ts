// The picture of the ladder: its columns and lifelines, the density of its rows, and the text beside a line: its time, and what happens to
// its packet.

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
  /** One host, or all hosts that share a folded lifeline. */
  readonly hosts: readonly SceneHost[];
};

export type Columns = {
  /** The last column of the times at the left; 0 if there are none. */
  readonly timeEnd: number;
  /** The last column of the whole picture. */
  readonly last: number;
  /** The distance of two neighbouring lifelines. */
  readonly distance: number;
  readonly lifelines: readonly Lifeline[];
  /** True for two hosts: each end of a line has its time and its state beside it, as that end saw them. */
  readonly hasEnds: boolean;
  /** The column where labels begin, at the right of all lifelines; undefined if they are above, below or in their lines. */
  readonly labelColumn: number | undefined;
  /** The blank cells between a lifeline and a label above its line. */
  readonly indent: number;
};

export type LadderPlan = Columns & {
  readonly top: number;
  readonly bottom: number;
  readonly density: Density;
  /** Shows a row of addresses under the names. */
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

/** Returns the lifeline of a host; undefined if it is not in the picture. */
export const lifelineOf = ({lifelines}: Columns, host: string): Lifeline | undefined =>
  lifelines.find(({hosts}) => hosts.some(({id}) => id === host));

/** Returns the column where texts over the lifelines begin. */
export const firstLifeline = ({lifelines}: Columns): number => lifelines[0]?.column ?? 1;

/** Tells whether the labels of two hosts are above the lines. */
export const isRoomy = ({hasEnds, density}: LadderPlan): boolean =>
  hasEnds && (density === 'spaced' || density === 'roomy');

/** Tells whether the labels of three and more hosts are on the row below the lines. */
export const isBelow = ({hasEnds, labelColumn}: Columns): boolean => !hasEnds && labelColumn === undefined;

export type Drawing = {
  readonly canvas: Canvas;
  readonly scene: Scene;
  readonly plan: LadderPlan;
  readonly glyphs: Glyphs;
};

/** Returns the style of a state, which differs if it was entered at the present moment. */
export const stateStyle = ({fresh}: StateLabel): Style => (fresh ? changed : plain);

export const timeText = (glyphs: Glyphs, us: number, estimated = false): string =>
  estimated ? plainText(formatSeen(us, true), glyphs) : formatFine(us);

/** Returns texts on what happens to a packet, from the whole form to the shortest. */
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
