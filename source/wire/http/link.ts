// What Link fields name (RFC 8288 §3): the targets, without what each is for.
import {type Field, fieldValues} from './field-lines.ts';

export const linkTargets = (fields: readonly Field[]): readonly string[] =>
  fieldValues(fields, 'Link').flatMap((value) => value.match(/(?<=<)[^<>]*(?=>)/g) ?? []);
