// What a lesson's own questions are about.
import type {Lesson} from '../lesson/lesson.ts';
import type {Topic} from './kinds.ts';

export const topicOf = ({id, track}: Pick<Lesson, 'id' | 'track'>): Topic => {
  if (id === 'cookies-session') return 'cookies';
  if (id === 'tcp-header' || track.startsWith('tcp')) return 'tcp';
  if (track === 'dns' || track === 'http') return track;
  return track === 'https' ? 'tls' : 'layers';
};
