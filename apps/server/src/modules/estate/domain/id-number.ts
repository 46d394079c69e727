/** Weights and check characters of GB 11643-1999. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';

/** Whether the last character of an 18-digit identity number fits the others. */
export function hasValidCheckDigit(idNumber: string): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(idNumber[index]), 0);
  return checkCharacters[sum % 11] === idNumber[17];
}
