// The errors of the command line and their remedies, in both languages.

import {nearest} from '../lesson/nearest.ts';
import {type Text, worded} from '../lesson/text.ts';
import {noChallengeWords} from './catalogue/challenge-command.ts';
import {
  commandMissingWords,
  earlierMachine,
  errorsSentences,
  laterMachine,
  noLessonOfCodeWords,
  noPackOfCode,
  oneOfText,
  otherVersionWords,
  seeHelp,
} from './catalogue/errors.ts';
import {type Problem, problemOf} from './problem.ts';
import {shellFile} from './written.ts';

/** Returns the remedy for an unknown word: “did you mean X?” if a known word is similar; otherwise `rest`, which tells what is known. */
const instead = (given: string, known: readonly string[], rest: Text): Text => {
  // No suggestion is made for a number, because it is not a misspelling of another one.
  const near = /^[\d.]+$/.test(given) ? undefined : nearest(given, known);
  return near === undefined ? rest : worded(errorsSentences.instead, {near, rest});
};

/** Returns the error that a word is not one of the known ones, with the most similar one or a list of all. */
const notAmong = (what: Text, given: string, known: readonly string[]): Problem => ({
  what,
  remedy: instead(given, known, worded(oneOfText, {known})),
});

export const noLesson = (given: string, known: readonly string[]): Problem => ({
  what: worded(errorsSentences.noLesson.what, {given}),
  remedy: instead(given, known, worded(errorsSentences.noLesson.remedy, {knownCount: known.length})),
});

export const noChallenge = (given: string, known: readonly string[]): Problem => ({
  what: worded(noChallengeWords.what, {given}),
  remedy: instead(given, known, noChallengeWords.remedy),
});

export const unknownCommand = (given: string, known: readonly string[]): Problem => ({
  what: worded(errorsSentences.unknownCommand.what, {given}),
  remedy: instead(given, known, seeHelp),
});

/** Returns the error that the command is missing, because the name of a lesson or a file stands in its place. */
export const commandMissing = (given: string): Problem =>
  problemOf(commandMissingWords, {given, name: shellFile(given)});

export const unknownOption = (
  given: string,
  known: readonly string[],
  command: string | undefined,
): Problem => ({
  what: worded(errorsSentences.unknownOption.what, {given}),
  remedy: instead(
    given,
    known,
    command === undefined ? seeHelp : worded(errorsSentences.unknownOption.remedy, {command}),
  ),
});

const exampleOf: {readonly [positional: string]: string} = {
  FILE: 'lessons/mine.yaml',
  CAPTURE: 'mine.pcapng',
  NAME: 'my-lesson',
};

export const missingArgument = (command: string, positional: string): Problem => {
  const example = `packet-tutor ${command} ${exampleOf[positional] ?? 'handshake'}`;
  return problemOf(errorsSentences.missingArgument, {command, positional, example});
};

export const unknownChoice = (option: string, given: string, known: readonly string[]): Problem =>
  notAmong(worded(errorsSentences.unknownChoice.what, {option, given}), given, known);

export const noRun = (given: string, lesson: string, known: readonly string[]): Problem =>
  notAmong(worded(errorsSentences.noRun.what, {lesson, given}), given, known);

/** Returns the error for a value of `--at` whose selector cannot be read. */
export const badPlace = (given: string, {message, remedy}: {message: Text; remedy: Text}): Problem => ({
  what: worded(errorsSentences.badPlace.what, {given, message}),
  remedy,
});

export const noHost = (given: string, known: readonly string[]): Problem =>
  notAmong(worded(errorsSentences.noHost.what, {given}), given, known);

export const noLink = (given: string, known: readonly string[]): Problem =>
  notAmong(worded(errorsSentences.noLink.what, {given}), given, known);

/**
 * Returns the error that a replay code was made with another version of the simulator. `theirs`: its version; 1 if the code does not say.
 */
export const otherMachine = (theirs: number, ours: number): Problem =>
  problemOf(theirs < ours ? earlierMachine : laterMachine, {theirs, ours});

/** Returns the error that the lesson of a replay code was not found; `pack` is undefined if the code names only a file. */
export const noLessonOfCode = (file: string, pack: string | undefined, folder: string): Problem => {
  const name = file.split(/[\\/]/).at(-1) ?? file;
  return pack === undefined
    ? problemOf(noLessonOfCodeWords, {name})
    : problemOf(noPackOfCode, {name, pack, folder});
};

export const otherVersion = (lesson: string): Problem =>
  problemOf(otherVersionWords, {lesson, name: shellFile(lesson)});
