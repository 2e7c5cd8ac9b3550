// The shape of a field's help: a clause that follows “NAME = VALUE: ”, and where the field is defined.
import type {Text} from '../lesson/text.ts';

export type FieldText = {readonly clause: string; readonly text: Text};

export type FieldTexts = {readonly [name: string]: FieldText};

export const field = (clause: string, en: string, zh: string): FieldText => ({clause, text: {en, zh}});
