export {
  type Cell,
  type CellFault,
  columnIndex,
  columnName,
  type TableRow,
  textOf,
} from './cell.ts';
export { fileErrors } from './errors.ts';
export { fileKindOf } from './file-kind.ts';
export { fileLimits, megabytes } from './limits.ts';
export { plainText } from './plain-text.ts';
export { type ReadTableOptions, readTable, type TableListener } from './read-table.ts';
export { type CellToWrite, type SheetToWrite, writeWorkbook } from './write-workbook.ts';
