// The words of `show`, in both languages.

import type {Text} from '../lesson/text.ts';
import type {DropReason} from '../sim/drop-reason.ts';
import type {EndReason} from '../sim/trace.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const transcriptTexts = {
  seed: text('seed', '种子'),
  profile: text('profile', '配置'),
  capture: text('capture', '抓包'),
  run: text('run', '运行'),
  faults: text('faults', '故障'),
  oneWay: text('one way', '单程'),
  arrived: text('arrived', '到达'),
  altered: text('altered on the way', '途中被改动'),
  delivers: text('bytes to the program', '字节交给程序'),
  fires: text('runs out', '超时'),
  ended: text('ended', '结束'),
  packets: text('packets', '个分组'),
  onePacket: text('packet', '个分组'),
  play: text('play it', '播放'),
  goesOn: text('goes on in lesson', '接着看这一课：'),
  others: text('other runs', '其他运行'),
} as const;

export const dropTexts: {readonly [reason in DropReason]: Text} = {
  fault: text('lost on the way', '在途中丢失'),
  loss: text('lost on the way', '在途中丢失'),
  queue: text('lost: the queue of the link is full', '丢失：链路队列已满'),
  'link check': text('thrown away: the link’s check fails', '丢弃：链路校验不符'),
  checksum: text('thrown away: the checksum is wrong', '丢弃：校验和不符'),
  malformed: text('thrown away: the header cannot be read', '丢弃：首部无法解析'),
  'host down': text('lost: the host is down', '丢失：主机已停机'),
  'no route': text('thrown away: no route', '丢弃：没有路由'),
  'no such host': text('lost: no host has that address', '丢失：没有主机用这个地址'),
  'link down': text('lost: the link is down', '丢失：链路已断'),
  ttl: text('thrown away: its TTL ran out', '丢弃：TTL 耗尽'),
  'too big': text('thrown away: too big for the next link', '丢弃：超过下一段链路的 MTU'),
  firewall: text('thrown away by the firewall', '丢弃：防火墙拦截'),
  'no mapping': text('thrown away: the NAT has no mapping for it', '丢弃：NAT 没有对应的映射'),
  discarded: text('thrown away', '丢弃'),
};

/** Beside the `✗` at the far end of a line, at most 17 columns. */
export const lossLabels: {readonly [reason in DropReason]: Text} = {
  fault: text('lost on the way', '在途中丢失'),
  loss: text('lost on the way', '在途中丢失'),
  queue: text('link queue full', '链路队列已满'),
  'link check': text('damaged on link', '链路校验不符'),
  checksum: text('bad checksum', '校验和不符'),
  malformed: text('unreadable header', '首部无法解析'),
  'host down': text('host is down', '主机已停机'),
  'no route': text('no route', '没有路由'),
  'no such host': text('no host', '没有主机'),
  'link down': text('link is down', '链路已断'),
  ttl: text('TTL ran out', 'TTL 耗尽'),
  'too big': text('above the MTU', '超过 MTU'),
  firewall: text('firewall', '防火墙拦截'),
  'no mapping': text('no NAT mapping', 'NAT 没有映射'),
  discarded: text('thrown away', '丢弃'),
};

export const endTexts: {readonly [reason in EndReason]: Text} = {
  quiet: text('quiet', '再无事件'),
  limit: text('limit of time', '到达时限'),
  budget: text('too many events', '事件太多'),
  until: text('as the lesson says', '课程所定时刻'),
  eof: text('end of the capture', '抓包结束'),
};
