// The form for exporting a conversation of a capture: the format, the file's name, and whether a file may be replaced.

import type {Text} from '../../lesson/text.ts';
import type {ExportFormat} from '../../words/export-form.ts';
import {lineOf, type TypedLine} from '../typed-line.ts';

export type ExportForm = {
  /** The name of the conversation, such as `#4`. */
  readonly title: Text;
  /** The folder for names without one, as it is shown. */
  readonly folder: string;
  /** The formats, each with a name that no file has. */
  readonly offered: readonly {readonly format: ExportFormat; readonly file: string}[];
  readonly marked: number;
  /** The name that was typed; absent for the offered one. */
  readonly own: string | undefined;
  /** The line while the name is typed. */
  readonly line: TypedLine | undefined;
  /** A file with that name exists, so that the form asks whether to replace it. */
  readonly asks: boolean;
};

export const startExport = (begun: Pick<ExportForm, 'title' | 'folder' | 'offered'>): ExportForm => ({
  ...begun,
  marked: 0,
  own: undefined,
  line: undefined,
  asks: false,
});

/** Returns the name of the file to be written. */
export const fileOf = ({own, offered, marked}: ExportForm): string => own ?? offered[marked]?.file ?? '';

const extensionOf = (file: string): string => /\.[^.\\/]*$/.exec(file)?.[0] ?? '';

/** Marks another format. A name that was typed stays, and its extension changes with the format. */
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

/** Accepts the typed name; if it is empty, the offered name is used. */
export const nameTaken = (form: ExportForm): ExportForm => {
  const typed = form.line?.text.trim() ?? '';
  return {
    ...form,
    line: undefined,
    own: typed === '' || typed === form.offered[form.marked]?.file ? undefined : typed,
  };
};
