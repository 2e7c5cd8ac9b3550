import { type Note } from '../note.ts';
import type { PlaybackContext } from '../time/playback-state.ts';
import type { View } from '../view.ts';
export type StoryChoice = {
    readonly id: string;
    readonly text: string;
};
export type Story = {
    readonly kind: 'narration';
    readonly text: string;
    readonly note: string | undefined;
    /** What one may have read elsewhere, where there is room for it below the note. */
    readonly myth: string | undefined;
    /** The lesson in which this goes on. */
    readonly link: string | undefined;
    /** In place of the note. */
    readonly message: Note | undefined;
} | {
    readonly kind: 'question';
    readonly ask: string;
    readonly choices: readonly StoryChoice[];
    readonly hint: string | undefined;
} | {
    readonly kind: 'ending';
    readonly heading: string;
    readonly choices: readonly StoryChoice[];
    /** The id of the choice that `enter` opens. */
    readonly marked: string;
    /** That the lesson can be checked, and with which key. */
    readonly check: string | undefined;
} | {
    readonly kind: 'reply';
    readonly given: StoryChoice | undefined;
    readonly right: StoryChoice;
    /** What a wrong answer would have meant, then the explanation. */
    readonly paragraphs: readonly string[];
};
export declare const messageOf: ({ input: { message }, language }: View) => Note | undefined;
export declare const storyOf: (view: View, context: PlaybackContext) => Story;
