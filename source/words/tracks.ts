// The names of the curriculum's tracks, in both languages.
import type {Text} from '../lesson/text.ts';
import type {Track} from '../lesson/tracks.ts';

export const trackNames: {readonly [track in Track]: Text} = {
  foundations: {en: 'Foundations', zh: '基础'},
  'tcp-open': {en: 'TCP open', zh: 'TCP 建立连接'},
  'tcp-data': {en: 'TCP data', zh: 'TCP 传输数据'},
  'tcp-close': {en: 'TCP close', zh: 'TCP 关闭连接'},
  dns: {en: 'DNS', zh: 'DNS'},
  http: {en: 'HTTP', zh: 'HTTP'},
  https: {en: 'HTTPS', zh: 'HTTPS'},
  'whole-story': {en: 'Whole story', zh: '全过程'},
};
