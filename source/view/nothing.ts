// A panel that has nothing to show yet: its name, and what will stand here.
import type {Text} from '../lesson/text.ts';
import {muted} from './canvas.ts';
import type {Pane} from './pane.ts';

export const putNothing = (pane: Pane, title: Text, text: Text): void => {
  pane.put(0, 0, title[pane.language], pane.headStyle);
  pane.putWrapped(1, text[pane.language], muted);
};
