import type { Trace } from '../sim/trace.ts';
import type { BoundBeat } from './bound-beat.ts';
import { type Instant } from './evaluate.ts';
import type { Lesson, Template } from './lesson.ts';
import type { LessonError } from './lesson-error.ts';
import { type Problem } from './problem.ts';
import type { Text } from './text.ts';
type Binding = {
    /** In order. Where a fault changed the run, those that still fit it. */
    readonly beats: readonly BoundBeat[];
    /** Why the others do not fit. */
    readonly errors: readonly LessonError[];
};
export declare const bindBeats: (lesson: Lesson, run: string, trace: Trace) => Binding;
/** Each for itself: they have no order. Their indexes go on where those of the beats end. */
export declare const bindQuestions: ({ questions, ...lesson }: Lesson, run: string, trace: Trace) => Binding;
/** Fills a text in; an expression that has no value in this run leaves `?` and a problem. */
export declare const fillTemplate: (template: Template, instant: Instant) => {
    readonly text: Text;
    readonly problems: readonly Problem[];
};
export {};
