// Texts over lifelines: where a text stands the lifelines make way for it, and nowhere else.

import {textWidth} from '../../words/width.ts';
import type {Canvas, Style} from '../canvas.ts';
import type {Piece} from './flight.ts';

export class ManyCanvas {
  readonly #canvas: Canvas;
  readonly #taken = new Set<string>();

  constructor(canvas: Canvas) {
    this.#canvas = canvas;
  }

  put(row: number, column: number, text: string, style: Style): void {
    this.#canvas.put(row, column, text, style);
    for (let at = column; at < column + textWidth(text); at++) this.#taken.add(`${row} ${at}`);
  }

  putPieces(row: number, column: number, pieces: readonly Piece[]): void {
    let at = column;
    for (const {text, style} of pieces) {
      this.put(row, at, text, style);
      at += textWidth(text);
    }
  }

  /** With a blank cell before and behind it. */
  putApart(row: number, column: number, pieces: readonly Piece[]): void {
    this.putPieces(row, column - 1, [
      {text: ' ', style: {role: 'text'}},
      ...pieces,
      {text: ' ', style: {role: 'text'}},
    ]);
  }

  /** Only where no text stands. */
  putBehind(row: number, column: number, text: string, style: Style): void {
    if (!this.#taken.has(`${row} ${column}`)) this.put(row, column, text, style);
  }
}
