import { type Result } from '../result.ts';
import { type FieldLine } from './fields.ts';
import { type HttpError } from './http-error.ts';
import { type Phase, type Run } from './parser-run.ts';
/** Start line and header section, or a trailer section; in bytes with line ends. */
export declare const MAX_SECTION_BYTES = 65536;
/** `fields` grows while the section is read. */
type Section = {
    readonly fields: FieldLine[];
    readonly start: number;
};
/** A line of the section; `empty` is its end. `start` is where the section began. */
export declare const takeField: (run: Run, { fields, start }: Section) => Result<'field' | 'empty', HttpError> | undefined;
/** The phase that follows; undefined where more bytes are needed, or none are read any more. */
export declare const step: (run: Run, phase: Phase) => Phase | undefined;
export {};
