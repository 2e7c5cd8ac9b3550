import type { Language } from '../lesson/text.ts';
import type { StateLabel } from './ladder/ladder-item.ts';
import type { SceneHosts } from './ladder/scene-hosts.ts';
import { type LadderItems } from './ladder/scene-ladder.ts';
import type { Note } from './note.ts';
import type { SceneInput } from './scene-input.ts';
import { type Story } from './story/scene-story.ts';
import type { Speed } from './time/playback-state.ts';
import { type TimelineMark } from './time/scene-timeline.ts';
import { type View } from './view.ts';
import { type Why } from './why/scene-why.ts';
export type Scene = {
    readonly language: Language;
    readonly source: string;
    readonly title: string;
    readonly runTitle: string | undefined;
    /** Right of the title: profile, round trip. */
    readonly conditions: readonly string[];
    /** Of a counterfactual run: that it is not TCP. It stands on every frame. */
    readonly watermark: string | undefined;
    /** Sequence numbers count from each end's ISN; without TCP there are none. */
    readonly relative: boolean;
    readonly speed: Speed;
    readonly paused: boolean;
    /** The clock, in digits. */
    readonly now: string;
    readonly nowUs: number;
    readonly hosts: SceneHosts;
    readonly ladder: LadderItems;
    /** Of each host now; undefined: unknown. */
    readonly states: readonly (StateLabel | undefined)[];
    readonly story: Story;
    /** In the place of a note, else above the timeline. */
    readonly message: Note | undefined;
    readonly why: Why | undefined;
    readonly timeline: {
        readonly share: number;
        readonly marks: readonly TimelineMark[];
        readonly question: boolean;
    };
    /** Which narration is read, from 1, and how many there are; 0 of 0 without a lesson. */
    readonly beat: {
        readonly number: number;
        readonly total: number;
    };
    /** What panels are drawn from. */
    readonly view: View;
};
export declare const scene: (input: SceneInput) => Scene;
