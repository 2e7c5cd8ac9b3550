// The words of the page that shows the contents of a capture, in both languages.
import type {closedWords, openedWords, sortWords} from './catalogue/picker.ts';

export type Sort = keyof typeof sortWords;

export type Opened = keyof typeof openedWords;

export type Closed = keyof typeof closedWords;
