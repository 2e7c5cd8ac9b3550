// Opens a packetdrill script as a run: parses it and plays it against the simulated TCP, up to its end or its first failure.

import {basename} from 'node:path';
import type {ScriptFailure} from '../drills/packetdrill/failure.ts';
import type {ScriptRun} from '../drills/packetdrill/run.ts';
import {readText} from '../io/files.ts';
import type {BoundBeat} from '../lesson/bound-beat.ts';
import {worded} from '../lesson/text.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {scriptFails} from '../words/catalogue/capture-errors.ts';
import {shell, shellFile} from '../words/written.ts';
import type {Failure} from './command.ts';
import {fileFailure, lessonFailure} from './lesson-failure.ts';
import type {Opened} from './opened.ts';
import type {Budget} from './options.ts';

/** The wishes for a packetdrill run. `profile` is used instead of the one that the script names. */
type ScriptWish = Budget & {readonly profile: ProfileName | undefined};

export const runScriptFile = async (
  file: string,
  {profile, ...budget}: ScriptWish,
): Promise<Result<ScriptRun, Failure>> => {
  const source = readText(file);
  if (!source.ok) return err(fileFailure(file, source.error));
  const {parseScript} = await import('../drills/packetdrill/parse.ts');
  const script = parseScript(source.value);
  if (!script.ok) return err(lessonFailure({...script.error, file}));
  const {runScript} = await import('../drills/packetdrill/run.ts');
  const named = profile === undefined ? {} : {profile};
  return ok(runScript(script.value, {source: basename(file), ...named, ...budget}));
};

/** Returns an expectation that a packetdrill script's run did not meet as a command-line error, with the differing packets below it. */
export const scriptFailure = async (file: string, failure: ScriptFailure): Promise<Failure> => {
  const {packetLines} = await import('../drills/packetdrill/failure.ts');
  return {...lessonFailure({...failure, file}), more: packetLines(failure)};
};

/** Returns the beat at the end of a packetdrill run that tells why the script failed. */
const failureBeat = async (failure: ScriptFailure, event: number): Promise<BoundBeat> => {
  const {wholeMessage} = await import('../drills/packetdrill/failure.ts');
  const say = worded(scriptFails, {line: failure.position.line, message: wholeMessage(failure)});
  const nothing = {note: undefined, myth: undefined, card: undefined, panels: undefined, show: []};
  return {kind: 'narration', index: 0, event, say, ...nothing};
};

/**
 * Opens the run of a packetdrill script up to its failure, if there is one. If it failed before the first event, only the failure is
 * returned.
 */
export const openScript = async (file: string, wish: ScriptWish): Promise<Result<Opened, Failure>> => {
  const {profile} = wish;
  const run = await runScriptFile(file, wish);
  if (!run.ok) return run;
  const {trace, failure} = run.value;
  const told = failure && (await scriptFailure(file, failure));
  if (told !== undefined && trace.length === 0) return err(told);
  return ok({
    argument:
      profile === undefined ? shellFile(file) : shell`${shellFile(file)} --profile ${shell.text(profile)}`,
    source: trace.header.source,
    title: undefined,
    runTitle: undefined,
    runName: undefined,
    trace,
    beats: failure === undefined ? [] : [await failureBeat(failure, trace.length)],
    replay: undefined,
    warning: undefined,
    failure: told,
  });
};
