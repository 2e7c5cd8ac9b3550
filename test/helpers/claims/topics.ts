// Who does something and what is done, of the instant itself: too near to call a text false that speaks of it from afar, near enough to
// call it true. Only where all of it is as it was where the text was written for nothing that the text says is otherwise.
import {type Facts, type Row, row, type Said} from './said.ts';
import {flagsOf, type Passing} from './seen.ts';

/** Who does something now, whom it is for, and who made what passes. */
const takesPart = (said: Said, host: string): boolean =>
  said.instant.some((event) => {
    if (event.host === host) return true;
    if ((event.kind !== 'send' && event.kind !== 'arrive' && event.kind !== 'drop') || event.packet < 1)
      return false;
    const {from, to} = said.trace.packet(event.packet);
    return from === host || to === host;
  });

const bringsData = ({segment}: Passing): boolean => segment.payload.length > 0;

const leaving = (said: Said): Facts => ({
  'a segment leaves': said.sent().length > 0,
  'data leave': said.sent().some(bringsData),
  'a packet leaves': said.now('send').length > 0,
});

const coming = (said: Said): Facts => ({
  'a segment comes': said.came().length > 0,
  'data come': said.came().some(bringsData),
  'a packet comes': said.now('arrive').length > 0,
});

const programs = (said: Said): Facts => ({
  'a program calls': said.now('call').length > 0,
  'a program is told': said.now('signal').length + said.now('answer').length > 0,
  'a program gets bytes': said.now('deliver').length > 0,
});

const nothing = (said: Said): Facts => ({
  'no program is told': said.now('signal').length + said.now('answer').length === 0,
  'nothing leaves': said.now('send').length === 0,
  'nothing comes': said.now('arrive').length === 0,
  'nothing is thrown away': said.thrownAway().length === 0,
});

export const topicRows: readonly Row[] = [
  row('<host>', '<host>', (said) => ({'it takes part': takesPart(said, said.host())})),
  row('\\b(?:arrives|comes|gets|receives)\\b', '到|收到|得到', coming),
  row(
    '\\b(?:acknowledges|answers|asks|leaves|repeats|resets|sends|tells)\\b',
    '发|回|重发|告知|确认|问',
    leaving,
  ),
  row('\\b(?:delivers|gets|hands|hears|learns|reads|tells|writes|closes)\\b', '交给|读|写|关闭', programs),
  row('\\b(?:drops|refuses|throws)\\b', '丢弃|拒绝', (said) => ({
    'something is thrown away': said.thrownAway().length > 0,
    'an RST leaves': said.sent().some(({segment}) => flagsOf(segment).includes('RST')),
  })),
  row('\\b(?:waits(?! for nobody| {4})|stops)\\b', '等|停', (said) => ({
    'a timer is set': said.now('timer').some(({op}) => op === 'arm'),
    'a timer is stopped': said.now('timer').some(({op}) => op === 'cancel'),
    'a timer runs': said.trace.header.hosts.some(({name}) => said.running(name).length > 0),
  })),
  row('\\b(?:closes|deletes|enters|forgets|leaves|opens|stops)\\b', '删除|进入|离开|打开', (said) => ({
    'a state is entered': said.now('state').length > 0,
    'a connection goes': said.now('state').some(({to}) => to === 'CLOSED' || to === 'LISTEN'),
    'a key or a message of TLS, now or before': said.ever('tls').length > 0,
  })),
  row('\\b(?:hears|learns|knows|opens) (?:nothing|none)\\b|\\bno(?:thing| one|body)\\b', '没有|无', nothing),
  row('\\b(?:SYN,ACK|SYN|FIN|RST|ACK)s?\\b', '(?:SYN,ACK|SYN|FIN|RST|ACK)', (said) => ({
    'such flags pass': [...said.sent(), ...said.came()].some(({segment}) =>
      flagsOf(segment).includes(said.words.replace(/s$/, '')),
    ),
  })),
];
