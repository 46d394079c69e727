/** What is larger is made smaller here, so that it travels over a weak network. */
const keptBytes = 700_000;
const longestSide = 1600;
const quality = 0.82;

/** Puts smaller photos in the place of large ones; what cannot be read stays as it is. */
export async function smaller(input: HTMLInputElement): Promise<void> {
  try {
    const files = await Promise.all([...(input.files ?? [])].map(shrunk));
    const list = new DataTransfer();
    for (const file of files) list.items.add(file);
    input.files = list.files;
  } catch {
    // An old browser sends the photo whole; the server makes it smaller.
  }
}

async function shrunk(file: File): Promise<File> {
  if (file.size <= keptBytes) return file;
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, longestSide / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) =>
    canvas.toBlob(resolve, 'image/jpeg', quality),
  );
  return blob && blob.size < file.size ? new File([blob], 'photo.jpg', { type: blob.type }) : file;
}
