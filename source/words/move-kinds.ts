// Names the kinds of moves in a challenge, such as `lose it` or `set a value`.

import type {MoveKind} from '../lesson/move.ts';
import type {Text} from '../lesson/text.ts';
import {kindNames} from './catalogue/alter.ts';
import {moveKindNames} from './catalogue/challenge-page.ts';

export const moveKindText = (kind: MoveKind): Text =>
  kind === 'call' || kind === 'set' || kind === 'answer' ? moveKindNames[kind] : kindNames[kind];
