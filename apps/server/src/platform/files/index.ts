export {
  type Cell,
  type CellFault,
  columnIndex,
  type TableRow,
} from './cell.ts';
export { fileErrors } from './errors.ts';
export { fileKindOf } from './file-kind.ts';
export { fileLimits, megabytes } from './limits.ts';
export { type ReadTableOptions, readTable, type TableListener } from './read-table.ts';
export { readXml, type XmlHandlers } from './read-xml.ts';
export { type CellToWrite, type SheetToWrite, writeWorkbook } from './write-workbook.ts';
