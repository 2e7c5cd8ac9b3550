// What scripts may ask of the stack or the runner and cannot have: each by the name that a failure gives.

import {text} from '../../lesson/problem.ts';
import type {Text} from '../../lesson/text.ts';

export const unsupported = {
  icmp: text(
    'ICMP messages that reach TCP (RFC 9293 §3.9.2.2)',
    '传给 TCP 的 ICMP 消息（RFC 9293 §3.9.2.2）',
  ),
  ipv6: text('another network than IPv4', 'IPv4 以外的网络'),
  call: text('a system call that this program does not know', '本程序不认识的系统调用'),
  socketType: text('sockets of another kind than TCP streams', 'TCP 流以外的套接字'),
  socketOption: text('a socket option that the stack does not have', '协议栈没有的套接字选项'),
  argument: text('another form of this call’s arguments', '这个系统调用的另一种参数写法'),
  command: text('a command that this program does not know', '本程序不认识的命令'),
  setting: text('a setting that the stack does not have', '协议栈没有的设置项'),
  code: text('a statement other than an assertion about TCP_INFO', 'TCP_INFO 断言以外的语句'),
  tcpInfo: text('a TCP_INFO field that the stack does not keep', '协议栈没有记录的 TCP_INFO 字段'),
  scriptOption: text('an option line that this program does not know', '本程序不认识的选项行'),
} as const satisfies Record<string, Text>;

export type Feature = keyof typeof unsupported;
