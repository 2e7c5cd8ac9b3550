// What stands in the ladder beside ◇: what a host did without a packet.
import type {Text} from '../lesson/text.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const happeningTexts = {
  setHosts: text('hosts file now:', 'hosts 文件改为：'),
  noHosts: text('hosts file now empty', 'hosts 文件清空'),
  editZone: text('zone now:', '区改为：'),
  removed: text('records removed', '删除记录'),
  fromHosts: text('hosts file:', 'hosts 文件：'),
  fromCache: text('own cache:', '本机缓存：'),
  failed: text('lookup fails:', '查询失败：'),
  timedOut: text('no answer in time', '超时'),
  invalid: text('bad name (EINVAL)', '名字不合规则（EINVAL）'),
  crash: text('goes down', '停机'),
  reboot: text('is back', '恢复运行'),
} as const;
