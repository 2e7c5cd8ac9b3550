import { type Result } from '../wire/result.ts';
import type { Parsed } from './parser.ts';
import { type TextProblem } from './problem.ts';
import { type Path, Problems } from './problems.ts';
import type { SelectorFile } from './schema-script.ts';
import type { Selector } from './selector.ts';
import type { Names } from './vocabulary.ts';
export declare const readSelector: (data: SelectorFile, path: Path, names: Names, problems: Problems) => Selector | undefined;
/** `{sends: client, flags: [FIN]}`, as it stands inside an expression. */
export declare const selectorIn: (source: string, names: Names) => Parsed<Selector>;
/** As somebody types it: the first thing that is wrong is enough. */
export declare const parseSelector: (source: string, names: Omit<Names, 'vocabulary'>) => Result<Selector, TextProblem>;
