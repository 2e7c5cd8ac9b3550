// What prose says of names, pages, sessions and TLS in the course of a run: what has been asked before, what the cache has, what was
// made anew, what somebody on the way has written over. Judged by raw events, read in several ways.
import {isDeepStrictEqual} from 'node:util';
import {segmentIn} from '../../../source/wire/frame.ts';
import {destination, hostAtHand, madeNow, trips} from './course.ts';
import {type Row, row, type Said} from './said.ts';
import {flagsOf, type Of, segmentOf} from './seen.ts';
import {oneWayUs} from './words.ts';

const namesIn = (said: Said, events: readonly Of<'send'>[]): readonly string[] =>
  events.flatMap((event) =>
    said.dns(event).flatMap(({questions}) => questions.map(({name}) => name.toLowerCase())),
  );

const source = (said: Said, {packet}: Of<'send'>): string | undefined => {
  const frame = packet > 0 ? said.trace.packet(packet).frame : undefined;
  return frame?.payload.kind === 'ip' ? frame.payload.packet.src : undefined;
};

const seconds: {readonly [word: string]: number} = {
  ...{two: 2, three: 3, five: 5, ten: 10},
  ...{两: 2, 三: 3, 五: 5, 十: 10},
};

export const lookupRows: readonly Row[] = [
  row('\\b[Tt]he same (?:lookup|name|question)\\b', '同一个?(?:名字|查询)|同样的查询', (said) => ({
    'it has been asked for before': namesIn(said, madeNow(said)).some((name) =>
      namesIn(said, said.earlier('send')).includes(name),
    ),
    'a program had asked for it before': said
      .now('call')
      .some(
        ({action}) =>
          action.call === 'resolve' &&
          said
            .earlier('call')
            .some(
              (each) =>
                each.action.call === 'resolve' &&
                each.action.name.toLowerCase() === action.name.toLowerCase(),
            ),
      ),
  })),
  row('\\bthe same (?:server|host)\\b', '同一台(?:服务器|主机)', (said) => ({
    'something has gone there before': madeNow(said).some((now) =>
      said
        .earlier('send', now.host)
        .some((each) => each.hop === 0 && destination(said, each) === destination(said, now)),
    ),
  })),
  row(
    '\\bthe cache answers\\b|\\banswers? from (?:its|the) cache\\b',
    '缓存(?:直接)?(?:回|应)答',
    (said) => ({
      'a hit': said.notes().some((note) => note.kind === 'cache' && note.op === 'hit'),
      'nobody is asked': said.dnsSent().every(({flags: {qr}}) => qr),
    }),
  ),
  row('\\bwent out a second ago\\b', '一秒(?:钟)?前(?:刚)?发', (said) => ({
    'a question did': said
      .ever('send')
      .some((event) => said.dns(event).length > 0 && Math.abs(said.atUs - event.atUs - 1_000_000) < 1000),
  })),
  row('\\bmakes a new session\\b', '新建(?:一个)?会话', (said) => ({
    'a session is made': said.notes().some((note) => note.kind === 'session' && note.op === 'created'),
  })),
  row('\\bWhat lay in the old \\w+ is lost\\b', '旧购物车[^。]{0,8}(?:丢了|没了)', (said) => ({
    'nobody knows that session': said
      .notes()
      .some((note) => note.kind === 'session' && (note.op === 'unknown' || note.op === 'expired')),
  })),
  row(
    '\\b(?<count>[Tt]wo|[Tt]hree|[Ff]ive|[Tt]en) seconds later\\b',
    '(?<count>两|三|五|十) ?秒(?:钟)?(?:之)?后',
    (said) => {
      const us = (seconds[said.word('count').toLowerCase()] ?? Number.NaN) * 1_000_000;
      return {
        'since a program called': said
          .earlier('call')
          .some(({atUs}) => Math.abs(said.atUs - atUs - us) < us / 10),
        'since anything': said.before.some(({atUs}) => Math.abs(said.atUs - atUs - us) < us / 10),
      };
    },
  ),
  row('\\bwaits for no answer of TLS\\b', '不等 TLS 的任何应答', (said) => ({
    'early data have been offered': said
      .ever('tls')
      .some(({what}) => what.kind === 'earlyData' && what.op === 'offered'),
    'data leave as the SYN,ACK comes':
      said.came(hostAtHand(said)).some(({segment}) => flagsOf(segment) === 'SYN,ACK') &&
      said.sent(hostAtHand(said)).some(({segment}) => segment.payload.length > 0),
  })),
  row('\\bit comes back\\b', '它(?:又)?回来', (said) => ({
    'who is at it has asked for a connection before': said
      .earlier('send', hostAtHand(said))
      .some((event) => said.passing(event).some(({segment}) => flagsOf(segment) === 'SYN')),
  })),
  row(
    '\\b(?<trips>[Oo]ne|[Tt]wo|[Tt]hree) round trips? of TLS\\b',
    'TLS (?:要|用了?|占)?(?<trips>一|两|三)个往返',
    (said) => {
      const trip = 2 * oneWayUs(said) * (trips[said.word('trips').toLowerCase()] ?? Number.NaN);
      return {
        'from its hello to its keys': said
          .ever('tls')
          .some(
            ({what, host, atUs}) =>
              what.kind === 'established' &&
              said
                .ever('tls', host)
                .some(
                  (hello) =>
                    hello.what.kind === 'message' &&
                    hello.what.name === 'client_hello' &&
                    hello.what.op === 'sent' &&
                    Math.abs(atUs - hello.atUs - trip) < 1000,
                ),
          ),
      };
    },
  ),
  row('\\blearns when\\b', '知道(?:的只有)?什么时候', (said) => ({
    'something passes': said.now('send').length + said.now('arrive').length > 0,
  })),
  row('\\bwrites \\w+ over\\b', '(?:改|写|涂)成(?:了)?零|盖上', (said) => ({
    'what is passed on is not what was sent': [...said.now('send'), ...said.now('arrive')].some((event) => {
      const own = segmentOf(said.trace, event.packet);
      const frame = event.kind === 'send' ? event.frame : event.altered;
      const here = frame && segmentIn(frame);
      return own !== undefined && here !== undefined && !isDeepStrictEqual(own.payload, here.payload);
    }),
    'it will be altered': said
      .now('send')
      .some(({packet}) =>
        said.future.some(
          (event) => event.kind === 'arrive' && event.packet === packet && event.altered !== undefined,
        ),
      ),
  })),
  row('\\bremembers all it has heard\\b', '记住了?(?:听到的)?一切', (said) => ({
    'the cache keeps something, now or when it arrives': [...said.instant, ...said.future].some(
      (event) => event.kind === 'note' && event.note.kind === 'cache' && event.note.op === 'store',
    ),
  })),
  row(
    '\\bthe first, (?<ip>[\\d.]+\\d), is dead\\b',
    '第一个 ?(?<ip>[\\d.]+\\d) ?[^。]*(?:不通|没人)',
    (said) => ({
      'nothing comes from there': [...said.past, ...said.future].every(
        (event) => event.kind !== 'send' || source(said, event) !== said.word('ip'),
      ),
    }),
  ),
  row('HelloRetryRequest(?:: say it again)?', 'HelloRetryRequest', (said) => ({
    'it is sent or read': said
      .tls()
      .some((what) => what.kind === 'message' && what.name === 'hello_retry_request'),
  })),
];
