// What is said of timers that were set anew, judged by raw events.
import type {Said} from './said.ts';

/** When the timer that runs out was set anew, where that is said. */
export const setAnew = (said: Said, timer: string): boolean | undefined =>
  said.has('anew')
    ? said
        .fired(said.host())
        .some(({name, ranUs}) => name === timer && said.isTime('anew', said.atUs - ranUs))
    : undefined;
