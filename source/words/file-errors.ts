// Why a file cannot be read or written: what it is in place of a file, and what the system says, in plain words.
import type {Text} from '../lesson/text.ts';
import {folderMissing, isKind, permission} from './catalogue/file-errors.ts';
import type {Problem} from './problem.ts';

const text = (en: string, zh: string): Text => ({en, zh});

/** What stands where a file should. */
export type NoFileKind = 'folder' | 'pipe' | 'device' | 'socket';

export const isNoFile = (file: string, kind: NoFileKind): Problem => {
  const {what, remedy} = isKind[kind];
  return {what: text(`${file} ${what.en}`, `${file} ${what.zh}`), remedy};
};

const reasons: {readonly [code: string]: Text} = {
  EACCES: permission,
  EPERM: permission,
  ENOSPC: text('the disk is full', '磁盘已满'),
  EDQUOT: text('the disk quota is used up', '磁盘配额已用完'),
  EROFS: text('the disk is read-only', '磁盘是只读的'),
  EFBIG: text('the file would be larger than allowed', '文件会超过允许的大小'),
  EIO: text('the device reports an error', '设备出错'),
  ENOENT: folderMissing,
  ENOTDIR: folderMissing,
  EISDIR: text('it is a folder', '它是一个目录'),
  ENAMETOOLONG: text('the name is too long', '名字太长'),
  ELOOP: text('its links lead in a circle', '符号链接绕成了圈'),
  EMFILE: text('too many files are open', '打开的文件太多'),
  ENFILE: text('too many files are open', '打开的文件太多'),
  EBUSY: text('something else is using it', '正被别的程序占用'),
  ENXIO: text('it is not a file', '它不是文件'),
  EBADF: text('it is closed', '它已关闭'),
};

/** What comes behind a sentence. The code stays beside the words: it is what people search for. */
export const reasonOf = (code: string): Text => {
  const reason = reasons[code];
  return reason
    ? text(`: ${reason.en} (${code})`, `：${reason.zh}（${code}）`)
    : text(` (${code})`, `（${code}）`);
};

export const withReason = (en: string, zh: string, code: string): Text => {
  const reason = reasonOf(code);
  return text(`${en}${reason.en}`, `${zh}${reason.zh}`);
};

export const unreadable = (file: string, code: string): Problem => ({
  what: withReason(`cannot read ${file}`, `无法读取 ${file}`, code),
  remedy: text('check that you may read it', '检查你是否有读取权限'),
});

const isFull = (code: string): boolean => code === 'ENOSPC' || code === 'EDQUOT';

export const cannotWrite = (file: string, code: string): Problem => ({
  what: withReason(`cannot write ${file}`, `无法写入 ${file}`, code),
  remedy: isFull(code)
    ? text('make room, or name another file or folder', '请腾出空间，或换一个文件名或目录')
    : text('name another file or folder', '请换一个文件名或目录'),
});

export const cannotWriteOutput = (code: string): Problem => ({
  what: withReason('cannot write the output', '无法写出结果', code),
  remedy: isFull(code)
    ? text('make room, or send it to another place', '请腾出空间，或把结果送到别处')
    : text('send it to another place', '请把结果送到别处'),
});
