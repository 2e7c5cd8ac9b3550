// How far around its event a text looks, by its words (words/en/lexicon.yaml), and that it is silent where something there is otherwise.
// Oracle: two runs of which the one thing that differs is given.
import {describe, expect, test} from 'vitest';
import {segmentOf} from '../../source/account/packet.ts';
import {toldBy} from '../../source/lesson/beat-texts.ts';
import {wordingOf} from '../../source/lesson/check-wording.ts';
import {everywhere} from '../../source/lesson/everywhere.ts';
import {parseExpression} from '../../source/lesson/expression-parser.ts';
import type {Signature, Template} from '../../source/lesson/lesson.ts';
import {vocabulary} from '../../source/lesson/protocols.ts';
import {isAsSigned, signatureOf} from '../../source/lesson/signature.ts';
import {tcpChanges} from '../../source/lesson/tcp/settings.ts';
import {parseFault} from '../../source/sim/fault-text.ts';
import type {Cause, Scenario} from '../../source/sim/scenario.ts';
import type {Trace} from '../../source/sim/trace.ts';
import {seq} from '../../source/wire/seq.ts';
import {teardownScenario} from '../helpers/scenarios.ts';
import {run} from '../helpers/traces.ts';

/** With what our lexicon of both languages finds in it: the Chinese says nothing. */
const toldIn = (text: Template) => toldBy({say: text, speaks: wordingOf([text])});
const told = (en: string) => toldIn(everywhere({en: [en], zh: ['。']}));
const trace = run(teardownScenario());

const eventOf = (kind: string, nth = 0, of: Trace = trace): number =>
  [...of.events()].filter((event) => event.kind === kind)[nth]?.n ?? expect.fail(kind);

const reach = (text: string, event: number, near = 3, far = trace.length) => {
  const signature = signatureOf(told(text), {trace, event}, {near, far});
  return signature && {of: signature.of, before: signature.before, behind: signature.behind};
};

describe('how far', () => {
  const sent = eventOf('send', 3);
  const [arrived, called] = [eventOf('arrive', 3), eventOf('call', 2)];

  test('its own event, unless it says more; before anything happened not even that', () => {
    expect(reach('It is so', sent)).toEqual({of: [], before: 1, behind: 0});
    expect(reach('It is so', 0)).toEqual({of: [], before: 0, behind: 0});
  });

  test.each(['nothing is lost', 'three ACKs', 'it waits'])('back to the beat before: %s', (text) => {
    expect(reach(text, sent)?.before).toBe(sent - 3 + 1);
    expect(reach(text, sent, sent)?.before).toBe(1);
    expect(reach(text, sent, sent + 1)?.before).toBe(0);
    expect(reach(text, sent)?.behind).toBe(0);
  });

  test('on to the next beat, where it says what will be', () => {
    for (const event of [sent, arrived, called])
      expect(reach('it will be', event, 1, event + 4)).toEqual({of: ['future'], before: 1, behind: 4});
    expect(reach('it will be', sent, 1, sent - 1)?.behind).toBe(0);
  });

  test('or that something gets there, where it leaves or is asked for', () => {
    const behind = (event: number) => reach('it arrives', event, 1, event + 4)?.behind;
    expect([behind(sent), behind(called), behind(arrived), behind(0)]).toEqual([4, 4, 0, 4]);
  });

  test('a text of which nobody says what it speaks of leans on everything', () => {
    const unknown = toldBy({say: everywhere({en: ['x'], zh: ['。']})});
    const signature = signatureOf(unknown, {trace, event: sent}, {near: 1, far: trace.length});
    expect(signature?.of).toContain('positions');
    expect([signature?.before, signature?.behind]).toEqual([sent, trace.length - sent]);
  });
});

const changed = (change: Partial<Scenario>): Trace => run(teardownScenario(change));
const faults = (text: string): Partial<Scenario> => {
  const fault = parseFault(text);
  return fault.ok ? {faults: [fault.value]} : expect.fail(text);
};

/** Said at the last event of the run; is it said of the other run’s last one, too? */
const speaksIn = (text: string, other: Trace): boolean => {
  const said = told(text);
  const signature = signatureOf(said, {trace, event: trace.length}, {near: 1, far: trace.length});
  expect(isAsSigned({...said, signature}, {trace, event: trace.length})).toBe(true);
  return isAsSigned({...said, signature}, {trace: other, event: other.length});
};

describe('silent', () => {
  const later = changed({
    links: teardownScenario().links.map((link) => ({...link, delayUs: link.delayUs + 1000})),
  });
  const other = changed({hosts: teardownScenario().hosts.map(({iss: _, ...host}) => host)});
  const lost = changed(faults('drop@packet=5'));

  test.each<readonly [string, Trace, boolean]>([
    ['it is so', later, true],
    ['nothing is lost', later, true],
    ['three ACKs', later, true],
    ['it will be', later, true],
    ['at 2 s', later, false],
    ['it is so', other, true],
    ['it begins at 1000', other, false],
    ['it waits', later, false],
    ['at 2 seconds', later, false],
    ['nothing is lost', lost, false],
    ['more than before', lost, false],
    ['three ACKs', lost, false],
  ])('%s', (text, of, speaks) => {
    expect(speaksIn(text, of)).toBe(speaks);
  });

  test('where the other run has not got so far', () => {
    const said = told('it waits');
    const signature: Signature = {of: ['pace'], before: 3, behind: 0, hash: 0};
    expect(isAsSigned({...said, signature}, {trace, event: 2})).toBe(false);
    const beyond: Signature = {of: [], before: 1, behind: 1, hash: 0};
    expect(isAsSigned({...said, signature: beyond}, {trace, event: trace.length})).toBe(false);
  });

  test('without a signature it speaks everywhere', () => {
    expect(isAsSigned(told('it waits'), {trace: other, event: 1})).toBe(true);
  });
});

