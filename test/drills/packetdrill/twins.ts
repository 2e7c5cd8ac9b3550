// A twin of a script says the same but for one expectation, which is made false. A runner that passes it checks nothing.

export type Twin = {readonly what: string; readonly source: string};

type Falsifier = {readonly what: string; readonly line: RegExp; readonly change: (line: string) => string};

const up =
  (pattern: RegExp) =>
  (line: string): string =>
    line.replace(
      pattern,
      (_all, before: string, number: string) => `${before}${(Number(number) + 1) % 2 ** 32}`,
    );

const expected = /^[^`]*?\s>\s/;

const swapState = (line: string): string =>
  line.replace(/TCPI_[A-Z]\w*/, (state) => (state === 'TCPI_LISTEN' ? 'TCPI_CLOSED' : 'TCPI_LISTEN'));

const falsifiers: readonly Falsifier[] = [
  {what: 'ack', line: expected, change: up(/( ack\s+)(\d+)/)},
  // One less: 65535 is the largest window that can be written.
  {
    what: 'window',
    line: expected,
    change: (line) =>
      line.replace(/( win\s+)([1-9]\d*)/, (_all, before: string, n: string) => `${before}${Number(n) - 1}`),
  },
  {what: 'mss', line: expected, change: up(/(mss )(\d+)/)},
  {what: 'window scale', line: expected, change: up(/(wscale )(\d+)/)},
  {what: 'sack edge', line: expected, change: up(/(sack \d+:)(\d+)/)},
  {what: 'option', line: expected, change: (line) => line.replace('<mss', '<nop,nop,nop,nop,mss')},
  {
    what: 'flags',
    line: expected,
    change: (line) =>
      line.replace(/ >\s+([SFRPUEW.-]+) /, (_all, flags: string) =>
        flags.includes('P') ? ` > ${flags.replaceAll('P', '')} ` : ` > P${flags} `,
      ),
  },
  {what: 'state', line: /%\{.*tcpi_state/, change: swapState},
  {what: 'TCP_INFO number', line: /%\{/, change: up(/(tcpi_\w+ == )(\d+)/)},
  {what: 'socket option', line: /getsockopt|ioctl/, change: up(/(\[)(\d+)(?=\](?:, \[4\])?\) =)/)},
  {what: 'error', line: /getsockopt/, change: (line) => line.replace(/\[E[A-Z]+\]/, '[EHOSTUNREACH]')},
  {what: 'errno', line: /= -1 E/, change: (line) => line.replace(/= -1 E[A-Z]+/, '= -1 EXDEV')},
  {what: 'result', line: /(read|recv|write)\(/, change: up(/(\) = )(\d+)/)},
  {what: 'count', line: /sockstat/, change: up(/(grep )(\d+)(?=`)/)},
];

/** What stands between `#ifdef STANDARD` and `#endif` is expected of nobody. */
const notTaken = (lines: readonly string[]): readonly number[] => {
  let skipping = false;
  return lines.flatMap((line, index) => {
    if (line.startsWith('#ifdef')) skipping = line.includes('STANDARD');
    if (line.startsWith('#endif')) skipping = false;
    return skipping ? [index] : [];
  });
};

/** All twins of a script: each expectation made false once for each way that applies to it. */
export const twinsOf = (source: string): readonly Twin[] => {
  const lines = source.split('\n');
  const idle = new Set(notTaken(lines));
  return lines.flatMap((line, index) =>
    falsifiers.flatMap(({what, line: pattern, change}) => {
      const changed = pattern.test(line) && !/^\s*\/\//.test(line) && !idle.has(index) ? change(line) : line;
      if (changed === line) return [];
      return [{what: `line ${index + 1}: ${what}`, source: lines.with(index, changed).join('\n')}];
    }),
  );
};
