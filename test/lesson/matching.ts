// What authors are told, held against texts and patterns.
import {expect} from 'vitest';

export const matches = (found: readonly string[], ...errors: readonly (string | RegExp)[]): void =>
  expect(found).toEqual(
    errors.map((each) => (typeof each === 'string' ? each : expect.stringMatching(each))),
  );
