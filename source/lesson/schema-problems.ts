// What zod found, as problems an author understands: which value, what is allowed there, the nearest known word.
// By name, not as z.core: of a namespace inside a namespace the bundle keeps everything, 50 locales included.
import {
  $ZodArray,
  type $ZodIssue,
  $ZodLazy,
  $ZodNullable,
  $ZodObject,
  $ZodOptional,
  $ZodRecord,
  type $ZodType,
  $ZodUnion,
} from 'zod/v4/core';
import {type PathProblem, problem, text, unknownWord} from './problem.ts';
import {mostOf, reserved, wordList} from './scalars.ts';
import type {Text} from './text.ts';

/** What is expected where a value is wrong, by the message that the schema gives. */
const phrases: {readonly [phrase: string]: Text} = {
  string: text('text, such as: hello', '文本，例如 hello'),
  name: text('a name of lower-case letters, digits and _', '由小写字母、数字和 _ 组成的名称'),
  identifier: text(
    'an id of lower-case letters, digits and -, such as time-wait',
    '由小写字母、数字和 - 组成的标识，例如 time-wait',
  ),
  duration: text(
    'a time with its unit: 350us, 10ms, 1.5s, 2m or 2h',
    '带单位的时间：350us、10ms、1.5s、2m 或 2h',
  ),
  'long duration': text('a time of 277777h at most, 31 years', '不超过 277777h（31 年）的时间'),
  'duration or off': text('a time with its unit, such as 40ms, or off', '带单位的时间（如 40ms）或 off'),
  'number or off': text('a number, or off', '数字或 off'),
  size: text('a size: 65536, 64KiB or 6MiB', '大小：65536、64KiB 或 6MiB'),
  rate: text('a rate: 64kbit, 100Mbit or 1Gbit', '速率：64kbit、100Mbit 或 1Gbit'),
  percent: text('a share such as 2.5%', '百分比，例如 2.5%'),
  'status code': text('a status code, 100 to 599', '状态码，100 到 599'),
  port: text('a port, 1 to 65535', '端口号，1 到 65535'),
  'sequence number': text('a whole number, 0 to 4294967295', '0 到 4294967295 的整数'),
  count: text('a whole number, 0 or more', '不小于 0 的整数'),
  positive: text('a whole number, 1 or more', '不小于 1 的整数'),
  minutes: text('a whole number of minutes, 1 to 60', '1 到 60 的整数（分钟）'),
  mss: text('a whole number of bytes, 1 to 65495', '1 到 65495 的整数（字节）'),
  mtu: text('a whole number of bytes, 68 to 65535', '68 到 65535 的整数（字节）'),
  'window scale': text('a shift, 0 to 14, or off', '移位数 0 到 14，或 off'),
  boolean: text('true or false', 'true 或 false'),
  true: text('true', 'true'),
  expression: text('an expression or a number', '表达式或数字'),
  rfc: text('a reference such as 9293 §3.5 or 9293 Fig. 6', 'RFC 出处，例如 9293 §3.5 或 9293 Fig. 6'),
  'rfc list': text('at least one RFC reference', '至少一个 RFC 出处'),
  host: text('a host’s name', '主机名'),
  to: text('a host and a port, such as server:80', '主机名和端口，例如 server:80'),
  between: text('two hosts: [client, server]', '两台主机：[client, server]'),
  ip: text(
    'an address, or one for each link: {near: 192.0.2.1, far: 198.51.100.1}',
    '一个地址，或每条链路一个：{near: 192.0.2.1, far: 198.51.100.1}',
  ),
  nth: text('a number or a range: 1, 2-4 or 2-', '数字或范围：1、2-4 或 2-'),
  fault: text('a fault: {drop: {from: server, nth: 1}}', '一个干扰：{drop: {from: server, nth: 1}}'),
  'record type': text('a record type: A, AAAA, NS, MX, TXT', '记录类型：A、AAAA、NS、MX、TXT'),
  'domain name': text('a domain name such as y.abc.com', '域名，例如 y.abc.com'),
  address: text('an IP address such as 192.0.2.53', 'IP 地址，例如 192.0.2.53'),
  'zone file': text(
    'the name of a file in zones/, such as abc.com.zone',
    'zones/ 里的文件名，例如 abc.com.zone',
  ),
  edns: text('a size from 512 to 65535, or off', '512 到 65535 的大小，或 off'),
  tries: text('a whole number, 1 to 1000', '1 到 1000 的整数'),
  id: text('a whole number, 0 to 65535', '0 到 65535 的整数'),
  roots: text(
    'addresses, each alone or with its name: [198.51.100.1, {a.root-servers.net: 198.51.100.1}]',
    '地址列表，可以带名字：[198.51.100.1, {a.root-servers.net: 198.51.100.1}]',
  ),
  hosts: text(
    'names with their addresses: {y.abc.com: 203.0.113.80}',
    '名字和地址：{y.abc.com: 203.0.113.80}',
  ),
  'zone records': text(
    "a record or a list of them: 'y 300 A 203.0.113.81'",
    "一条记录或一个列表：'y 300 A 203.0.113.81'",
  ),
  url: text('a URL such as http://www.example.com/', '一个 URL，例如 http://www.example.com/'),
  method: text('a method in capitals: GET, PUT, DELETE', '大写的方法名：GET、PUT、DELETE'),
  'http version': text('1.0 or 1.1', '1.0 或 1.1'),
  body: text('text, or a size such as 100B, up to 1MiB', '文本，或大小（如 100B，最多 1MiB）'),
  content: text('a whole number of bytes, 1 to 1048576', '1 到 1048576 的整数（字节）'),
  'cookie value': text('text, or a size such as 100B, up to 64KiB', '文本，或大小（如 100B，最多 64KiB）'),
  'chunk size': text('a size from 1B on, such as 100B', '大小，至少 1B，例如 100B'),
  'parallel connections': text('a whole number, 1 to 100', '1 到 100 的整数'),
  'tls version': text('1.2 or 1.3', '1.2 或 1.3'),
  'name of TLS': text('a name as the RFCs write it, such as x25519', 'RFC 里的名字，例如 x25519'),
  certificate: text(
    'good, shop, expired, wrong-name, self-signed or forged; .rsa or .ecdsa behind it for one kind of key',
    'good、shop、expired、wrong-name、self-signed 或 forged；只要一种密钥时后面加 .rsa 或 .ecdsa',
  ),
  tickets: text('true, false or a number up to 8', 'true、false 或不超过 8 的数'),
  'early data': text('true, false or a size', 'true、false 或大小'),
  path: text('a path that begins with /', '以 / 开头的路径'),
  'field name': text('the name of a header field, such as Cache-Control', '首部字段名，例如 Cache-Control'),
  'field value': text('text, a number or a list', '文本、数字或列表'),
  headers: text('fields with their values: {Cache-Control: no-store}', '字段和值：{Cache-Control: no-store}'),
  sites: text(
    'names with their routes: {www.abc.com: [{get: /}]}',
    '站点名和路由：{www.abc.com: [{get: /}]}',
  ),
  cookies: text('{from: HOST}, or names with values: {id: 7}', '{from: 主机}，或名字和值：{id: 7}'),
  'cookie name': text('a name such as JSESSIONID', '名字，例如 JSESSIONID'),
  'route session': text(
    'open, need, end, none, {login: ann, password: secret} or {need: user, otherwise: /login}',
    'open、need、end、none、{login: ann, password: secret} 或 {need: user, otherwise: /login}',
  ),
  setting: text('a value', '一个值'),
  cell: text('text, or {en: …, zh: …}', '文本，或 {en: …, zh: …}'),
  until: text(
    'quiet, a time such as 5s, or a selector such as {enters: CLOSED, host: client}',
    'quiet、时间（如 5s），或选择式（如 {enters: CLOSED, host: client}）',
  ),
  'keep-alive': text(
    'off, or {idle: 2h, interval: 75s, probes: 9}',
    'off，或 {idle: 2h, interval: 75s, probes: 9}',
  ),
  'initial window': text('10, rfc6928 or rfc5681', '10、rfc6928 或 rfc5681'),
  'congestion control': text(
    'reno, which is NewReno, and with SACK where both ends offer it; CUBIC (RFC 9438) is not modelled',
    ' reno，即 NewReno，双方都支持时用 SACK；CUBIC (RFC 9438) 没有实现',
  ),
  actor: text('an actor, such as {nat: r1, idle: 300s}', '一个角色，例如 {nat: r1, idle: 300s}'),
  goal: text('at least one selector', '至少一个选择式'),
  offer: text('at least one call or fault', '至少一个调用或干扰'),
  together: text('at least two runs', '至少两次运行'),
  format: text('format: 1', 'format: 1'),
  reset: text('reset', 'reset'),
  script: text('at least one cause', '至少一个动因'),
  beats: text('at least one beat', '至少一个段落'),
  choices: text('two to five choices', '两到五个选项'),
  distractors: text('one to four distractors', '一到四个干扰项'),
  object: text('a mapping of keys and values', '键值映射'),
  record: text('a mapping of names and values', '名称与值的映射'),
  array: text('a list', '列表'),
};

