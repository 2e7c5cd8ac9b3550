// The list of lessons as text, by track.
import {type Language, type Lesson, type Text, type Track, tracks} from '../lesson/lesson.ts';

const trackNames: Readonly<Record<Track, Text>> = {
  foundations: {en: 'Foundations', zh: '基础'},
  'tcp-open': {en: 'TCP open', zh: 'TCP 建立连接'},
  'tcp-data': {en: 'TCP data', zh: 'TCP 传输数据'},
  'tcp-close': {en: 'TCP close', zh: 'TCP 关闭连接'},
  dns: {en: 'DNS', zh: 'DNS'},
  http: {en: 'HTTP', zh: 'HTTP'},
  https: {en: 'HTTPS', zh: 'HTTPS'},
  'whole-story': {en: 'Whole story', zh: '全过程'},
};

type Listed = Pick<Lesson, 'id' | 'title' | 'track' | 'minutes'>;

export const lessonList = (lessons: readonly Listed[], language: Language): readonly string[] => {
  const widest = Math.max(...lessons.map(({id}) => id.length));
  return tracks.flatMap((track) => {
    const here = lessons.filter((lesson) => lesson.track === track);
    if (here.length === 0) return [];
    const rows = here.map(
      ({id, minutes, title}) =>
        `  ${id.padEnd(widest)}  ${String(minutes).padStart(3)} min  ${title[language]}`,
    );
    return [trackNames[track][language], ...rows];
  });
};
