// A server's sessions: what it keeps about a user, found by an id that only this user's cookie has (RFC 6265 §8.4).
import {Table} from '../../wire/table.ts';
import type {ProgramEnv} from '../program.ts';

export type Session = {
  readonly id: string;
  readonly user?: string;
  readonly createdUs: number;
  /** The time of the last request that used the session. */
  readonly usedUs: number;
  readonly requests: number;
};

export type Sessions = {readonly live: Table<Session>; readonly made: number};

export const noSessions: Sessions = {live: Table.empty(), made: 0};

/**
 * Returns a session id of 128 bits that nobody can guess, written as by servlet containers. It depends on the time, because the count `nth`
 * restarts at 0 after a reboot.
 */
const newId = (env: ProgramEnv, nth: number): string =>
  [0, 1, 2, 3]
    .map((word) => env.chance('session', env.nowUs, nth, word).toString(16).padStart(8, '0'))
    .join('')
    .toUpperCase();

export const createSession = (
  {live, made}: Sessions,
  env: ProgramEnv,
  user?: string,
): {readonly sessions: Sessions; readonly session: Session} => {
  const session: Session = {
    id: newId(env, made),
    ...(user === undefined ? {} : {user}),
    createdUs: env.nowUs,
    usedUs: env.nowUs,
    requests: 1,
  };
  return {sessions: {live: live.with(session.id, session), made: made + 1}, session};
};

/** Returns the server's sessions after a request that used one of them: its idle time restarts and its requests are counted. */
export const useSession = (sessions: Sessions, session: Session, nowUs: number): Sessions => ({
  ...sessions,
  live: sessions.live.with(session.id, {...session, usedUs: nowUs, requests: session.requests + 1}),
});

export const endSession = (sessions: Sessions, id: string): Sessions => ({
  ...sessions,
  live: sessions.live.without(id),
});

/** Returns the sessions without those that nobody has used for `idleUs`, and the expired ones. */
export const expireSessions = (
  sessions: Sessions,
  idleUs: number,
  nowUs: number,
): {readonly sessions: Sessions; readonly expired: readonly Session[]} => {
  const expired = [...sessions.live.values()].filter(({usedUs}) => nowUs - usedUs >= idleUs);
  return {sessions: expired.reduce((left, {id}) => endSession(left, id), sessions), expired};
};
