// The keys of the form that exports a conversation of a capture, and what they do.
import {type ExportForm, fileOf, formatMarked, nameBegun, nameTaken} from '../view/picker/export-form.ts';
import type {ExportFormat} from '../words/export-form.ts';
import type {Action, KeyContext} from './key-entry.ts';
import {pressInLine} from './line-keys.ts';
import {movedMark} from './list-moves.ts';

/** The format in which a conversation of a capture is to be written, and the file. */
export type ExportWish = {
  readonly format: ExportFormat;
  readonly file: string;
  /** True if the reader has permitted replacing a file that exists. */
  readonly replaces: boolean;
};

export const exportContext = ({line, asks}: ExportForm): KeyContext => {
  if (line !== undefined) return 'typing';
  return asks ? 'replace' : 'export';
};

type ExportOutcome = {
  /** The export form after the key; undefined if the reader has left the form. */
  readonly form?: ExportForm;
  readonly wish?: ExportWish;
};

const wished = (form: ExportForm, replaces: boolean): ExportOutcome => {
  const format = form.offered[form.marked]?.format;
  return {form: {...form, asks: false}, ...(format ? {wish: {format, file: fileOf(form), replaces}} : {})};
};

/** Returns the outcome of a key in the export form; undefined if the app handles the key. */
export const pressInExport = (
  form: ExportForm,
  key: string,
  action: Action | undefined,
): ExportOutcome | undefined => {
  const {line} = form;
  if (line !== undefined) {
    if (action === 'accept') return {form: nameTaken(form)};
    if (action === 'back') return {form: {...form, line: undefined}};
    if (action !== undefined) return undefined;
    const next = pressInLine(line, key);
    return {form: next === undefined ? form : {...form, line: next}};
  }
  const marked = action && movedMark(action, {marked: form.marked, length: form.offered.length});
  if (marked !== undefined) return {form: formatMarked(form, marked)};
  switch (action) {
    case 'exportName':
      return {form: nameBegun(form)};
    case 'exportWrite':
      return wished(form, false);
    case 'exportReplace':
      return wished(form, true);
    case 'back':
      return form.asks ? {form: {...form, asks: false}} : {};
    default:
      return undefined;
  }
};
