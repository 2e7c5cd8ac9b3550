// Returns the targets of an HTTP message's Link fields (RFC 8288 §3), without their relation types.
import {type Field, fieldValues} from './field-lines.ts';

export const linkTargets = (fields: readonly Field[]): readonly string[] =>
  fieldValues(fields, 'Link').flatMap((value) => value.match(/(?<=<)[^<>]*(?=>)/g) ?? []);
