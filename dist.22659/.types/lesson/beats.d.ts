import type { Expression } from './expression.ts';
import type { Beat, QuestionBeat, Template } from './lesson.ts';
import type { Position } from './position.ts';
import type { Path, Problems } from './problems.ts';
import type { BeatFile, QuestionFile, TextFile } from './schema.ts';
import type { Names } from './vocabulary.ts';
type BeatContext = {
    readonly names: Names;
    readonly runs: readonly string[];
    readonly problems: Problems;
    positionOf(path: Path): Position;
};
export declare const readBeats: (beats: readonly BeatFile[], context: BeatContext) => readonly Beat[];
/** Nothing stands before a question but its own instant. */
export declare const readQuestions: (questions: readonly QuestionFile[], context: BeatContext) => readonly QuestionBeat[];
export declare const readExpression: (data: string | number, path: Path, names: Names, problems: Problems) => Expression | undefined;
/** Both languages must compute the same values, else one of them says something else. */
export declare const readTemplatePair: (data: TextFile, path: Path, names: Names, problems: Problems) => Template;
export {};
