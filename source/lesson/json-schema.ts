// The shape of lesson files as JSON Schema for editors, made from the validator's schema. It is Draft 7, which editors understand.
import * as z from 'zod/mini';
import {vocabulary} from './protocols.ts';
import {schemasOf} from './schema.ts';

export const lessonJsonSchema = (): object => ({
  ...z.toJSONSchema(schemasOf(vocabulary).lesson, {target: 'draft-7', reused: 'ref', io: 'input'}),
  title: 'packet-tutor lesson',
});
