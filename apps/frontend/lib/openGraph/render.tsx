import { ImageResponse } from 'next/og';
import type { ReactElement } from 'react';
import sharp from 'sharp';
import { openGraphFonts } from './fonts';
import { openGraphSize } from './size';

/** Draws a card of the size that is shared. As JPEG, which is a tenth of the PNG where there is a photograph. */
export const renderCard = async (card: ReactElement): Promise<Buffer> => {
  const png = await new ImageResponse(card, { ...openGraphSize, fonts: await openGraphFonts() }).arrayBuffer();
  return sharp(Buffer.from(png)).jpeg({ quality: 84, mozjpeg: true }).toBuffer();
};