const key = text('key', '键');

/** `{en: yes, indeed}`: a comma ends a value inside braces, and what follows becomes a key without a value. */
const cutText = (given: string) =>
  problem(
    text(`“${given}” is a key without a value`, `「${given}」成了一个没有值的键`),
    text('text with a comma needs quotes inside { }', '花括号里含逗号的文本要加引号'),
  );

const lookUp = (data: unknown, path: readonly PropertyKey[]): unknown => {
  let value = data;
  for (const step of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, step)?.value;
  }
  return value;
};

/** The keys that the schema knows at this place. */
const keysAt = (schema: $ZodType, path: readonly PropertyKey[]): readonly string[] => {
  if (schema instanceof $ZodOptional || schema instanceof $ZodNullable) {
    return keysAt(schema._zod.def.innerType, path);
  }
  if (schema instanceof $ZodLazy) return keysAt(schema._zod.innerType, path);
  if (schema instanceof $ZodUnion)
    return [...new Set(schema._zod.def.options.flatMap((each) => keysAt(each, path)))];
  const [step, ...rest] = path;
  if (schema instanceof $ZodObject) {
    const {shape} = schema._zod.def;
    // What is kept for a later version is no advice.
    if (step === undefined) return Object.keys(shape).filter((name) => shape[name] !== reserved);
    const next = shape[String(step)];
    return next ? keysAt(next, rest) : [];
  }
  if (step === undefined) return [];
  if (schema instanceof $ZodArray) return keysAt(schema._zod.def.element, rest);
  if (schema instanceof $ZodRecord) return keysAt(schema._zod.def.valueType, rest);
  return [];
};

