// The state of the form that exports a conversation of a capture: the format, the file's name, and whether a file may be replaced.

import type {Text} from '../../lesson/text.ts';
import type {ExportFormat} from '../../words/export-form.ts';
import {lineOf, type TypedLine} from '../typed-line.ts';

export type ExportForm = {
  /** The name of the conversation to export, such as `#4`. */
  readonly title: Text;
  /** The folder, as it is shown, into which the export is written if the file name contains none. */
  readonly folder: string;
  /** The formats of the export, each with a proposed file name that does not exist yet. */
  readonly offered: readonly {readonly format: ExportFormat; readonly file: string}[];
  readonly marked: number;
  /** The name of the exported file that the reader typed; undefined while the proposed name counts. */
  readonly own: string | undefined;
  /** The input line while the reader types the name of the exported file; otherwise undefined. */
  readonly line: TypedLine | undefined;
  /** True if the file for the export exists, so that the form asks whether to replace it. */
  readonly asks: boolean;
};

export const startExport = (begun: Pick<ExportForm, 'title' | 'folder' | 'offered'>): ExportForm => ({
  ...begun,
  marked: 0,
  own: undefined,
  line: undefined,
  asks: false,
});

/** Returns the name of the file to which a conversation is exported: the typed one, or else the one proposed for the marked format. */
export const fileOf = ({own, offered, marked}: ExportForm): string => own ?? offered[marked]?.file ?? '';

const extensionOf = (file: string): string => /\.[^.\\/]*$/.exec(file)?.[0] ?? '';

/** Returns the export form with another format marked. A typed file name stays, but its extension changes with the format. */
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

/** Returns the export form after the reader has accepted the typed file name; an empty one stands for the proposed name. */
export const nameTaken = (form: ExportForm): ExportForm => {
  const typed = form.line?.text.trim() ?? '';
  return {
    ...form,
    line: undefined,
    own: typed === '' || typed === form.offered[form.marked]?.file ? undefined : typed,
  };
};
