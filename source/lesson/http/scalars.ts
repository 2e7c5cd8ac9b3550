// What lessons write of HTTP: URLs, header fields, contents, and what is wrong with them.
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
/** YAML reads 1.0 as the number 1. */
export const version = z.union(
  [z.literal(1), z.literal(1.1), z.enum(['1.0', '1.1'])],
  expects('http version'),
);
/** Programs make such contents up octet by octet: more than this shows nothing new. */
const mostContentBytes = 2 ** 20;
/** Far beyond what clients keep (RFC 6265 §6.1), so that this can be shown. */
const mostCookieBytes = 2 ** 16;

/** Text, or a size in octets. */
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
/** Of a Content-Length that promises more than there is. */
export const isContentLength = (length: number): boolean => length <= mostContentBytes;

/** A token (RFC 9110 §5.6.2), as a cookie’s name is one, too. */
export const fieldName = shaped(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'field name');
const fieldValue = z.union([z.string(), z.number(), z.array(string)], expects('field value'));
/** Several values: a line for each. */
export const headers = z.record(fieldName, fieldValue, expects('headers'));
/** Null: without this field, which the client would send of itself. */
export const requestHeaders = z.record(
  fieldName,
  z.union([fieldValue, z.null()], expects('field value')),
  expects('headers'),
);

type Headers = z.infer<typeof headers>;

/** Those that a message may have; the others have been reported. */
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

/** A number, or text that is a size, stands for so many octets. */
export const readBody = (given: string | number): string | {readonly bytes: number} =>
  typeof given === 'string' && !sizeForm.test(given) ? given : {bytes: bytesOf(given)};

const isServer = ({spec}: RunningApp): boolean => isHttp(spec) && spec.spec.role === 'server';

/**
 * A browser finds hosts of the lesson by their names and servers by their sites; any other name is that of the one
 * server there is, or is left to DNS.
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
    // Of applications that cannot be read there is no telling.
    problems.found.some((each) => each.path.includes('apps'))
  );
};

/** false: it cannot be asked for, which has been reported. */
export const checkUrl = (given: string, path: Path, place: Place): boolean => {
  const read = readHttpUrl(given);
  if (!read) place.problems.add(path, problemWith(httpScalarsSentences.noUrl, {given}));
  else if (!isKnown(read, place))
    place.problems.add(path, problemWith(httpScalarsSentences.nobody, {name: read.host}));
  else return true;
  return false;
};
