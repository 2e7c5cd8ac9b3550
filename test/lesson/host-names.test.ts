// What hosts are called: what says what a host is has an article, what is written like a name has none.
import {expect, test} from 'vitest';
import {hostName, namesIn, theHost, theHostFirst, who} from '../../source/lesson/host-names.ts';

const label = (en: string, zh: string) => ({en, zh});
const hosts = {
  header: {
    hosts: [
      {name: 'a', label: label('laptop', '笔记本电脑')},
      {name: 'b', label: label('com server', 'com 服务器')},
      {name: 'c', label: label('shop.example', 'shop.example')},
      {name: 'd', label: label('A', '甲')},
      {name: 'e', label: label('router R1', '路由器 R1')},
      {name: 'f'},
      {name: 'client'},
      {name: 'server', label: label('office', '办公室')},
    ],
  },
};

test.each([
  ['a', 'laptop', 'the laptop', 'The laptop'],
  ['b', 'com server', 'the com server', 'The com server'],
  ['c', 'shop.example', 'shop.example', 'shop.example'],
  ['d', 'A', 'A', 'A'],
  ['e', 'router R1', 'router R1', 'Router R1'],
  // Without a label: an id is written as it is, the roles of a protocol have names.
  ['f', 'f', 'f', 'f'],
  ['nobody', 'nobody', 'nobody', 'nobody'],
  ['client', 'client', 'the client', 'The client'],
  ['server', 'office', 'the office', 'The office'],
])('%s: %s, %s, %s', (id, name, within, first) => {
  expect(hostName(hosts, id).en).toBe(name);
  expect(theHost(hosts, id).en).toBe(within);
  expect(theHostFirst(hosts, id).en).toBe(first);
  expect(who(hosts, id)).toEqual({host: theHost(hosts, id), first: theHostFirst(hosts, id)});
  expect(namesIn(hosts)(id).name.en).toBe(name);
});

test('Chinese has no articles, and letters among other signs stay as they are', () => {
  expect(['a', 'b', 'e'].map((id) => theHostFirst(hosts, id).zh)).toEqual([
    ...['笔记本电脑', 'com 服务器', '路由器 R1'],
  ]);
  expect(theHost(hosts, 'b').zh).toBe('com 服务器');
});
