import type { Language, Photo } from '../types.ts';

const yearSeconds = 365 * 24 * 3600;
const usualFontPx = 16;
/** What the server takes is at most 2 MB; a photo of this width is far below. */
const photoWidthPx = 1600;
const photoQuality = 0.82;

export const storage = {
  read(name: string): string | undefined {
    try {
      return localStorage.getItem(`wuye ${name}`) ?? undefined;
    } catch {
      // A browser that stores nothing: every visit is the first.
      return undefined;
    }
  },
  write(name: string, text: string | undefined): void {
    try {
      if (text === undefined) localStorage.removeItem(`wuye ${name}`);
      else localStorage.setItem(`wuye ${name}`, text);
    } catch (error) {
      console.warn('this browser stores nothing', error);
    }
  },
};

/** The size that the reader set in the browser or that the wallet gives to its pages. */
export function fontScale(): number {
  const px = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return px > 0 ? px / usualFontPx : 1;
}

/** The same cookie tells the server which language its refusals have. */
export function language(): Language {
  const chosen = /(?:^|;\s*)lang=(\w+)/.exec(document.cookie)?.[1];
  if (chosen === 'en' || chosen === 'zh') return chosen;
  return /^en/i.test(navigator.language) ? 'en' : 'zh';
}

export function setLanguage(next: Language): void {
  document.cookie = `lang=${next}; path=/; max-age=${yearSeconds}; samesite=lax`;
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
}

export function setTitle(title: string): void {
  document.title = title;
}

export async function openDocument(path: string): Promise<void> {
  location.assign(path);
}

/** A page cannot reach the album: the picture is shown, and a long press keeps it. */
export async function saveImage(path: string): Promise<void> {
  location.assign(path);
}

export async function imageOf(path: string): Promise<string> {
  return path;
}

export function openOutside(url: string): void {
  window.open(url, '_blank', 'noopener');
}

export function callPhone(number: string): void {
  location.assign(`tel:${number}`);
}

export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No leave, or no secure address: the page shows the text to be copied by hand.
    return false;
  }
}

export function now(): number {
  return Date.now();
}

export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function choosePhotos(most: number): Promise<readonly Photo[]> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'image/*';
  input.multiple = most > 1;
  return new Promise((resolve, reject) => {
    input.addEventListener('change', () => {
      Promise.all([...(input.files ?? [])].slice(0, most).map(smaller)).then(resolve, reject);
    });
    input.addEventListener('cancel', () => resolve([]));
    input.click();
  });
}

/** Photos of a phone have up to 12 MB; what staff must see fits into a tenth. */
async function smaller(file: File): Promise<Photo> {
  const blob = (await redrawn(file)) ?? file;
  return { src: URL.createObjectURL(blob), bytes: blob.size, source: blob };
}

async function redrawn(file: File): Promise<Blob | null> {
  const picture = await createImageBitmap(file);
  const factor = Math.min(1, photoWidthPx / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * factor);
  canvas.height = Math.round(picture.height * factor);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return await new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', photoQuality);
  });
}
