// A selector in words, for the errors of authors: “client sends FIN,ACK, 2nd time”.

import {describeConditions, describeProtocolMatch} from './meanings.ts';
import {text} from './problem.ts';
import type {Match, PacketMatch, Selector} from './selector.ts';
import type {Text} from './text.ts';

export const describeSelector = ({match, nth, after}: Selector): Text => {
  const {en, zh} = describeMatch(match);
  const times = nth === undefined ? text('', '') : text(`, number ${nth}`, `，第 ${nth} 次`);
  const later = after ? describeSelector(after) : undefined;
  const since = later ? text(`, after: ${later.en}`, `，在「${later.zh}」之后`) : text('', '');
  return text(`${en}${times.en}${since.en}`, `${zh}${times.zh}${since.zh}`);
};

const describeMatch = (match: Match): Text => {
  switch (match.kind) {
    case 'packet':
      return describePacket(match);
    case 'call': {
      const [en, zh] = [match.host ?? 'a host', match.host ?? '某台主机'];
      const returns = match.returns
        ? text(` returns ${match.returns}`, ` 返回 ${match.returns}`)
        : text('', '');
      return text(`${en}: ${match.call}${returns.en}`, `${zh} 的 ${match.call}${returns.zh}`);
    }
    case 'at':
      return text(`the time ${match.atUs / 1000} ms`, `时刻 ${match.atUs / 1000} ms`);
    case 'end':
      return text('the end of the run', '运行结束');
    default:
      return describeProtocolMatch(match);
  }
};

const verbs = {
  sends: text('sends', '发送'),
  arrives: text('receives', '收到'),
  drops: text('loses', '丢掉'),
  forwards: text('forwards', '转发'),
};

const describePacket = (match: PacketMatch): Text => {
  const verb = verbs[match.what];
  const details = describeConditions(match);
  const which = details.length > 0 ? ` ${details.join(', ')}` : '';
  return text(
    `${match.host ?? 'a host'} ${verb.en}${which || ' a packet'}`,
    `${match.host ?? '某台主机'} ${verb.zh}${which || '一个分组'}`,
  );
};
