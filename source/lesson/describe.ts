// A selector in words, for the errors of authors: “client sends FIN,ACK, 2nd time”.
import type {Text} from './lesson.ts';
import {text} from './problem.ts';
import type {Match, Selector} from './selector.ts';

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
    case 'enters':
      return text(
        `${match.host ?? 'a host'} enters ${match.state}`,
        `${match.host ?? '某台主机'} 进入 ${match.state}`,
      );
    case 'timer':
      return text(
        `${match.host ?? 'a host'}: timer ${match.name}, ${match.op}`,
        `${match.host ?? '某台主机'} 的 ${match.name} 定时器 ${match.op}`,
      );
    case 'delivers':
      return text(
        `data reach the program on ${match.host ?? 'a host'}`,
        `数据交给 ${match.host ?? '某台主机'} 上的程序`,
      );
    case 'call': {
      const returns = match.returns
        ? text(` returns ${match.returns}`, ` 返回 ${match.returns}`)
        : text('', '');
      return text(
        `${match.host ?? 'a host'}: ${match.call}${returns.en}`,
        `${match.host ?? '某台主机'} 的 ${match.call}${returns.zh}`,
      );
    }
    case 'at':
      return text(`the time ${match.atUs / 1000} ms`, `时刻 ${match.atUs / 1000} ms`);
    case 'end':
      return text('the end of the run', '运行结束');
  }
};

const describePacket = ({
  what,
  host,
  flags,
  carries,
  length,
  retransmission,
}: Extract<Match, {kind: 'packet'}>): Text => {
  const verbs = {
    sends: text('sends', '发送'),
    arrives: text('receives', '收到'),
    drops: text('loses', '丢掉'),
  };
  const verb = verbs[what];
  const details = [
    flags ? flags.join(',') : '',
    carries === undefined ? '' : `carries ${carries}`,
    length === undefined ? '' : `length ${length}`,
    retransmission === undefined ? '' : `retransmission ${retransmission}`,
  ].filter((detail) => detail !== '');
  const which = details.length > 0 ? ` ${details.join(', ')}` : '';
  return text(
    `${host ?? 'a host'} ${verb.en}${which || ' a packet'}`,
    `${host ?? '某台主机'} ${verb.zh}${which || '一个分组'}`,
  );
};
