// Reads HTTP header and trailer fields (RFC 9110 §5, RFC 9112 §5): each line, and the combined value of several with one name.
import {err, ok, type Result} from '../result.ts';
import {isFieldContent, isToken, listMembers, type Span, withoutOws} from './grammar.ts';
import {type HttpError, httpError} from './http-error.ts';
import type {Line} from './start-line.ts';

/** An HTTP field, with its name as the sender spelt it. */
export type Field = {readonly name: string; readonly value: string};

/** An HTTP field with its place in the stream; `span` is the whole line including its line end. */
export type FieldLine = Field & {
  readonly span: Span;
  readonly valueSpan: Span;
};

/** Reads an HTTP field line, of which the caller has checked that it is not empty and does not begin with white space. */
export const readFieldLine = ({text, span}: Line, lenient = false): Result<FieldLine, HttpError> => {
  const colon = text.indexOf(':');
  if (colon < 0) return err(httpError('field-colon', span.start));
  const written = text.slice(0, colon);
  const name = lenient ? withoutOws(written).text : written;
  // White space before the colon is not removed, because readers that disagree about such a name make request smuggling possible
  // (RFC 9112 §5.1).
  if (name.endsWith(' ') || name.endsWith('\t'))
    return err(httpError('field-name-space', span.start + colon - 1));
  if (!isToken(name)) return err(httpError('field-name', span.start));
  const {text: value, offset} = withoutOws(text.slice(colon + 1));
  const start = span.start + colon + 1 + offset;
  const valueSpan = {start, end: start + value.length};
  if (isFieldContent(value)) return ok({name, value, span, valueSpan});
  // An observer replaces NUL with a space and keeps other control characters (RFC 9110 §5.5), so that the field still counts.
  return lenient
    ? ok({name, value: withoutOws(value.replaceAll('\0', ' ')).text, span, valueSpan})
    : err(httpError('field-value', start));
};

/**
 * Returns why an HTTP field must not be written: its name is no token, or its value would not be read back unchanged, because it contains
 * control characters such as a line end, or white space at its ends (RFC 9110 §5.5). Undefined if it may be written.
 */
export const fieldError = ({name, value}: Field): HttpError | undefined => {
  if (!isToken(name)) return httpError('field-name');
  return isFieldContent(value) && withoutOws(value).text === value ? undefined : httpError('field-value');
};

export const sameFieldName = (a: string, b: string): boolean =>
  a === b || (a.length === b.length && a.toLowerCase() === b.toLowerCase());

/** Returns the values of all HTTP field lines with this name, in order. */
export const fieldValues = (fields: readonly Field[], name: string): readonly string[] =>
  fields.filter((field) => sameFieldName(field.name, name)).map(({value}) => value);

/**
 * Returns all HTTP field lines of one name as one value (RFC 9110 §5.3); undefined if there is none. Lines of `Cookie` are joined as in RFC
 * 9113 §8.2.3. For `Set-Cookie`, whose values contain commas, use `fieldValues` instead.
 */
export const combinedValue = (fields: readonly Field[], name: string): string | undefined => {
  let value: string | undefined;
  for (const field of fields) {
    if (!sameFieldName(field.name, name)) continue;
    if (value === undefined) ({value} = field);
    else value += `${sameFieldName(name, 'Cookie') ? '; ' : ', '}${field.value}`;
  }
  return value;
};

/** Returns the members of an HTTP list field over all its lines. */
export const fieldMembers = (fields: readonly Field[], name: string): readonly string[] =>
  fieldValues(fields, name).flatMap(listMembers);
