// Reads a lesson file with the files that belong to it: zone files, certificates, and the beliefs of its pack. The program's own lessons
// need none of this.
import {readText} from '../io/files.ts';
import {certificateTexts, lessonData, lessonIds} from '../io/lessons.ts';
import {beliefsBeside, isInPack} from '../io/pack.ts';
import {zoneTexts} from '../io/zone-files.ts';
import type {Lesson} from '../lesson/lesson.ts';
import type {LessonError} from '../lesson/lesson-error.ts';
import type {PackBeliefs} from '../lesson/pack-beliefs.ts';
import type {Wanted} from '../lesson/translated.ts';
import {err, ok, type Result} from '../wire/result.ts';
import type {Failure} from './command.ts';
import {fileFailure, lessonFailure} from './lesson-failure.ts';

const failuresOf = (errors: readonly LessonError[]): readonly Failure[] => errors.map(lessonFailure);

/** Reads the belief file of a pack; the failure contains all faults of the file, in their order. */
export const readBeliefFile = async (file: string): Promise<Result<PackBeliefs, readonly Failure[]>> => {
  const text = readText(file);
  if (!text.ok) return err([fileFailure(file, text.error)]);
  const {readPackBeliefs} = await import('../lesson/pack-beliefs.ts');
  const ours = lessonData().misconceptions.map(({id}) => id);
  const beliefs = readPackBeliefs({text: text.value, file}, ours);
  return beliefs.ok ? beliefs : err(failuresOf(beliefs.error));
};

const noBeliefs: Partial<PackBeliefs> = {};

/** Reads a lesson file. The lesson needs the beliefs beside it, so their faults are reported first. */
export const readLessonFile = async (
  file: string,
  languages?: Wanted,
  /** The files of the other lessons of installed packs, by lesson ID, to find IDs that are used twice. */
  elsewhere?: ReadonlyMap<string, string>,
): Promise<Result<Lesson, readonly Failure[]>> => {
  const text = readText(file);
  if (!text.ok) return err([fileFailure(file, text.error)]);
  const beside = beliefsBeside(file);
  const pack = beside === undefined ? ok(noBeliefs) : await readBeliefFile(beside);
  if (!pack.ok) return pack;
  const {beliefs = [], beliefPlace} = pack.value;
  const {loadLesson} = await import('../lesson/load.ts');
  const lesson = loadLesson(text.value, file, {
    zones: zoneTexts(file),
    certificates: certificateTexts(),
    misconceptions: beliefs,
    beliefPlace,
    languages,
    // A lesson of a pack must not have the ID of one of ours, because progress names lessons by ID. A file outside of packs may be a draft
    // of one of ours.
    taken: isInPack(file) || elsewhere ? lessonIds() : [],
    elsewhere,
  });
  if (!lesson.ok) return err(failuresOf(lesson.error));
  return ok({...lesson.value, openedFrom: file, ...(beliefs.length > 0 ? {beliefs} : {})});
};
