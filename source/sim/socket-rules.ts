// The IDs of the rules by which an operating system answers a socket call itself, because the connection is over or the program has closed
// the socket. The texts are in lessons/data/rules.yaml.

export const socketRules = [
  'posix:descriptor/none',
  'posix:receive/end',
  'posix:receive/never',
  'posix:send/over',
  'posix:shutdown/over',
  'posix:socket/left',
] as const;

export type SocketRuleId = (typeof socketRules)[number];
