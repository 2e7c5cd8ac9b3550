// What is said of the timer that runs as something is lost, judged by raw events.
import type {Facts, Said} from './said.ts';

/** Which timer sends next: RFC 8985 §7.2 and §6.2 have their own. */
export const timerEn = '(?:(?<tlp>probe timer \\(TLP\\))|(?<reordering>reordering timer \\(RACK\\))|timer)';
export const timerZh = '(?:(?<tlp>探测定时器（TLP）)|(?<reordering>乱序定时器（RACK）)|(?:重传)?定时器)';

const isCalled = (said: Said, name: string): boolean => {
  if (said.has('tlp')) return name === 'TLP';
  return said.has('reordering') ? name === 'reordering' : name !== 'TLP' && name !== 'reordering';
};

/** Nothing is sent at that time, and the connection is over (RFC 9293 §3.8.3). */
const givesUpThen = (said: Said): boolean =>
  said.future.some(
    (event) =>
      event.kind === 'state' &&
      event.host === said.host() &&
      said.isTime('at', event.atUs) &&
      /^9293:3\.8\.3\/give-up|^1122:4\.2\.3\.9\/soft\/told/.test(event.because ?? '') &&
      (event.to === 'CLOSED' || event.to === 'LISTEN'),
  );

export const timerSet = (said: Said): Facts => ({
  'a timer is set for then': said.running(said.host()).some(({dueUs}) => said.isTime('at', dueUs)),
  'that timer': said
    .running(said.host())
    .some(({name, dueUs}) => said.isTime('at', dueUs) && isCalled(said, name)),
  'it is still to come': said.running(said.host()).some(({dueUs}) => dueUs >= said.atUs),
  'whether it gives up then': said.has('last') === givesUpThen(said),
});

/** When the timer that runs out was set anew, where that is said. */
export const setAnew = (said: Said, timer: string): boolean | undefined =>
  said.has('anew')
    ? said
        .fired(said.host())
        .some(({name, ranUs}) => name === timer && said.isTime('anew', said.atUs - ranUs))
    : undefined;
