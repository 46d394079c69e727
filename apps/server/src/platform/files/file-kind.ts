import { fileErrors } from './errors.ts';
import { fileLimits, megabytes } from './limits.ts';

const zipSignature = Buffer.from('PK\x03\x04', 'latin1');
const emptyZip = Buffer.from('PK\x05\x06', 'latin1');
const ole2Signature = Buffer.from('d0cf11e0a1b11ae1', 'hex');
/** Name of the stream that holds an encrypted workbook inside an OLE2 file. */
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');

/**
 * What a file is by its first bytes; its name is not believed.
 * @throws for everything that is neither .xlsx nor CSV, saying what it is instead
 */
export function fileKindOf(bytes: Buffer): 'workbook' | 'text' {
  const limitMb = megabytes(fileLimits.packedBytes);
  if (bytes.length > fileLimits.packedBytes)
    throw fileErrors.FILE_TOO_LARGE({ values: { limitMb } });
  if (bytes.length === 0) throw fileErrors.FILE_EMPTY();
  if (startsWith(bytes, zipSignature)) return 'workbook';
  if (startsWith(bytes, emptyZip)) throw fileErrors.FILE_EMPTY();
  if (startsWith(bytes, ole2Signature)) {
    throw bytes.includes(encryptedPackage)
      ? fileErrors.FILE_ENCRYPTED()
      : fileErrors.FILE_OLD_EXCEL();
  }
  const start = bytes.subarray(0, 512).toString('latin1').trimStart();
  // Some systems call a web page or an XML of 2003 "….xls".
  if (/^(<\?xml|<!doctype|<html|<table|%PDF|\{\\rtf)/i.test(start))
    throw fileErrors.FILE_NOT_A_TABLE();
  return 'text';
}

function startsWith(bytes: Buffer, signature: Buffer): boolean {
  return bytes.subarray(0, signature.length).equals(signature);
}
