// What is written of a row beside its line, in every picture: its time, and what becomes of its packet.

import {playerTexts} from '../../words/catalogue/player.ts';
import {formatFine, formatSeen} from '../../words/format.ts';
import type {Canvas, Piece, Style} from '../canvas.ts';
import {type Glyphs, plainText} from '../glyphs.ts';
import type {Scene} from '../scene.ts';
import type {PacketItem} from './ladder-item.ts';
import type {LadderPlan} from './plan.ts';

export type Drawing = {
  readonly canvas: Canvas;
  readonly scene: Scene;
  readonly plan: LadderPlan;
  readonly glyphs: Glyphs;
};

export const muted: Style = {role: 'muted'};
export const plain: Style = {role: 'text'};

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
