// What signs, fields, units and keys are called when they are heard, in both languages.
export const unitWords: {
  readonly [unit: string]: {readonly one: string; readonly many: string; readonly zh: string};
} = {
  µs: {one: 'microsecond', many: 'microseconds', zh: '微秒'},
  ms: {one: 'millisecond', many: 'milliseconds', zh: '毫秒'},
  s: {one: 'second', many: 'seconds', zh: '秒'},
  h: {one: 'hour', many: 'hours', zh: '小时'},
};
