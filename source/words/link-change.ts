// What the network does to a link while a run goes on.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const linkTexts = {
  link: text('the link', '链路'),
  goesDown: text('goes down', '中断'),
  comesUp: text('comes up', '恢复'),
  changes: text('changes', '改变'),
  delay: text('delay', '时延'),
  rate: text('rate', '速率'),
  queue: text('queue', '队列'),
  loss: text('loss', '丢包率'),
  mtu: text('MTU', 'MTU'),
} as const;
