// Reads a replay script for the DNS resolver (.rpl), and runs it against the simulated resolver.

import type {ReplayFailure} from '../drills/rpl/failure.ts';
import {readText} from '../io/files.ts';
import {err, ok, type Result} from '../wire/result.ts';
import type {Failure} from './command.ts';
import {fileFailure, lessonFailure} from './lesson-failure.ts';

/** Runs a resolver replay script, and returns the step at which it failed; undefined if it passes. */
export const runReplayFile = async (file: string): Promise<Result<ReplayFailure | undefined, Failure>> => {
  const source = readText(file);
  if (!source.ok) return err(fileFailure(file, source.error));
  const {parseReplay} = await import('../drills/rpl/parse.ts');
  const replay = parseReplay(source.value);
  if (!replay.ok) return err(lessonFailure({...replay.error, file}));
  const {runReplay} = await import('../drills/rpl/run.ts');
  return ok(runReplay(replay.value));
};

/** Returns a failed step as the error of the command line, with the differences below it. */
export const replayFailure = async (file: string, failure: ReplayFailure): Promise<Failure> => {
  const {differenceLines} = await import('../drills/rpl/failure.ts');
  return {...lessonFailure({...failure, file}), more: differenceLines(failure)};
};
