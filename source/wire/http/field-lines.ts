// Header and trailer fields (RFC 9110 §5, RFC 9112 §5): one line each, and what several of one name mean together.
import {err, ok, type Result} from '../result.ts';
import {isFieldContent, isToken, listMembers, type Span, withoutOws} from './grammar.ts';
import {type HttpError, httpError} from './http-error.ts';
import type {Line} from './start-line.ts';

/** A field as it is written: the name as the sender spelt it. */
export type Field = {readonly name: string; readonly value: string};

/** `span` is the whole line with its line end. */
export type FieldLine = Field & {
  readonly span: Span;
  readonly valueSpan: Span;
};

/** The line is not empty and does not begin with white space: the reader of the section has seen to that. */
export const readFieldLine = ({text, span}: Line, lenient = false): Result<FieldLine, HttpError> => {
  const colon = text.indexOf(':');
  if (colon < 0) return err(httpError('field-colon', span.start));
  const written = text.slice(0, colon);
  const name = lenient ? withoutOws(written).text : written;
  // Not tidied up: two readers that disagree about such a name are how requests are smuggled (RFC 9112 §5.1).
  if (name.endsWith(' ') || name.endsWith('\t'))
    return err(httpError('field-name-space', span.start + colon - 1));
  if (!isToken(name)) return err(httpError('field-name', span.start));
  const {text: value, offset} = withoutOws(text.slice(colon + 1));
  const start = span.start + colon + 1 + offset;
  const valueSpan = {start, end: start + value.length};
  if (isFieldContent(value)) return ok({name, value, span, valueSpan});
  // A NUL becomes a space and other control characters stay (RFC 9110 §5.5), so that the field still counts.
  return lenient
    ? ok({name, value: withoutOws(value.replaceAll('\0', ' ')).text, span, valueSpan})
    : err(httpError('field-value', start));
};

/** A value that reads back as itself: nothing that ends a line, no white space at its ends (RFC 9110 §5.5). */
export const fieldError = ({name, value}: Field): HttpError | undefined => {
  if (!isToken(name)) return httpError('field-name');
  return isFieldContent(value) && withoutOws(value).text === value ? undefined : httpError('field-value');
};

export const sameFieldName = (a: string, b: string): boolean =>
  a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());

/** The values of all lines of this name, in order. */
export const fieldValues = (fields: readonly Field[], name: string): readonly string[] =>
  fields.filter((field) => sameFieldName(field.name, name)).map(({value}) => value);

/**
 * Several lines of one name as one value (RFC 9110 §5.3); undefined where there is none. `Cookie` is no list of
 * members but of pairs, so its lines are joined as RFC 9113 §8.2.3 joins them. Not for `Set-Cookie`, whose values
 * have commas of their own: take `fieldValues`.
 */
export const combinedValue = (fields: readonly Field[], name: string): string | undefined => {
  const values = fieldValues(fields, name);
  return values.length === 0 ? undefined : values.join(sameFieldName(name, 'Cookie') ? '; ' : ', ');
};

/** The members of a field that is a list, over all its lines. */
export const fieldMembers = (fields: readonly Field[], name: string): readonly string[] =>
  fieldValues(fields, name).flatMap(listMembers);
