import { type Result } from '../wire/result.ts';
import type { Misconception } from './data.ts';
import type { Lesson } from './lesson.ts';
import type { LessonError } from './lesson-error.ts';
import type { BeliefPlace } from './pack-beliefs.ts';
import type { Vocabulary } from './vocabulary.ts';
type Around = {
    /** Texts of the files in the folder zones/ beside the lesson, by name. @default none */
    readonly zones?: ReadonlyMap<string, string>;
    /** Texts of the files in lessons/data/certificates, by name. @default none */
    readonly certificates?: ReadonlyMap<string, string>;
    readonly vocabulary?: Vocabulary;
    /** The lesson holds the runs that contradict them. @default none */
    readonly misconceptions?: readonly Misconception[];
    /** Where they are written. */
    readonly placeOf?: BeliefPlace | undefined;
    /** Ids that other lessons have. @default none */
    readonly taken?: readonly string[];
};
/** `file` is the name under which errors are reported. */
export declare const loadLesson: (source: string, file: string, { zones, certificates, vocabulary, misconceptions, placeOf, taken, }?: Around) => Result<Lesson, readonly LessonError[]>;
export {};
