// What ICMP messages are called, by type and code (RFC 792, 1122 §3.2.2, 4443, 4861, 3810), in both languages.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

type Names = {readonly [type: number]: Text | {readonly [code: number]: Text}};

/** RFC 792; codes of type 3 also RFC 1122 §3.2.2.1 and RFC 1812 §5.2.7.1. */
export const icmpNames: Names = {
  0: text('echo reply', '回显应答'),
  3: {
    0: text('network unreachable', '网络不可达'),
    1: text('host unreachable', '主机不可达'),
    2: text('protocol unreachable', '协议不可达'),
    3: text('port unreachable', '端口不可达'),
    4: text('fragmentation needed', '需要分片'),
    5: text('source route failed', '源路由失败'),
    9: text('network prohibited', '禁止访问网络'),
    10: text('host prohibited', '禁止访问主机'),
    13: text('communication prohibited', '禁止通信'),
  },
  4: text('source quench', '源抑制'),
  5: text('redirect', '重定向'),
  8: text('echo request', '回显请求'),
  11: {
    0: text('TTL ran out', 'TTL 耗尽'),
    1: text('reassembly time exceeded', '重组超时'),
  },
  12: text('parameter problem', '参数错误'),
};

/** RFC 4443; neighbours and routers RFC 4861, groups RFC 2710 and 3810. */
export const icmpv6Names: Names = {
  1: {
    0: text('no route to destination', '没有到目的地的路由'),
    1: text('communication prohibited', '禁止通信'),
    3: text('address unreachable', '地址不可达'),
    4: text('port unreachable', '端口不可达'),
  },
  2: text('packet too big', '分组过大'),
  3: {
    0: text('hop limit ran out', '跳数限制耗尽'),
    1: text('reassembly time exceeded', '重组超时'),
  },
  4: text('parameter problem', '参数错误'),
  128: text('echo request', '回显请求'),
  129: text('echo reply', '回显应答'),
  131: text('multicast listener report', '组播侦听者报告'),
  133: text('router solicitation', '路由器请求'),
  134: text('router advertisement', '路由器通告'),
  135: text('neighbour solicitation', '邻居请求'),
  136: text('neighbour advertisement', '邻居通告'),
  143: text('multicast listener report', '组播侦听者报告'),
};

/** undefined: nothing that we know. */
export const icmpName = (names: Names, {type, code}: {readonly type: number; readonly code: number}) => {
  const found = names[type];
  if (found === undefined) return undefined;
  return 'en' in found ? found : found[code];
};
