// Handles the user session of an HTTP request: finds it by its cookie, makes, requires or ends it (RFC 6265 §3, §8.4).
import {fieldValues} from '../../wire/http/field-lines.ts';
import type {Head} from '../../wire/http/framing.ts';
import {percentDecode} from '../../wire/http/percent.ts';
import {readCookieField, writeSetCookie} from '../../wire/http/set-cookie.ts';
import type {RequestLine} from '../../wire/http/start-line.ts';
import {decodeUtf8} from '../../wire/utf8.ts';
import type {ProgramEnv} from '../program.ts';
import type {HttpNote} from './note.ts';
import type {RouteSession} from './route.ts';
import type {HttpRuleId} from './rules.ts';
import type {SessionSettings} from './server-settings.ts';
import {
  createSession,
  endSession,
  expireSessions,
  type Session,
  type Sessions,
  useSession,
} from './sessions.ts';

export type Told = {readonly note: HttpNote; readonly because: HttpRuleId};

/**
 * The result of handling a request's session. `denied`: undefined if the request may have the resource, `session` if it has no suitable
 * session, `wrong` if user name or password are wrong.
 */
export type Admission = {
  readonly sessions: Sessions;
  readonly notes: readonly Told[];
  /** The value of Set-Cookie for the reply; absent if the cookie does not change. */
  readonly setCookie?: string;
  readonly denied?: 'session' | 'wrong';
};

type Request = {readonly head: Head<RequestLine>; readonly content: Uint8Array};

/**
 * The settings for a request's session; `secure` means that the server uses TLS, so that the cookie gets the Secure attribute
 * (RFC 6265 §4.1.2.5).
 */
type Access = {readonly settings: SessionSettings; readonly secure: boolean; readonly env: ProgramEnv};

const idsOf = ({fields}: Head<RequestLine>, cookie: string): readonly string[] =>
  fieldValues(fields, 'Cookie')
    .flatMap(readCookieField)
    .filter(({name}) => name === cookie)
    .map(({value}) => value);

const told = (
  op: Extract<HttpNote, {kind: 'session'}>['op'],
  {id, user}: Pick<Session, 'id' | 'user'>,
  {live}: Sessions,
): HttpNote => ({kind: 'session', op, id, ...(user === undefined ? {} : {user}), live: live.size});

/** Returns the Set-Cookie value for a session. Without an expiry the cookie lives as long as the browser; `maxAgeS: 0` deletes it. */
const cookieText = (
  {settings, secure}: Pick<Access, 'settings' | 'secure'>,
  value: string,
  maxAgeS?: number,
): string => {
  const name = settings.cookie;
  const written = writeSetCookie({
    name,
    value,
    ...(maxAgeS === undefined ? {} : {maxAgeS}),
    path: '/',
    secure,
    httpOnly: true,
    sameSite: 'Lax',
  });
  return written.ok ? written.value : `${name}=${value}`;
};

/** Returns a value of a form as browsers send it (application/x-www-form-urlencoded); undefined if the form has no such field. */
const formValue = (content: Uint8Array, name: string): string | undefined => {
  const pairs = decodeUtf8(content)
    .split('&')
    .map((pair) => {
      const [key, ...value] = pair.split('=').map((part) => percentDecode(part.replaceAll('+', ' ')));
      return {key, value: value.join('=')};
    });
  return pairs.find(({key}) => key === name)?.value;
};

const made = (
  before: Sessions,
  env: ProgramEnv,
  {access, user, because}: {access: Pick<Access, 'settings' | 'secure'>; user?: string; because: HttpRuleId},
): Admission => {
  const {sessions, session} = createSession(before, env, user);
  return {
    sessions,
    notes: [{note: told('created', session, sessions), because}],
    setCookie: cookieText(access, session.id),
  };
};

type Lookup = {readonly sessions: Sessions; readonly notes: readonly Told[]; readonly session?: Session};

/**
 * Removes the sessions that have been idle too long, then finds the session whose id the request's cookie contains. Each request restarts
 * its session's idle time.
 */
const lookUp = (
  before: Sessions,
  head: Head<RequestLine>,
  settings: SessionSettings,
  nowUs: number,
): Lookup => {
  const {sessions, expired} = expireSessions(before, settings.idleUs, nowUs);
  const gone = expired.map(
    (session): Told => ({note: told('expired', session, sessions), because: '6265:8.4/session/expired'}),
  );
  const ids = idsOf(head, settings.cookie);
  const session = ids.map((id) => sessions.live.get(id)).find((each) => each !== undefined);
  if (session) {
    const used = useSession(sessions, session, nowUs);
    const found: Told = {note: told('found', session, used), because: '6265:3/session/found'};
    return {sessions: used, notes: [...gone, found], session};
  }
  const unknown = ids
    .slice(0, 1)
    .map((id): Told => ({note: told('unknown', {id}, sessions), because: '6265:3/session/unknown'}));
  return {sessions, notes: [...gone, ...unknown]};
};

const logIn = (
  {sessions, notes, session}: Lookup,
  {content}: Request,
  {rule, ...access}: Access & {readonly rule: Extract<RouteSession, {kind: 'login'}>},
): Admission => {
  const right = formValue(content, 'user') === rule.user && formValue(content, 'password') === rule.password;
  if (!right) return {sessions, notes, denied: 'wrong'};
  // A login gives the session a new id, so that nobody who knew the old id or planted it is logged in with it.
  const left = session ? endSession(sessions, session.id) : sessions;
  const ended = session
    ? [{note: told('ended', session, left), because: '6265:8.4/session/login'} as const]
    : [];
  const login = made(left, access.env, {access, user: rule.user, because: '6265:8.4/session/login'});
  return {...login, notes: [...notes, ...ended, ...login.notes]};
};

export const admit = (
  before: Sessions,
  request: Request,
  {rule, ...access}: Access & {readonly rule: RouteSession},
): Admission => {
  const {settings, env} = access;
  const lookup = lookUp(before, request.head, settings, env.nowUs);
  const {sessions, notes, session} = lookup;
  switch (rule.kind) {
    case 'open': {
      if (session) return {sessions, notes};
      const created = made(sessions, env, {access, because: '6265:3/session/created'});
      return {...created, notes: [...notes, ...created.notes]};
    }
    case 'login':
      return logIn(lookup, request, {rule, ...access});
    case 'need': {
      const enough = session !== undefined && (!rule.user || session.user !== undefined);
      return enough ? {sessions, notes} : {sessions, notes, denied: 'session'};
    }
    case 'end': {
      if (!session) return {sessions, notes};
      const left = endSession(sessions, session.id);
      const ended: Told = {note: told('ended', session, left), because: '6265:8.4/session/ended'};
      return {sessions: left, notes: [...notes, ended], setCookie: cookieText(access, '', 0)};
    }
  }
};
