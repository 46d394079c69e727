import { defineErrors } from '../errors.ts';

/** Why a file cannot be read as a table; each says what to do about it. */
export const fileErrors = defineErrors({
  FILE_EMPTY: {
    status: 400,
    retry: false,
    zh: '文件是空的，没有任何内容，请选择有数据的文件',
    en: 'The file is empty; please choose a file with data',
  },
  FILE_TOO_LARGE: {
    status: 413,
    retry: false,
    zh: '文件超过 {limitMb} MB，请拆成几个文件分别导入，或删去图片和多余的工作表',
    en: 'The file is larger than {limitMb} MB; please split it or remove pictures and spare sheets',
  },
  FILE_OLD_EXCEL: {
    status: 400,
    retry: false,
    zh: '这是旧版 Excel（.xls）文件，请在 Excel 或 WPS 中“另存为”.xlsx 后再上传',
    en: 'This is an old Excel file (.xls); please save it as .xlsx and upload that',
  },
  FILE_ENCRYPTED: {
    status: 400,
    retry: false,
    zh: '文件设置了打开密码，请取消密码后再上传',
    en: 'The file is protected by a password; please remove it and upload the file again',
  },
  FILE_BINARY_EXCEL: {
    status: 400,
    retry: false,
    zh: '这是二进制工作簿（.xlsb）文件，请“另存为”.xlsx 后再上传',
    en: 'This is a binary workbook (.xlsb); please save it as .xlsx and upload that',
  },
  FILE_NOT_A_TABLE: {
    status: 400,
    retry: false,
    zh: '这不是 Excel（.xlsx）或 CSV 文件，请确认选对了文件，或“另存为”.xlsx 后再上传',
    en: 'This is neither an Excel (.xlsx) nor a CSV file; please save it as .xlsx and upload that',
  },
  FILE_DAMAGED: {
    status: 400,
    retry: false,
    zh: '文件已损坏或不完整，请用 Excel 或 WPS 打开并重新保存后再上传',
    en: 'The file is damaged or incomplete; please open it, save it again and upload that',
  },
  FILE_UNPACKS_TOO_LARGE: {
    status: 400,
    retry: false,
    zh: '文件解压后超过 {limitMb} MB，可能不是正常的表格，请删去图片和多余内容后另存再上传',
    en: 'The file unpacks to more than {limitMb} MB; please remove what is not needed and save again',
  },
  FILE_TOO_MANY_PARTS: {
    status: 400,
    retry: false,
    zh: '文件内部有超过 {limit} 个部分，请把数据复制到新的工作簿后再上传',
    en: 'The file holds more than {limit} parts; please copy the data to a new workbook',
  },
  FILE_TOO_MANY_ROWS: {
    status: 400,
    retry: false,
    zh: '数据超过 {limit} 行，请拆成几个文件分别导入',
    en: 'There are more than {limit} rows; please split the file',
  },
  FILE_TOO_MANY_COLUMNS: {
    status: 400,
    retry: false,
    zh: '工作表“{sheet}”第 {row} 行超过 {limit} 列，请删去多余的列',
    en: 'Sheet "{sheet}", row {row}, has more than {limit} columns; please remove spare ones',
  },
  FILE_ENCODING_UNKNOWN: {
    status: 400,
    retry: false,
    zh: '无法识别 CSV 的文字编码，请另存为“CSV UTF-8”或 .xlsx 后再上传',
    en: 'The encoding of the CSV is not known; please save it as CSV UTF-8 or .xlsx',
  },
  FILE_READING_TOO_LONG: {
    status: 400,
    retry: false,
    zh: '读取文件用时过长，已停止；请拆成几个较小的文件再上传',
    en: 'Reading the file took too long and was stopped; please split it into smaller files',
  },
});

export type FileErrorCode = keyof typeof fileErrors;
