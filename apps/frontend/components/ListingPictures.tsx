import type { ListingDetail } from '@convene/common/api';
import { getTranslations } from 'next-intl/server';
import { Gallery } from './Gallery';
import { ListingImage } from './ListingImage';
import styles from './ListingPictures.module.css';

/** A listing's pictures, or what stands in their place. */
export const ListingPictures = async ({ listing: { gallery, image } }: { listing: ListingDetail }) => {
  const t = await getTranslations('listing');
  const images = gallery.length > 0 ? gallery : image ? [image] : [];
  if (images.length === 0) {
    return (
      <div className={styles.noPicture}>
        <ListingImage image={null} sizes="50rem" />
      </div>
    );
  }
  const count = images.length;
  return (
    <Gallery
      images={images}
      texts={{
        region: t('gallery'),
        previous: t('previousPicture'),
        next: t('nextPicture'),
        position: images.map((_, at) => t('picture', { index: at + 1, count })),
        show: images.map((_, at) => t('showPicture', { index: at + 1 })),
        open: images.map(({ alt }, at) => t('openPicture', { index: at + 1, alt })),
        lightbox: {
          title: t('gallery'),
          close: t('closePictures'),
          zoomIn: t('enlarge'),
          zoomOut: t('fit'),
        },
      }}
    />
  );
};
