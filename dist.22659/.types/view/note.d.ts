import type { Language, Text } from '../lesson/text.ts';
import type { Problem } from '../words/problem.ts';
import type { Style } from './canvas.ts';
import type { Glyphs } from './glyphs.ts';
/** Until the next key: what could not be done, or (`isDone`) what was. */
export type Message = Text & {
    readonly isDone?: true;
};
/** The same in the language of the screen. */
export type Note = {
    readonly text: string;
    readonly isDone: boolean;
};
export declare const noteOf: (message: Message | undefined, language: Language) => Note | undefined;
/** What stands before it. */
export declare const noteSign: ({ isDone }: Note, glyphs: Glyphs) => {
    readonly text: string;
    readonly style: Style;
};
/** What is wrong and the remedy, where two lines have no room. */
export declare const inOneLine: ({ what, remedy }: Problem) => Text;
