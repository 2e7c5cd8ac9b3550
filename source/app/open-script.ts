// Opens a packetdrill script as a run: it is read and played against the stack up to its failure, if there is one.

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

/** `profile` replaces the profile whose settings the script names. */
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

/** Returns a failed expectation as the error of the command line, with the packets that differ below it. */
export const scriptFailure = async (file: string, failure: ScriptFailure): Promise<Failure> => {
  const {packetLines} = await import('../drills/packetdrill/failure.ts');
  return {...lessonFailure({...failure, file}), more: packetLines(failure)};
};

/** Returns the last beat, which tells where the script failed. */
const failureBeat = async (failure: ScriptFailure, event: number): Promise<BoundBeat> => {
  const {wholeMessage} = await import('../drills/packetdrill/failure.ts');
  const say = worded(scriptFails, {line: failure.position.line, message: wholeMessage(failure)});
  const nothing = {note: undefined, myth: undefined, card: undefined, panels: undefined, show: []};
  return {kind: 'narration', index: 0, event, say, ...nothing};
};

/** Opens what happened up to the failure, if there was one. If nothing happened, only the failure is reported. */
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