const expected = (path: PathProblem['path'], what: Text, given: unknown): PathProblem => {
  const shown = typeof given === 'string' ? given : typeof given === 'number' ? `${given}` : undefined;
  const message =
    shown === undefined
      ? text('a value of another kind is expected here', '这里需要另一种值')
      : text(`“${shown}” is not what belongs here`, `「${shown}」不能写在这里`);
  return {...problem(message, text(`write ${what.en}`, `应写${what.zh}`)), path};
};

const tooMany = (path: PathProblem['path'], most: string): PathProblem => ({
  ...problem(
    text(`more than ${most} entries stand here`, `这里超过 ${most} 项`),
    text('a lesson needs few: leave the others out', '一课用不了这么多：删去多余的'),
  ),
  path,
});

const missing = (path: PathProblem['path']): PathProblem => {
  const name = String(path.at(-1) ?? '');
  return {
    ...problem(
      text(`${name}: is missing`, `缺少 ${name}:`),
      text(`add ${name}: here`, `在这里加上 ${name}:`),
    ),
    // There is no place for what is not there: the mapping that lacks it is shown.
    path: path.slice(0, -1),
  };
};

const branchesOf = (issue: $ZodIssue): readonly (readonly $ZodIssue[])[] =>
  issue.code === 'invalid_union' ? issue.errors : [];

/** How much speaks against the branch: words that it does not know, such as the one that tells branches apart, and what it lacks. */
const misfits = (branch: readonly $ZodIssue[], given: unknown): number =>
  branch.filter(
    ({code, path}) => path.length === 1 && (code === 'invalid_value' || lookUp(given, path) === undefined),
  ).length;

const fromIssue = (schema: $ZodType, data: unknown, issue: $ZodIssue): readonly PathProblem[] => {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  const given = lookUp(data, path);
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysAt(schema, path);
    return issue.keys.map((each) => {
      const cut = lookUp(data, [...path, each]) === null && !allowed.includes(each);
      return {...(cut ? cutText(each) : unknownWord(key, each, allowed)), path: [...path, each], onKey: true};
    });
  }
  if (given === undefined && path.length > 0) return [missing(path)];
  if (issue.code === 'invalid_value') {
    const {message} = issue;
    const allowed = message.startsWith(wordList)
      ? message.slice(wordList.length).split(' ')
      : issue.values.map(String);
    if (typeof given === 'string') return [{...unknownWord(text('value', '值'), given, allowed), path}];
    return [expected(path, phrases[message] ?? text(allowed.join(', '), allowed.join('、')), given)];
  }
  if (issue.message.startsWith(mostOf)) return [tooMany(path, issue.message.slice(mostOf.length))];
  // A mapping was meant: what is wrong inside it says more than “neither of these”.
  const [inner] = branchesOf(issue)
    .filter(
      (branch) =>
        typeof given === 'object' &&
        branch.some((each) => each.path.length > 0 || each.code === 'unrecognized_keys'),
    )
    .toSorted((a, b) => misfits(a, given) - misfits(b, given));
  if (inner) {
    return inner.flatMap((each) => fromIssue(schema, data, {...each, path: [...issue.path, ...each.path]}));
  }
  const kind = issue.code === 'invalid_type' && !(issue.message in phrases) ? issue.expected : issue.message;
  return [expected(path, phrases[kind] ?? text(kind, kind), given)];
};

export const schemaProblems = (
  schema: $ZodType,
  data: unknown,
  issues: readonly $ZodIssue[],
): readonly PathProblem[] => issues.flatMap((issue) => fromIssue(schema, data, issue));
