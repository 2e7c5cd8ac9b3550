// Runs scripts against the real stack in tests.

import {parseScript} from '../../../source/lesson/packetdrill/parse.ts';
import {runScript, type ScriptRun} from '../../../source/lesson/packetdrill/run.ts';
import type {Script, ScriptProfile} from '../../../source/lesson/packetdrill/script.ts';
import {profiles} from '../../../source/stack/tcp/profiles.ts';
import type {ProfileName, TcpSettings} from '../../../source/stack/tcp/settings.ts';
import {emptyTcp, tcpStep} from '../../../source/stack/tcp/tcp.ts';

const isProfile = (name: string): name is ProfileName => name in profiles;

/** A stack without a FreeBSD profile of its own stands in with Linux's and the numbers that scripts ask for. */
const standIn: TcpSettings = {
  ...profiles.linux,
  rcvBufferBytes: 65_536,
  windowScale: 6,
  synLinearTimeouts: 0,
};

const profileOf = (wanted: ScriptProfile): {name: ProfileName; tcp: TcpSettings} =>
  isProfile(wanted) ? {name: wanted, tcp: profiles[wanted]} : {name: 'linux', tcp: standIn};

export const parsed = (source: string): Script => {
  const script = parseScript(source);
  if (!script.ok) {
    const {position, message} = script.error;
    throw new Error(`${position.line}:${position.column}: ${message.en}`);
  }
  return script.value;
};

export const run = (script: Script, profile?: ScriptProfile): ScriptRun =>
  runScript(script, {
    stack: {empty: emptyTcp, step: tcpStep},
    profileOf,
    ...(profile === undefined ? {} : {profile}),
  });

/** `12:1: message`, or `pass`. */
export const verdict = (source: string): string => {
  const {failure} = run(parsed(source));
  return failure === undefined
    ? 'pass'
    : `${failure.position.line}:${failure.position.column}: ${failure.message.en}`;
};
