// Runs scripts against the real stack in tests.

import {wholeMessage} from '../../../source/drills/packetdrill/failure.ts';
import {parseScript} from '../../../source/drills/packetdrill/parse.ts';
import {runScript, type ScriptRun} from '../../../source/drills/packetdrill/run.ts';
import type {Script} from '../../../source/drills/packetdrill/script.ts';
import type {ProfileName} from '../../../source/stack/tcp/settings.ts';

export const parsed = (source: string): Script => {
  const script = parseScript(source);
  if (!script.ok) {
    const {position, message} = script.error;
    throw new Error(`${position.line}:${position.column}: ${message.en}`);
  }
  return script.value;
};

export const run = (script: Script, profile?: ProfileName, mostEvents?: number): ScriptRun =>
  runScript(script, {
    ...(profile === undefined ? {} : {profile}),
    ...(mostEvents === undefined ? {} : {mostEvents}),
  });

/** `12:1: message`, or `pass`. */
export const verdict = (source: string): string => {
  const {failure} = run(parsed(source));
  return failure === undefined
    ? 'pass'
    : `${failure.position.line}:${failure.position.column}: ${wholeMessage(failure).en}`;
};

/** What is told of a call that returns at another time than the script says. */
export const returnAt = (name: string, actual: string) => ({
  says: 'drills-packetdrill.packetdrillFailureSentences.timeFault.message',
  what: {says: 'drills-packetdrill.packetdrillPendingCallSentences.callFault.what', name},
  actual,
});
