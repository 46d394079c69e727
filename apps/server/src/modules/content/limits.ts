/** Of a picture in an article, as it arrives and as it is kept. */
export const maxPictureBytes = 1024 * 1024;
