// Checks and reads the values of HTTP in lesson files: URLs, header fields, contents.
import * as z from 'zod/mini';
import {isHttp} from '../../sim/app-name.ts';
import {canonicalHost} from '../../wire/http/cookie-match.ts';
import type {Field} from '../../wire/http/field-lines.ts';
import {isFieldContent, withoutOws} from '../../wire/http/grammar.ts';
import {type HttpUrl, readHttpUrl} from '../../wire/http/uri.ts';
import {parseIpAddress} from '../../wire/ip-address.ts';
import {httpScalarsSentences} from '../../words/catalogue/lesson.ts';
import {problemWith} from '../problem.ts';
import type {Path} from '../problems.ts';
import {bytesOf} from '../quantity.ts';
import {expects, type Phrase, shaped, size, string, whole} from '../scalars.ts';

import type {Place, RunningApp} from '../vocabulary.ts';

export const url = shaped(/^\S+$/, 'url');
export const method = shaped(/^[A-Z]+$/, 'method');
/** The schema of an HTTP version; YAML reads an unquoted 1.0 as the number 1. */
export const version = z.union(
  [z.literal(1), z.literal(1.1), z.enum(['1.0', '1.1'])],
  expects('http version'),
);
/** The most octets of made-up HTTP content in a lesson; more would show nothing new. */
const mostContentBytes = 2 ** 20;
/** The most octets of a cookie, far more than clients keep (RFC 6265 §6.1), so that a lesson can show that. */
const mostCookieBytes = 2 ** 16;

/** A schema that accepts a text, or a size of at most `most` octets. */
const sized = (most: number, phrase: Phrase) =>
  z.union([z.string(), z.int().check(z.gte(0))], expects(phrase)).check(
    z.refine((given) => {
      const asked = readBody(given);
      return typeof asked === 'string' || asked.bytes <= most;
    }, expects(phrase)),
  );

export const body = sized(mostContentBytes, 'body');
export const contentBytes = whole(1, mostContentBytes, 'content');
export const cookieValue = sized(mostCookieBytes, 'cookie value');
export const chunkSize = z
  .union([size], expects('chunk size'))
  .check(z.refine((given) => bytesOf(given) > 0, expects('chunk size')));
/** Tells whether a Content-Length in a lesson, which may promise more than there is, is within the limit. */
export const isContentLength = (length: number): boolean => length <= mostContentBytes;

/** The schema of an HTTP field's name, which is a token (RFC 9110 §5.6.2), and of a cookie's name. */
export const fieldName = shaped(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'field name');
const fieldValue = z.union([z.string(), z.number(), z.array(string)], expects('field value'));
/** The schema of HTTP header fields by name; a field with several values gives a line for each. */
export const headers = z.record(fieldName, fieldValue, expects('headers'));
/** The schema of a request's header fields. Null omits a field that the client would send by itself. */
export const requestHeaders = z.record(
  fieldName,
  z.union([fieldValue, z.null()], expects('field value')),
  expects('headers'),
);

type Headers = z.infer<typeof headers>;

/** Returns the valid HTTP header fields of a lesson; the others are reported. */
export const readHeaders = (given: Headers, path: Path, {problems}: Place): readonly Field[] =>
  Object.entries(given).flatMap(([name, values]) =>
    [values].flat().flatMap((each) => {
      const value = `${each}`;
      if (isFieldContent(value) && withoutOws(value).text === value) return [{name, value}];
      problems.add([...path, name], problemWith(httpScalarsSentences.readHeaders, {name}));
      return [];
    }),
  );

const sizeForm = /^\d{1,9}(B|kB|KiB|MB|MiB)$/;

/** Reads HTTP content of a lesson: a text, or (for a number or a text that is a size) that many octets of made-up content. */
export const readBody = (given: string | number): string | {readonly bytes: number} =>
  typeof given === 'string' && !sizeForm.test(given) ? given : {bytes: bytesOf(given)};

const isServer = ({spec}: RunningApp): boolean => isHttp(spec) && spec.spec.role === 'server';

/**
 * Tells whether a browser can find the host of a URL: it is an address, a host or a server's site, or there is just one server, or DNS that
 * can be asked.
 */
const isKnown = ({host}: HttpUrl, {names: {hosts, apps = []}, problems}: Place): boolean => {
  const literal = parseIpAddress(canonicalHost(host)).ok;
  if (literal || hosts.includes(host)) return true;
  const servers = apps.flatMap(({spec}) =>
    isHttp(spec) && spec.spec.role === 'server' ? [spec.spec.settings] : [],
  );
  const serving = new Set(
    apps.flatMap((app) => (isServer(app) && app.inNameOf === undefined ? [app.host] : [])),
  );
  return (
    serving.size === 1 ||
    servers.some(({virtualHosts = []}) => virtualHosts.some((site) => site.host === host)) ||
    apps.some(({spec}) => spec.app === 'dns') ||
    // If the lesson's `apps` cannot be read, the host of the URL may exist, so it is not reported.
    problems.found.some((each) => each.path.includes('apps'))
  );
};

/** Tells whether a URL in a lesson can be requested; if not, reports the problem. */
export const checkUrl = (given: string, path: Path, place: Place): boolean => {
  const read = readHttpUrl(given);
  if (!read) place.problems.add(path, problemWith(httpScalarsSentences.noUrl, {given}));
  else if (!isKnown(read, place))
    place.problems.add(path, problemWith(httpScalarsSentences.nobody, {name: read.host}));
  else return true;
  return false;
};
