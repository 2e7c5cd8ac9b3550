/** Returns the last part of a file's path, with the separators of any operating system. */
export const fileName = (path: string): string => path.replace(/^.*[/\\]/s, '');
