// `npm run monkey -- --seed N --keys K`: random keys on everything, inside this process and a share of them in a terminal. With `--goals` the
// keys are drawn to challenges, hosts and links, none is pressed in a terminal, and what was reached is counted.
import process from 'node:process';
import {parseArgs} from 'node:util';
import {keyContexts} from '../source/ui/key-entry.ts';
import {goalWalk, type Reached} from '../test/helpers/monkey/goal-walk.ts';
import {moveIn} from '../test/helpers/monkey/home.ts';
import {monkey} from '../test/helpers/monkey/monkey.ts';
import {keep, shortened} from '../test/helpers/monkey/recording.ts';
import {wordsOf} from '../test/helpers/monkey/sources.ts';
import {terminalMonkey} from '../test/helpers/monkey/terminal-monkey.ts';

const {values} = parseArgs({
  options: {
    seed: {type: 'string', default: '1'},
    keys: {type: 'string', default: '5000'},
    patience: {type: 'string', default: '1000'},
    goals: {type: 'boolean', default: false},
  },
});
const [seed, keys] = [Number(values.seed), Number(values.keys)];
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** It takes a hundred times as long there. */
const terminalShare = 0.02;

const known = new Map<string, number>();
const leave = moveIn();
say(`seed ${seed}, ${keys} keys`);
let pressed = 0;
const sources = new Set<string>();
const seen = new Set<string>();
const reached: Reached = new Map();
const patienceMs = Number(values.patience);
const walk = values.goals ? goalWalk(seed, keys, reached, {patienceMs}) : monkey(seed, keys, patienceMs);
for await (const told of walk) {
  const words = wordsOf(told.source).join(' ');
  sources.add(words);
  pressed = told.pressed;
  for (const context of told.sitting.contexts) seen.add(context);
  const {failure} = told.sitting;
  if (failure === undefined) continue;
  const [first = ''] = failure.split('\n');
  const times = known.get(first) ?? 0;
  known.set(first, times + 1);
  if (times > 0) continue;
  const steps = await shortened(told.source, told.sitting);
  say(
    `\n✗ packet-tutor ${words}\n${failure}\n${JSON.stringify(steps)}\n${keep(told.source, steps, failure)}`,
  );
}
const inTerminal = values.goals ? 0 : Math.ceil(keys * terminalShare);
say(`${inTerminal} of them in a terminal`);
for await (const {source, failure, keys: typed} of terminalMonkey(
  seed,
  inTerminal,
  Number(values.patience),
)) {
  if (failure === undefined) continue;
  known.set(failure, (known.get(failure) ?? 0) + 1);
  say(`\n✗ packet-tutor ${wordsOf(source).join(' ')} in a terminal\n${failure}\n${JSON.stringify(typed)}`);
}
leave();
say(`${pressed} keys over ${sources.size} sources, ${known.size} kinds of failure`);
say(`never on the screen: ${keyContexts.filter((context) => !seen.has(context)).join(' ') || 'nothing'}`);
for (const [what, times] of [...reached].sort(([, one], [, other]) => other - one))
  say(`reached ${times} × ${what}`);
for (const [what, times] of known) say(`${times} × ${what}`);
process.exit(known.size === 0 ? 0 : 1);
