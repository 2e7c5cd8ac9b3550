// Whom a resolver asks next. Oracle: RFC 1034 §5.3.3 steps 2 and 3, RFC 4035 §3.1.4.1 (DS is the parent's), RFC 6761 §6.3 (loopback); names of
// servers inside of the zone that they serve can be found by nobody else (RFC 1034 §4.2.1).
import {describe, expect, test} from 'vitest';
import {
  chooseSearch,
  chooseServer,
  closestCut,
  foundAddresses,
  isUseful,
  seek,
  startCut,
} from '../../../source/stack/dns/delegation.ts';
import {type ResolverSettings, resolverDefaults} from '../../../source/stack/dns/resolver-settings.ts';
import {
  type Cut,
  resolverStart,
  type Target,
  type Trial,
  trialKey,
  type Walk,
} from '../../../source/stack/dns/resolver-state.ts';
import {measured} from '../../../source/stack/dns/servers.ts';
import {RecordClass, RecordType} from '../../../source/wire/dns/registry.ts';

const {A, AAAA} = RecordType;
const [own, six] = ['192.0.2.53', '2001:db8::53'];

const around = ({
  settings = {} as Partial<ResolverSettings>,
  addresses = [own] as readonly string[],
} = {}) => ({
  state: resolverStart({
    ...resolverDefaults,
    roots: [{name: 'root.', addresses: ['198.51.100.1']}],
    ...settings,
  }),
  env: {nowUs: 0, addresses, chance: () => 0},
});
const target = (
  name: string | undefined,
  addresses: readonly string[] = [],
  sought: readonly number[] = [],
): Target => ({
  ...{name, addresses, sought},
});
const cut = (...targets: readonly Target[]): Cut => ({
  ...{zone: 'abc.com.', targets, untilUs: 1, from: 'cache', parentSide: false, rd: false},
});

describe('a name server whose address has to be found', () => {
  const wanted = (which: 'bare' | 'more', targets: readonly Target[], place = around()) => {
    const found = chooseSearch(place, cut(...targets), which);
    return found && `${found.name} ${found.type}`;
  };
  const [inside, outside, other] = ['dns.abc.com.', 'dns.net.', 'dns.org.'];

  test('first those outside of the zone; those inside only where somebody can be asked', () => {
    expect(wanted('bare', [target(inside), target(outside)])).toBe(`${outside} ${A}`);
    expect(wanted('bare', [target(inside)])).toBeUndefined();
    expect(wanted('bare', [target(inside), target(other, ['203.0.113.1'])])).toBe(`${inside} ${A}`);
    expect(wanted('bare', [target(inside), target(outside), target(other, ['203.0.113.1'])])).toBe(
      `${outside} ${A}`,
    );
    // The zone's own name is inside; what has no name cannot be looked for.
    expect(wanted('bare', [target('abc.com.'), target(undefined)])).toBeUndefined();
  });

  test('none of which an address is known, nor one that was looked for', () => {
    expect(wanted('bare', [target(outside, ['203.0.113.1'])])).toBeUndefined();
    expect(wanted('bare', [target(outside, [], [A]), target(other)])).toBe(`${other} ${A}`);
    expect(wanted('bare', [target(outside, [], [A])])).toBeUndefined();
    expect(wanted('bare', [])).toBeUndefined();
  });

  test('AAAA where this host has IPv6: behind A, and of servers that may have one more', () => {
    const both = around({addresses: [own, six], settings: {doIp6: true}});
    expect(wanted('bare', [target(outside, [], [A])], both)).toBe(`${outside} ${AAAA}`);
    expect(wanted('bare', [target(outside, [], [A]), target(other)], both)).toBe(`${other} ${A}`);
    expect(wanted('more', [target(outside, ['203.0.113.1'])], both)).toBe(`${outside} ${AAAA}`);
    expect(wanted('more', [target(outside, ['203.0.113.1', six])], both)).toBeUndefined();
    expect(wanted('more', [target(outside, ['203.0.113.1'])])).toBeUndefined();
    expect(
      wanted(
        'more',
        [target(outside, ['203.0.113.1'])],
        around({addresses: [own, six], settings: {doIp6: false}}),
      ),
    ).toBeUndefined();
  });
});

const question = {name: 'y.abc.com.', type: A, class: RecordClass.IN};
/** What choosing a server reads of a search. */
const walk = (trials: Readonly<Record<string, Trial>> = {}) => ({now: question, trials}) as unknown as Walk;

