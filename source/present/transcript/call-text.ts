// A program's call as one writes it: `connect(server:80)`.
import type {Action} from '../../sim/scenario.ts';

export const callText = (action: Action): string => {
  switch (action.call) {
    case 'listen':
      return `listen(${action.port})`;
    case 'connect':
    case 'spoofSyn':
      return `${action.call}(${action.to.host}:${action.to.port})`;
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