/** Another connection opens and is used before ours sends its data, which are answered last. */
const beside = (change: Partial<Scenario> = {}): Trace => {
  const {script, ...rest} = teardownScenario(change);
  const opened = {kind: 'on', host: 'client', event: 'connected', afterUs: 0} as const;
  const theirs: readonly Cause[] = [
    {
      when: {kind: 'at', atUs: 3_000_000},
      host: 'client',
      action: {call: 'connect', to: {host: 'server', port: 80}, from: 40001, as: 'd', read: 'auto'},
    },
    {when: {...opened, of: 'd'}, host: 'client', action: {call: 'send', of: 'd', bytes: 30}},
    {
      when: {...opened, of: 'c', afterUs: 9_000_000},
      host: 'client',
      action: {call: 'send', of: 'c', bytes: 100},
    },
  ];
  return run({...rest, script: [...script.slice(0, 2), ...theirs]});
};

const last = (of: Trace): number =>
  [...of.events()].findLast(({kind}) => kind === 'arrive')?.n ?? expect.fail();

/** Said of the last arrival of one run; is it said of the other’s, too? */
const looksBack = (text: string, here: Trace, there: Trace): boolean => {
  const said = told(text);
  const signature = signatureOf(said, {trace: here, event: last(here)}, {near: last(here), far: here.length});
  expect(isAsSigned({...said, signature}, {trace: here, event: last(here)})).toBe(true);
  return isAsSigned({...said, signature}, {trace: there, event: last(there)});
};

describe('what is lost or counted is that of the connection at hand, without its opening', () => {
  const quiet = beside();
  const packetOf = (port: number, length: number): number =>
    Array.from({length: quiet.packetCount}, (_, at) => at + 1).find((id) => {
      const segment = segmentOf(quiet.packet(id));
      return segment?.srcPort === port && segment.payload.length === length;
    }) ?? expect.fail();
  const [open, data, theirs] = [packetOf(40000, 0), packetOf(40000, 100), packetOf(40001, 30)].map((packet) =>
    beside(faults(`drop@packet=${packet}`)),
  );

  test.each<readonly [string, open: boolean, data: boolean, theirs: boolean]>([
    ['it is so', true, true, true],
    ['nothing is lost', true, false, true],
    ['of the SYNs nothing is lost', false, false, true],
    ['nothing is lost, rather than all', false, false, false],
    ['three ACKs', true, false, true],
    ['three ACKs of the handshake', false, false, true],
    ['more ACKs than before', false, false, false],
  ])('%s', (text, ...expected) => {
    const others = [open, data, theirs].map((each) => each ?? expect.fail());
    expect(others.map((other) => looksBack(text, quiet, other))).toEqual(expected);
  });
});

const shown = (text: string) => {
  const expression = parseExpression(text, {hosts: ['client', 'server'], connections: ['c'], vocabulary});
  return expression.ok ? expression.value : expect.fail(text);
};

const speaksWith = (text: string, there: Trace, ...more: readonly string[]): boolean => {
  const said = toldIn(everywhere({en: [`${text} `, ...more.map(shown)], zh: ['。']}));
  const signature = signatureOf(said, {trace, event: trace.length}, {near: 1, far: trace.length});
  return isAsSigned({...said, signature}, {trace: there, event: there.length});
};

const at = (atUs: number) => ({kind: 'at', atUs}) as const;
const scripted = (change: (cause: Cause) => Cause): Trace =>
  changed({script: teardownScenario().script.map(change)});
const delayed = scripted((cause) =>
  cause.when.kind === 'at' ? {...cause, when: at(cause.when.atUs + 7000)} : cause,
);

test('an instant in braces is one of the clock where the prose says how long', () => {
  const instant = 'time({sends: client, flags: [SYN]})';
  expect(speaksWith('it waits', delayed)).toBe(true);
  expect(speaksWith('it is so', delayed, instant)).toBe(true);
  expect(speaksWith('it waits', delayed, instant)).toBe(false);
});

describe('what stands in braces is the same there', () => {
  const numbered = changed({hosts: teardownScenario().hosts.map((host) => ({...host, iss: seq(77)}))});
  const waited = scripted((cause) =>
    cause.action.call === 'shutdown' ? {...cause, when: at(1_009_000)} : cause,
  );
  const port = scripted((cause) =>
    cause.action.call === 'connect' ? {...cause, action: {...cause.action, from: 50_505}} : cause,
  );
  const plain = changed({
    hosts: teardownScenario().hosts.map((host) => ({...host, tcp: tcpChanges({sack: false})})),
  });
  const away = 'time({sends: client, flags: [FIN, ACK]}) - time({sends: client, flags: [SYN]})';

  test.each<readonly [string, string, Trace, boolean]>([
    ['sequence numbers by their distance', 'packet(2).tcp.seq_raw', numbered, true],
    ['ports that are drawn', 'packet(1).tcp.srcport', port, true],
    ['ports that are known', 'packet(2).tcp.len', port, true],
    ['how long', away, waited, false],
    ['how long, begun later', away, delayed, true],
    ['how much', 'first("tcp.len > 0").tcp.len', waited, true],
    ['a packet, wherever it stands', 'first("tcp.len > 0").tcp.len', plain, true],
    ['a packet’s number, others before', 'packet(4).tcp.len', plain, false],
    ['the number of one', 'packet(1).tcp.len', plain, false],
  ])('%s', (_, expression, there, speaks) => {
    expect(speaksWith('it is so', trace, expression)).toBe(true);
    expect(speaksWith('it is so', there)).toBe(true);
    expect(speaksWith('it is so', there, expression)).toBe(speaks);
  });
});
