// What is said of cookies that do not fit, and of bytes of an earlier connection, judged by raw events.
import type {TcpSegment} from '../../../source/wire/tcp.ts';
import {type Facts, row, type Said} from './said.ts';
import {flagsOf} from './seen.ts';

/** A listener that keeps nothing has only what it sent, and what comes back, to go by (RFC 4987 §3.6). */
const cookieFails = (said: Said): Facts => {
  const came = said.came(said.host()).map(({segment}) => segment);
  const sent = said.sentEver(said.host()).filter(({segment}) => flagsOf(segment) === 'SYN,ACK');
  const ack = said.number(['ack', 'aged', 'other'].find((name) => said.has(name)) ?? '');
  const answering = came.filter((segment) => segment.ack === ack);
  const isFrom = (own: TcpSegment, segment: TcpSegment): boolean =>
    own.dstPort === segment.srcPort && own.srcPort === segment.dstPort;
  const isSent = answering.some((segment) =>
    sent.some((each) => isFrom(each.segment, segment) && ((each.segment.seq + 1) | 0) === (ack | 0)),
  );
  return {
    'RST leaves': said.sent(said.host()).some(({segment}) => flagsOf(segment).includes('RST')),
    'an ACK of that number comes': answering.length > 0,
    'whether it has sent that': isSent !== said.has('ack'),
    'of which SYN': said.has('other')
      ? answering.some((segment) =>
          sent.some((each) => isFrom(each.segment, segment) && each.segment.ack === said.number('syn') + 1),
        )
      : undefined,
    'what does not follow': said.has('other')
      ? answering.some(({seq}) => seq === said.number('seq') && seq !== said.number('syn') + 1)
      : undefined,
  };
};

export const alteredRows = [
  row(
    '<host> keeps no record before that ACK, and goes by the cookie alone: (?:ack=#ack brings back none that it has sent|the one in ack=#aged is too old by now|the one in ack=#other was made for a SYN with seq=#syn, and seq=#seq does not follow that)',
    '<host>在这个 ACK 到来之前没有记录，只能凭 Cookie 判断：(?:ack=#ack 带回的不是它发过的 Cookie|ack=#aged 里的 Cookie 已经过期|ack=#other 里的 Cookie 是为 seq=#syn 的 SYN 算的，与 seq=#seq 对不上)',
    cookieFails,
  ),
  row(
    'An earlier connection between the same ports had sent (?:these bytes|this byte|that), but the numbers fit this one: <host> takes (?:them|it) for (?:data|part) of this one',
    '(?:这些数据|它)是这两个端口之间更早的一条连接发出的，序号却落在这条连接的窗口里：<host>把(?:它们|它)当成了本连接的',
    (said) => {
      const [came] = said.came(said.host());
      const left = said.ever('send').find((send) => send.hop === 0 && send.packet === came?.event.packet);
      const stands = (when: 'before' | 'after') =>
        said
          .connections(said.host(), when)
          .filter(
            ({local, remote}) => local.port === came?.segment.dstPort && remote.port === came.segment.srcPort,
          )
          .map(({state, rcv, snd, reassembly}) => `${state} ${rcv.nxt} ${snd.una} ${reassembly.length}`);
      return {
        'its sender has begun another one since': said
          .earlier('state', left?.host)
          .some(
            ({n, from, connection}) =>
              n > (left?.n ?? 0) && /CLOSED|LISTEN/.test(from ?? '') && connection === left?.connection,
          ),
        'this one is there': stands('before').length === 1,
        'it counts': stands('before')[0] !== stands('after')[0],
        'nobody throws it away': said.now('drop').every(({packet}) => packet !== came?.event.packet),
      };
    },
  ),
];
