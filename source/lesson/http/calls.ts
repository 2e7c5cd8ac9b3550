// Reads the calls by which a lesson controls a browser, such as `get` and `open`.
import * as z from 'zod/mini';
import type {Action, AppAction} from '../../sim/action.ts';
import {given} from '../../sim/given.ts';
import {sameFieldName} from '../../wire/http/field-lines.ts';
import {httpCallsSentences} from '../../words/catalogue/lesson.ts';
import {problemWith} from '../problem.ts';
import {boolean, expects, host, name, string} from '../scalars.ts';

import {type Construct, construct, type Place, type Taker, takenBy} from '../vocabulary.ts';
import {versionOf} from './apps.ts';
import {
  body,
  checkUrl,
  contentBytes,
  method,
  readBody,
  readHeaders,
  requestHeaders,
  url,
  version,
} from './scalars.ts';

const browser: Taker = {
  written: () => 'http: {browser: {}}',
  takes: ({app, spec}) => app === 'http' && spec.role === 'client',
  besides: {
    app: 'http',
    problem: (who) => problemWith(httpCallsSentences.browser.besides.problem, {who}),
  },
};

/** The schema of a request's cookies: values by name, or the host whose browser they are copied from. */
const cookies = z.union([z.strictObject({from: host}), z.record(string, string)], expects('cookies'));

const requestKeys = {
  url,
  headers: z.optional(requestHeaders),
  cookies: z.optional(cookies),
  version: z.optional(version),
  as: z.optional(name),
};

type RequestFile = z.infer<z.ZodMiniObject<typeof requestKeys>>;

/** Reads the header fields of a request in a lesson: those to send, and those to omit (null), which only Host may be. */
const readFields = (data: RequestFile['headers'], place: Place) => {
  const path = [...place.path, 'headers'];
  const entries = Object.entries(data ?? {});
  const without = entries.flatMap(([field, value]) => (value === null ? [field] : []));
  for (const field of without)
    if (!sameFieldName(field, 'Host'))
      place.problems.add([...path, field], problemWith(httpCallsSentences.onlyHost, {field}));
  const sent = entries.flatMap(([field, value]) => (value === null ? [] : [[field, value] as const]));
  const fields = readHeaders(Object.fromEntries(sent), path, place);
  return {
    ...(fields.length === 0 ? {} : {headers: fields}),
    ...(without.length === 0 ? {} : {omitHost: true as const}),
  };
};

const readCookies = (data: RequestFile['cookies'], {path, names, problems}: Place) => {
  if (data === undefined) return {};
  const {from} = data;
  if (from === undefined || Object.keys(data).length > 1) {
    const pairs = Object.entries(data).map(([cookie, value]) => `${cookie}=${value}`);
    return {cookies: pairs.join('; ')};
  }
  problems.host([...path, 'cookies', 'from'], from, names.hosts);
  return {cookiesFrom: from};
};

/** Reads an HTTP request of a lesson; undefined if it has a problem, which is then reported. */
const readRequest = (data: RequestFile, place: Place) => {
  const before = place.problems.found.length;
  checkUrl(data.url, [...place.path, 'url'], place);
  const request = {
    url: data.url,
    ...readFields(data.headers, place),
    ...readCookies(data.cookies, place),
    ...given({version: data.version === undefined ? undefined : versionOf(data.version), as: data.as}),
  };
  return place.problems.found.length > before ? undefined : request;
};

const contentKeys = {
  body: z.optional(body),
  bytes: z.optional(contentBytes),
  type: z.optional(string),
};

/** Returns made-up content of this many octets, as a server sends it: rows of one letter each, in which a lost or doubled row shows. */
const madeUp = (bytes: number): string =>
  Array.from({length: bytes}, (_, at) =>
    at % 64 === 63 ? '\n' : String.fromCharCode(0x61 + (Math.floor(at / 64) % 26)),
  ).join('');

type ContentFile = z.infer<z.ZodMiniObject<typeof contentKeys>>;

const readContent = ({body: content, bytes, type}: ContentFile) => {
  const asked = bytes === undefined ? readBody(content ?? '') : {bytes};
  return {
    body: typeof asked === 'string' ? asked : madeUp(asked.bytes),
    ...given({type}),
  };
};

/**
 * Turns the field `Expect: 100-continue` of a request into the setting `expect`, because a client with it waits before sending its content.
 */
const withExpectation = <R extends NonNullable<ReturnType<typeof readRequest>>>(request: R) => {
  const {headers: fields = [], ...rest} = request;
  const isExpect = (field: (typeof fields)[number]): boolean =>
    sameFieldName(field.name, 'Expect') && field.value.toLowerCase() === '100-continue';
  const left = fields.filter((field) => !isExpect(field));
  return {
    ...rest,
    ...(left.length === 0 ? {} : {headers: left}),
    ...(left.length === fields.length ? {} : {expect: true as const}),
  };
};

/**
 * The keys of a lesson's call `get`. `raw` is sent as it is in place of the request; `earlyData` sends the request as early data of TLS
 * 1.3.
 */
const getKeys = {...requestKeys, raw: z.optional(string), earlyData: z.optional(boolean)};

const get = takenBy(
  browser,
  construct(getKeys, ({raw, earlyData, ...data}, place): AppAction | undefined => {
    const request = readRequest(data, place);
    return (
      request && {
        call: 'get',
        ...request,
        ...given({raw}),
        ...(earlyData === true ? {earlyData} : {}),
      }
    );
  }),
);

const post = takenBy(
  browser,
  construct({...requestKeys, ...contentKeys}, (data, place): AppAction | undefined => {
    const request = readRequest(data, place);
    return request && {call: 'post', ...withExpectation(request), ...readContent(data)};
  }),
);

const request = takenBy(
  browser,
  construct({method, ...requestKeys, ...contentKeys}, (data, place): AppAction | undefined => {
    const read = readRequest(data, place);
    const content = data.body === undefined && data.bytes === undefined ? {} : readContent(data);
    return read && {call: 'request', method: data.method, ...withExpectation(read), ...content};
  }),
);

const open = takenBy(
  browser,
  construct({url, as: z.optional(name)}, ({url: asked, as}, place): AppAction | undefined =>
    checkUrl(asked, [...place.path, 'url'], place) ? {call: 'open', url: asked, ...given({as})} : undefined,
  ),
);

const pipeline = takenBy(
  browser,
  construct({urls: z.array(url), as: z.optional(name)}, ({urls, as}, place): AppAction | undefined => {
    const known = urls.filter((each, index) => checkUrl(each, [...place.path, 'urls', index], place));
    return known.length === urls.length ? {call: 'pipeline', urls, ...given({as})} : undefined;
  }),
);

const closeBrowser = takenBy(
  browser,
  construct({}, (): AppAction => ({call: 'closeBrowser'})),
);

export const httpCalls: {readonly [call: string]: Construct<Action>} = {
  get,
  post,
  request,
  open,
  pipeline,
  closeBrowser,
};
