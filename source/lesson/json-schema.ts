// The shape of lesson files as JSON Schema for editors, made from the validator's schema. It is Draft 7, which editors understand.
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
 * Returns the schema of challenges, which lack some keys of a lesson, with the condition under which a file has to have them all: that its
 * track is another one.
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
