// Finds how an HTTP/1 message's content is delimited: RFC 9112 §6.3, rule by rule in its order.
import {err, ok, type Result} from '../result.ts';
import {type FieldLine, fieldMembers, fieldValues, sameFieldName} from './field-lines.ts';
import {isToken, splitOutsideQuotes, withoutOws} from './grammar.ts';
import {type HttpError, httpError} from './http-error.ts';
import {minorVersion, type StartLine} from './start-line.ts';

/** The head of an HTTP message: its start line with its header fields. */
export type Head<Start extends StartLine = StartLine> = {
  readonly start: Start;
  readonly fields: readonly FieldLine[];
};

/**
 * How an HTTP message's content is delimited. `rule` is the number in the list of RFC 9112 §6.3; `codings` are the transfer codings other
 * than the final `chunked`.
 */
export type Framing =
  | {readonly by: 'none'; readonly rule: 1 | 7}
  | {readonly by: 'tunnel'; readonly rule: 1 | 2}
  | {readonly by: 'chunked'; readonly rule: 4; readonly codings: readonly string[]}
  | {readonly by: 'length'; readonly rule: 6; readonly length: number}
  | {readonly by: 'close'; readonly rule: 4 | 8; readonly codings: readonly string[]};

const noContentStatus = (status: number): boolean =>
  (status >= 100 && status <= 199) || status === 204 || status === 304;

const linesOf = ({fields}: Head, name: string): readonly FieldLine[] =>
  fields.filter((field) => sameFieldName(field.name, name));

const codingError = (members: readonly string[], at: number): HttpError | undefined => {
  const codings = members.map((member) => splitOutsideQuotes(member, ';'));
  if (codings.some(([name = '']) => !isToken(name))) return httpError('coding-syntax', at);
  const chunked = codings.filter(([name = '']) => sameFieldName(name, 'chunked'));
  if (chunked.length > 1) return httpError('coding-twice', at);
  if (chunked.some((parts) => parts.length > 1)) return httpError('coding-parameters', at);
  return undefined;
};

/** Returns how Transfer-Encoding delimits an HTTP message's content (rules 3 and 4); undefined without this field. */
const byTransferCoding = (head: Head, lenient: boolean): Result<Framing, HttpError> | undefined => {
  const [line] = linesOf(head, 'Transfer-Encoding');
  if (line === undefined) return undefined;
  const at = line.span.start;
  // An observer applies rule 3 literally: Transfer-Encoding overrides Content-Length. A strict reader refuses both together.
  if (!lenient && linesOf(head, 'Content-Length').length > 0) return err(httpError('length-and-coding', at));
  if (!lenient && minorVersion(head.start.version) === 0) return err(httpError('coding-1.0', at));
  const members = fieldMembers(head.fields, 'Transfer-Encoding');
  const wrong = codingError(members, at);
  if (wrong) return err(wrong);
  const codings = members.map((member) => member.toLowerCase());
  if (codings.at(-1) === 'chunked') return ok({by: 'chunked', rule: 4, codings: codings.slice(0, -1)});
  if (head.start.kind === 'request') return err(httpError('coding-not-last', at));
  return ok({by: 'close', rule: 4, codings});
};

/**
 * Returns how Content-Length delimits an HTTP message's content (rules 5 and 6); undefined without this field. The same length twice counts
 * once; other values than one number are an error.
 */
const byLength = (head: Head): Result<Framing, HttpError> | undefined => {
  const [line] = linesOf(head, 'Content-Length');
  if (line === undefined) return undefined;
  const at = line.span.start;
  const values = fieldValues(head.fields, 'Content-Length');
  const lengths = values.flatMap((value) => value.split(',').map((part) => withoutOws(part).text));
  if (lengths.some((length) => !/^\d+$/.test(length))) return err(httpError('length-syntax', at));
  const [length = ''] = lengths;
  if (lengths.some((other) => other !== length)) return err(httpError('length-differs', at));
  if (Number(length) > Number.MAX_SAFE_INTEGER) return err(httpError('length-large', at));
  return ok({by: 'length', rule: 6, length: Number(length)});
};

/**
 * Returns how an HTTP message's content is delimited. `method` is that of the request that a response answers; undefined if nobody saw it,
 * which counts as GET.
 */
export const framingOf = (head: Head, method?: string, lenient = false): Result<Framing, HttpError> => {
  const {start} = head;
  if (start.kind === 'response') {
    // The data after a 101 response belong to another protocol (RFC 9110 §15.2.2).
    if (start.status === 101) return ok({by: 'tunnel', rule: 1});
    if (method === 'HEAD' || noContentStatus(start.status)) return ok({by: 'none', rule: 1});
    if (method === 'CONNECT' && start.status >= 200 && start.status <= 299)
      return ok({by: 'tunnel', rule: 2});
  }
  const told = byTransferCoding(head, lenient) ?? byLength(head);
  if (told) return told;
  return ok(start.kind === 'request' ? {by: 'none', rule: 7} : {by: 'close', rule: 8, codings: []});
};
