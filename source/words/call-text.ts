// Writes a program's call as in its source: `connect(server:80)`.
import type {Action} from '../sim/action.ts';
import {recordText} from '../wire/dns/record-text.ts';
import {typeName} from '../wire/dns/registry.ts';

export const callText = (action: Action): string => {
  switch (action.call) {
    case 'listen':
      return `listen(${action.port})`;
    case 'connect':
    case 'spoofSyn':
      return `${action.call}(${action.to.host}:${action.to.port})`;
    case 'resolve':
      return `resolve(${action.name} ${typeName(action.type)})`;
    case 'setHosts':
      return `setHosts(${action.entries.map(({name, address}) => `${name} ${address}`).join(', ')})`;
    case 'editZone':
      return `editZone(${action.records.map(recordText).join(', ')})`;
    case 'forgeAnswer':
      return `forgeAnswer(${action.question.name} ${typeName(action.question.type)})`;
    case 'get':
    case 'post':
    case 'open':
      return `${action.call}(${action.url})`;
    case 'request':
      return `request(${action.method} ${action.url})`;
    case 'pipeline':
      return `pipeline(${action.urls.join(' ')})`;
    case 'replay':
      return `replay(${action.of.flags?.join(',') ?? action.of.carries ?? ''})`;
    case 'setLink':
      return `setLink(${action.link})`;
    case 'send':
    case 'receive':
      return `${action.call}(${action.bytes})`;
    default:
      return `${action.call}()`;
  }
};