describe('the server that is asked next', () => {
  const [first, second] = ['203.0.113.1', '203.0.113.2'];
  const chosen = (
    targets: readonly Target[],
    trials: Readonly<Record<string, Trial>> = {},
    place = around(),
  ) => chooseServer(place, {walk: walk(trials), cut: cut(...targets), lastResort: false})?.address;
  const two = [target('a.', [first]), target('b.', [second])];
  const tried = (address: string, trial: Trial) => ({[trialKey('abc.com.', address)]: trial});

  test('the first, the least often asked, the fastest', () => {
    expect(chosen(two)).toBe(first);
    expect(chosen(two, tried(first, {sends: 1}))).toBe(second);
    const place = around();
    const slow = (rttUs: number, address: string) => ({
      ...place,
      state: {...place.state, servers: measured(place.state.servers, {address, rttUs, nowUs: 0})},
    });
    expect(chosen(two, {}, slow(900_000, first))).toBe(second);
    expect(chosen(two, tried(second, {sends: 1}), slow(900_000, first))).toBe(first);
  });

  test('none that has failed, nor one that was asked often enough', () => {
    expect(chosen(two, tried(first, {sends: 0, fault: 'lame'}))).toBe(second);
    const {attempts} = resolverDefaults;
    const often = {...tried(first, {sends: attempts}), ...tried(second, {sends: attempts})};
    expect(chosen(two, often)).toBeUndefined();
    expect(chosen(two, {...often, ...tried(second, {sends: attempts - 1})})).toBe(second);
  });

  test('nobody asks itself, nor in IPv6 without an address of its own', () => {
    for (const none of [own, '127.0.0.1', '127.9.9.9', '0.0.0.0', '::1', '::', six])
      expect(chosen([target('a.', [none]), target('b.', [second])]), none).toBe(second);
    const both = around({addresses: [own, six], settings: {doIp6: true}});
    expect(chosen([target('a.', ['2001:db8::1'])], {}, both)).toBe('2001:db8::1');
    expect(
      chosen([target('a.', ['2001:db8::1'])], {}, around({addresses: [own, six], settings: {doIp6: false}})),
    ).toBeUndefined();
    // 10.127.0.1 is no loopback.
    expect(chosen([target('a.', ['10.127.0.1'])])).toBe('10.127.0.1');
  });

  test('a resolver of some zone is the last resort, and asked for the whole answer', () => {
    const faulty = tried(first, {sends: 0, fault: 'recursion-lame'});
    const choose = (lastResort: boolean) =>
      chooseServer(around(), {walk: walk(faulty), cut: cut(...two), lastResort});
    expect([choose(false), choose(true)]).toEqual([
      {...choose(false), address: second, rd: false},
      {...choose(true), address: first, rd: true},
    ]);
  });
});

test('where a search starts: at the hints, at the forwarders', () => {
  const {state} = around();
  expect(closestCut(state, 'y.abc.com.', 0)).toMatchObject({
    ...{zone: '.', from: 'hints', parentSide: true, rd: false},
    targets: [{name: 'root.', addresses: ['198.51.100.1'], sought: [A, AAAA]}],
  });
  expect(startCut(state, {...question, type: RecordType.DS}, 0).zone).toBe('.');
  const forwarding = around({settings: {forwarders: ['203.0.113.9']}}).state;
  expect(startCut(forwarding, question, 0)).toMatchObject({
    ...{zone: '.', from: 'set', rd: true, targets: [{name: undefined, addresses: ['203.0.113.9']}]},
  });
});

test('a delegation is of use where somebody can be asked or looked for', () => {
  expect(isUseful([target('dns.abc.com.')], 'abc.com.')).toBe(false);
  expect(isUseful([target('dns.abc.com.', ['203.0.113.1'])], 'abc.com.')).toBe(true);
  expect(isUseful([target('dns.net.')], 'abc.com.')).toBe(true);
  expect([isUseful([target(undefined)], 'abc.com.'), isUseful([], 'abc.com.')]).toEqual([true, false]);
});

test('what is sought and found is that of the server of this name', () => {
  const both = cut(target('A.', ['203.0.113.1']), target('b.'));
  expect(seek(both, {name: 'a.', type: A}).targets.map(({sought}) => sought)).toEqual([[A], []]);
  const found = foundAddresses(both, 'a.', ['203.0.113.1', '203.0.113.2']);
  expect(found.targets.map(({addresses}) => addresses)).toEqual([['203.0.113.1', '203.0.113.2'], []]);
});
