// What authors are told, held against the values that are expected of it, in order; facts that are not named may be anything.
import {expect} from 'vitest';
import type {Told} from './told-problem.ts';

export const matches = (found: readonly Told[], ...errors: readonly Told[]): void =>
  expect(found).toMatchObject(errors);
