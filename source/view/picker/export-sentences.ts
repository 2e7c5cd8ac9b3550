// Describes the page that asks how to export a conversation, in sentences for a screen reader.
import type {Language} from '../../lesson/text.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {exportFormats, exportWords as say} from '../../words/export-form.ts';
import {sentence} from '../../words/spoken-text.ts';
import {inSentences, typedSaid} from '../list-page.ts';
import {type ExportForm, fileOf} from './export-form.ts';

const colon = (language: Language): string => punctuation.colon[language];

const fileLine = (name: string, language: Language): string =>
  `${sentence(say.file[language], language)}${colon(language)}${name}`;

const formatLine = ({offered, marked}: ExportForm, language: Language): string => {
  const format = offered[marked]?.format;
  const words = format ? say.format(format, exportFormats[format].what[language])[language] : '';
  return `${say.place(marked + 1, offered.length)[language]}${colon(language)}${words}`;
};

export const exportSentences = (form: ExportForm, language: Language): readonly string[] =>
  inSentences(
    [
      `${sentence(say.title(form.title)[language], language)}${punctuation.comma[language]}${say.inFolder(form.folder)[language]}`,
      formatLine(form, language),
      fileLine(form.line?.text ?? fileOf(form), language),
      ...(form.asks ? [say.replace(fileOf(form))[language]] : []),
    ],
    language,
  );

/**
 * Returns sentences for a screen reader on what changed between two states of the export form; names keep their spelling, and while the
 * reader types only the new letters are spoken.
 */
export const exportNews = (before: ExportForm, after: ExportForm, language: Language): readonly string[] => {
  const [was, is] = [before.line?.text, after.line?.text];
  const typed = typedSaid(was, is, language);
  if (typed !== undefined) return [typed];
  const name = is ?? fileOf(after);
  return inSentences(
    [
      ...(before.marked === after.marked ? [] : [formatLine(after, language)]),
      ...(name === (was ?? fileOf(before)) && (was === undefined) === (is === undefined)
        ? []
        : [fileLine(name, language)]),
      ...(after.asks && !before.asks ? [say.replace(fileOf(after))[language]] : []),
    ],
    language,
  );
};
