// Whether beside an attempt that gets no answer another address is tried, judged by raw events.
import type {Facts, Said} from './said.ts';

/** To which address it goes. */
export const goalOf = (said: Said, packet: number): string | undefined => {
  const payload = said.trace.packet(packet).frame?.payload;
  return payload?.kind === 'ip' ? payload.packet.dst : undefined;
};

/** RFC 8305 §5: beside an attempt that gets no answer the next address is tried, long before a SYN is sent again. */
export const triesNext = (said: Said): Facts => {
  const goals = said.deaths().map(({packet}) => goalOf(said, packet));
  const set = said.ever('app-timer', said.host()).filter(({because}) => because === '8305:5/delay');
  const tries = said.future.find(
    (event) =>
      event.kind === 'note' &&
      event.note.kind === 'attempt' &&
      event.note.op === 'next' &&
      goals.includes(event.note.other) &&
      set.some(({dueUs}) => dueUs === event.atUs),
  );
  if (!said.has('next')) return {'no other address is tried beside it': tries === undefined};
  return {
    'that is to be': set.some(({dueUs}) => dueUs > said.atUs && said.isTime('next', dueUs)),
    'it is what happens': tries && said.isTime('next', tries.atUs),
  };
};
