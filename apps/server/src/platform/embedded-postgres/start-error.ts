/** A reason not to start that the person at the terminal can act on: one sentence a language. */
export class StartError extends Error {
  readonly zh: string;
  readonly en: string;

  constructor(zh: string, en: string, cause?: unknown) {
    super(`${zh}\n${en}`, { cause });
    this.name = 'StartError';
    this.zh = zh;
    this.en = en;
  }
}

const OUT_OF_SPACE =
  /No space left on device|ENOSPC|could not write .*: Success|Disk quota exceeded/;

/** Whether a message, or the end of a log, says that the disk is full. */
export function saysDiskFull(text: string): boolean {
  return OUT_OF_SPACE.test(text);
}

export function diskFullError(dataDir: string, cause?: unknown): StartError {
  return new StartError(
    `磁盘已满，数据库无法写入 ${dataDir}，请清理磁盘空间后重新启动；已入账的数据不受影响。`,
    `The disk is full: the database cannot write to ${dataDir}. Free some space and start again; what was committed is safe.`,
    cause,
  );
}
