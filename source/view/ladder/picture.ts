// The picture of the ladder, of however many hosts: its columns and lifelines, how near its rows are to each other, and what is written
// of a row beside its line: its time, and what becomes of its packet.

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
  /** One host, or all that do not fit. */
  readonly hosts: readonly SceneHost[];
};

export type Columns = {
  /** Last column of the times at the left; 0: there are none. */
  readonly timeEnd: number;
  /** Last column of the whole picture. */
  readonly last: number;
  /** Between two lifelines next to each other. */
  readonly distance: number;
  readonly lifelines: readonly Lifeline[];
  /** Of two hosts: each end of a line has its time and its state beside it, as it saw them. */
  readonly hasEnds: boolean;
  /** Where the labels begin at the right of all lifelines; undefined: above or below their lines, or in them. */
  readonly labelColumn: number | undefined;
  /** Blank cells between a lifeline and a label above its line. */
  readonly indent: number;
};

export type LadderPlan = Columns & {
  readonly top: number;
  readonly bottom: number;
  readonly density: Density;
  /** A line of addresses under the names. */
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

/** The lifeline of a host; undefined: it is not in the picture. */
export const lifelineOf = ({lifelines}: Columns, host: string): Lifeline | undefined =>
  lifelines.find(({hosts}) => hosts.some(({id}) => id === host));

/** Where texts over the lifelines begin. */
export const firstLifeline = ({lifelines}: Columns): number => lifelines[0]?.column ?? 1;

/** Of two hosts: labels above the lines. */
export const isRoomy = ({hasEnds, density}: LadderPlan): boolean =>
  hasEnds && (density === 'spaced' || density === 'roomy');

/** Of three and more hosts: labels on the row below the lines. */
export const isBelow = ({hasEnds, labelColumn}: Columns): boolean => !hasEnds && labelColumn === undefined;

export type Drawing = {
  readonly canvas: Canvas;
  readonly scene: Scene;
  readonly plan: LadderPlan;
  readonly glyphs: Glyphs;
};

/** Of a state that was entered in this very moment. */
export const stateStyle = ({fresh}: StateLabel): Style => (fresh ? changed : plain);

export const timeText = (glyphs: Glyphs, us: number, estimated = false): string =>
  estimated ? plainText(formatSeen(us, true), glyphs) : formatFine(us);

/** What becomes of it, from whole to shortest. */
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
