// What is asked before a conversation of a capture is written to a file: its form, its name, and whether a file may be replaced.

import type {Text} from '../../lesson/text.ts';
import type {ExportFormat} from '../../words/export-form.ts';
import {lineOf, type TypedLine} from '../typed-line.ts';

export type ExportForm = {
  /** Of the conversation: `#4`. */
  readonly title: Text;
  /** Where names without a folder lead to, as shown. */
  readonly folder: string;
  /** Each with a name that no file had. */
  readonly offered: readonly {readonly format: ExportFormat; readonly file: string}[];
  readonly marked: number;
  /** The name that was typed; absent: the offered one. */
  readonly own: string | undefined;
  /** While the name is typed. */
  readonly line: TypedLine | undefined;
  /** A file has that name. */
  readonly asks: boolean;
};

export const startExport = (begun: Pick<ExportForm, 'title' | 'folder' | 'offered'>): ExportForm => ({
  ...begun,
  marked: 0,
  own: undefined,
  line: undefined,
  asks: false,
});

/** Under which name it would be written now. */
export const fileOf = ({own, offered, marked}: ExportForm): string => own ?? offered[marked]?.file ?? '';

const extensionOf = (file: string): string => /\.[^.\\/]*$/.exec(file)?.[0] ?? '';

/** A name that was typed keeps its beginning; its extension follows the form. */
export const formatMarked = (form: ExportForm, marked: number): ExportForm => {
  const [before, after] = [form.marked, marked].map((each) => extensionOf(form.offered[each]?.file ?? ''));
  const {own} = form;
  const follows = own !== undefined && before !== undefined && before !== '' && own.endsWith(before);
  return {
    ...form,
    marked,
    asks: false,
    own: follows ? `${own.slice(0, own.length - before.length)}${after}` : own,
  };
};

export const nameBegun = (form: ExportForm): ExportForm => ({
  ...form,
  asks: false,
  line: lineOf(fileOf(form)),
});

/** Without one the offered name counts again. */
export const nameTaken = (form: ExportForm): ExportForm => {
  const typed = form.line?.text.trim() ?? '';
  return {
    ...form,
    line: undefined,
    own: typed === '' || typed === form.offered[form.marked]?.file ? undefined : typed,
  };
};
