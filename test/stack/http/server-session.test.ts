// What a request has to do with sessions, apart from any connection. Oracles: RFC 6265 §3, §4.1, §8.4 and the form encoding of HTML.
import {describe, expect, test} from 'vitest';
import type {RouteSession} from '../../../source/stack/http/route.ts';
import {type Admission, admit} from '../../../source/stack/http/server-session.ts';
import {noSessions, type Sessions} from '../../../source/stack/http/sessions.ts';
import type {Head} from '../../../source/wire/http/framing.ts';
import {messagesOf} from '../../../source/wire/http/message.ts';
import {feed, requestParser} from '../../../source/wire/http/parser.ts';
import type {RequestLine} from '../../../source/wire/http/start-line.ts';
import {encodeUtf8} from '../../../source/wire/utf8.ts';

const headOf = (fields: readonly string[]): Head<RequestLine> => {
  const text = ['POST /login HTTP/1.1', 'Host: a', 'Content-Length: 0', ...fields, '', ''].join('\r\n');
  const [message] = messagesOf(feed(requestParser(), encodeUtf8(text)).parts).messages;
  if (message?.head.start.kind !== 'request') throw new Error(text);
  const {start} = message.head;
  return {...message.head, start};
};

type Asked = {
  readonly cookies?: readonly string[];
  readonly form?: string;
  readonly atUs?: number;
  readonly secure?: boolean;
};

const ask = (
  before: Sessions,
  rule: RouteSession,
  {cookies = [], form = '', atUs = 0, secure = false}: Asked = {},
): Admission => {
  const env = {
    nowUs: atUs,
    addresses: [],
    chance: (...keys: readonly (string | number)[]) =>
      keys.reduce<number>((sum, key) => sum + Number(key) || 1, 0),
  };
  const request = {head: headOf(cookies.map((each) => `Cookie: ${each}`)), content: encodeUtf8(form)};
  return admit(before, request, {rule, settings: {cookie: 'SID', idleUs: 1000}, secure, env});
};

const said = ({notes}: Admission): readonly string[] =>
  notes.map(({note}) => (note.kind === 'session' ? `${note.op} ${note.live}` : note.kind));

const open: RouteSession = {kind: 'open'};
const login: RouteSession = {kind: 'login', user: 'ann lee', password: 'a=b&c'};
const form = 'x=1&user=ann+lee&password=a%3Db%26c&user=bob';
const need = (user: boolean): RouteSession => ({kind: 'need', ...(user && {user})});
const end: RouteSession = {kind: 'end'};

const started = ask(noSessions, open);
const [id = ''] = [...started.sessions.live.keys()];

describe('a session', () => {
  test('begins with the first visit, and its cookie says so', () => {
    expect(said(started)).toEqual(['created 1']);
    expect(id).toMatch(/^[0-9A-F]{32}$/);
    expect(started.setCookie).toBe(`SID=${id}; Path=/; HttpOnly; SameSite=Lax`);
    expect(ask(noSessions, open, {secure: true}).setCookie).toContain('; Secure');
  });

  test('is found by its cookie alone, wherever that stands among others', () => {
    for (const cookies of [
      [`SID=${id}`],
      [`a=b; SID=${id}; c=d`],
      ['a=b', `SID=${id}`],
      [`SID=old; SID=${id}`],
    ]) {
      const again = ask(started.sessions, open, {cookies, atUs: 5});
      expect(said(again)).toEqual(['found 1']);
      expect(again.setCookie).toBeUndefined();
      expect(again.sessions.live.get(id)).toMatchObject({createdUs: 0, usedUs: 5, requests: 2});
    }
    for (const cookies of [[`sid=${id}`], [`OTHER=${id}`], []])
      expect(said(ask(started.sessions, need(false), {cookies}))).toEqual([]);
  });

  test('that nobody knows is told once, and a new one begins', () => {
    const lost = ask(noSessions, open, {cookies: ['SID=x; SID=y']});
    expect(said(lost)).toEqual(['unknown 0', 'created 1']);
    expect(lost.notes[0]?.note).toMatchObject({id: 'x'});
  });

  test('ends where it has been idle for as long as it may, and not before', () => {
    const cookies = [`SID=${id}`];
    expect(said(ask(started.sessions, open, {cookies, atUs: 999}))).toEqual(['found 1']);
    expect(said(ask(started.sessions, open, {cookies, atUs: 1000}))).toEqual([
      'expired 0',
      'unknown 0',
      'created 1',
    ]);
  });

  test('ends when it is told to: the cookie is taken back', () => {
    const ended = ask(started.sessions, end, {cookies: [`SID=${id}`]});
    expect(said(ended)).toEqual(['found 1', 'ended 0']);
    expect(ended.setCookie).toBe('SID=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax');
    expect(ended.sessions.live.size).toBe(0);
    expect(ask(noSessions, end)).toEqual({sessions: noSessions, notes: []});
  });
});

describe('a login', () => {
  const cookies = [`SID=${id}`];

  test('takes the first user and password of the form, decoded', () => {
    const {denied, sessions, notes} = ask(noSessions, login, {form});
    expect(denied).toBeUndefined();
    expect([...sessions.live.values()]).toMatchObject([{user: 'ann lee'}]);
    expect(notes).toHaveLength(1);
  });

  test.each([
    '',
    'user=ann+lee',
    'password=a%3Db%26c',
    'user=ann+lee&password=wrong',
    'user=bob&password=a%3Db%26c',
    'user=annlee&password=a%3Db%26c',
    'user=ann+lee;password=a%3Db%26c',
  ])('of «%s» is wrong', (given) => {
    const {denied, sessions} = ask(started.sessions, login, {form: given, cookies});
    expect(denied).toBe('wrong');
    expect(sessions.live.has(id)).toBe(true);
  });

  test('a value may have = in it', () => {
    const rule: RouteSession = {kind: 'login', user: 'ann', password: 'a=b=c'};
    expect(ask(noSessions, rule, {form: 'user=ann&password=a=b=c'}).denied).toBeUndefined();
  });

  test('ends the session of before: whoever had planted its id is not logged in with it (§8.4)', () => {
    const {sessions, notes, setCookie} = ask(started.sessions, login, {form, cookies, atUs: 7});
    expect(notes.map(({note}) => (note.kind === 'session' ? note.op : ''))).toEqual([
      'found',
      'ended',
      'created',
    ]);
    expect(sessions.live.has(id)).toBe(false);
    const [other] = [...sessions.live.keys()];
    expect(setCookie).toContain(`SID=${other}`);
    const next = {cookies: [`SID=${other}`], atUs: 8};
    expect(ask(sessions, need(true), next).denied).toBeUndefined();
  });

  test('is what some pages need, any session what others do', () => {
    const denials = [false, true].map((user) => [
      ask(noSessions, need(user)).denied,
      ask(started.sessions, need(user), {cookies}).denied,
    ]);
    expect(denials).toEqual([
      ['session', undefined],
      ['session', 'session'],
    ]);
  });
});
