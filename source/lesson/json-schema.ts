// Makes the JSON Schema (Draft 7) of lesson files for editors from the schema that checks them.
import * as z from 'zod/mini';
import {vocabulary} from './protocols.ts';
import {schemasOf} from './schema.ts';
import {challengeTrack} from './tracks.ts';
import type {Shape} from './vocabulary.ts';

const isNeeded =
  (shape: Shape) =>
  (key: string): boolean =>
    shape[key]?._zod.optin !== 'optional';

/**
 * Returns the JSON Schema of lesson files. It is that of challenge files, which may omit some keys; files of any other track are required
 * to have them.
 */
export const lessonJsonSchema = (): object => {
  const schemas = schemasOf(vocabulary);
  const needed = Object.keys(schemas.lesson.shape).filter(isNeeded(schemas.lesson.shape));
  return {
    ...z.toJSONSchema(schemas.challenge, {target: 'draft-7', reused: 'ref', io: 'input'}),
    title: 'packet-tutor lesson',
    if: {properties: {track: {const: challengeTrack}}},
    else: {required: needed},
  };
};
