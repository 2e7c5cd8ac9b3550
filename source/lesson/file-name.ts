/** Returns the last part of a path of any operating system. */
export const fileName = (path: string): string => path.replace(/^.*[/\\]/s, '');
