import type { Path, Problems } from './problems.ts';
import type { ActorFile, AppFile } from './schema-script.ts';
import type { Names, Piece } from './vocabulary.ts';
/** A part of the file that names applications and actors: the lesson, or the run that changes it. */
export type Layer = {
    readonly data: {
        readonly apps?: readonly AppFile[] | undefined;
        readonly actors?: readonly ActorFile[] | undefined;
    };
    readonly path: Path;
};
/** Of each kind on each host the last layer's count; the others stay. */
export declare const readPieces: (layers: readonly Layer[], names: Names, problems: Problems) => readonly Piece[];
