// Loads the questions of an interview from lessons/data/interview.yaml, with their proofs as they are written.
import * as z from 'zod/mini';
import type {Result} from '../wire/result.ts';
import {type InterviewFile, setNames, unshownReasons} from './interview.ts';
import type {LessonError} from './lesson-error.ts';
import {readList} from './load-data.ts';
import {vocabulary} from './protocols.ts';
import {identifier, string, text} from './scalars.ts';
import {selectorSchemaOf} from './schema-script.ts';
import type {DataFile} from './shaped-file.ts';
import {tracks} from './tracks.ts';
import type {Wanted} from './translated.ts';

const proof = z.strictObject({
  lesson: identifier,
  run: z.exactOptional(identifier),
  at: selectorSchemaOf(vocabulary),
  that: string,
});
const questions = z.array(
  z.strictObject({
    id: identifier,
    topic: z.enum(tracks),
    level: z.literal([1, 2, 3]),
    sets: z.array(z.enum(setNames)),
    words: z.array(string),
    belief: z.exactOptional(identifier),
    ask: text,
    next: z.array(text),
    points: z.array(
      z.strictObject({
        id: identifier,
        text,
        proof: z.exactOptional(proof),
        unshown: z.exactOptional(z.enum(unshownReasons)),
      }),
    ),
    answer: text,
  }),
);

export const loadInterview = (
  source: DataFile | undefined,
  languages: Wanted = [],
): Result<readonly InterviewFile[], readonly LessonError[]> => readList(source, questions, languages);
