// The ids of all rules by which a system answers a call without asking its TCP, because the connection is over or the program has given it
// up. The texts are in lessons/data/rules.yaml.

export const socketRules = [
  'posix:descriptor/none',
  'posix:receive/end',
  'posix:receive/never',
  'posix:send/over',
  'posix:shutdown/over',
  'posix:socket/left',
] as const;

export type SocketRuleId = (typeof socketRules)[number];
