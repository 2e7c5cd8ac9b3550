// Every sitting of the monkey that has ever gone wrong, key by key.
import {afterAll, beforeAll, expect, test} from 'vitest';
import {moveIn} from '../helpers/monkey/home.ts';
import {recordings, replay} from '../helpers/monkey/recording.ts';

let leave = (): void => {};
beforeAll(() => {
  leave = moveIn();
});
afterAll(() => leave());

test.each(recordings())('$name goes well now', {timeout: 120_000}, async ({recording}) => {
  expect((await replay(recording)).failure).toBeUndefined();
});
