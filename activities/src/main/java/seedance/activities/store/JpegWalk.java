package seedance.activities.store;

import java.util.Optional;

/**
 * Walks the segments of a JPEG (ITU-T T.81, annex B) up to its {@code EOI}: one inside a segment,
 * as of a thumbnail, does not count. What comes after it is no part of the picture.
 */
final class JpegWalk implements FormWalk {
  private static final int MARKER = 0xFF;
  private static final int STUFFED = 0x00;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int FIRST_RESTART = 0xD0;

  private enum Place {
    /** In the pixels, or where a marker has to begin. */
    BEFORE_A_MARKER,
    IN_A_MARKER,
    FIRST_OF_LENGTH,
    SECOND_OF_LENGTH,
    IN_A_SEGMENT,
    AFTER_THE_END
  }

  private Place place = Place.BEFORE_A_MARKER;
  private int segment;

  @Override
  public void take(byte[] bytes, int offset, int length) throws BrokenDownloadException {
    for (int i = offset; i < offset + length && place != Place.AFTER_THE_END; i++) {
      take(bytes[i] & 0xFF);
    }
  }

  private void take(int octet) throws BrokenDownloadException {
    switch (place) {
      case BEFORE_A_MARKER -> place = octet == MARKER ? Place.IN_A_MARKER : place;
      case IN_A_MARKER -> place = after(octet);
      case FIRST_OF_LENGTH -> {
        segment = octet << 8;
        place = Place.SECOND_OF_LENGTH;
      }
      case SECOND_OF_LENGTH -> {
        // The length counts its own two bytes.
        segment += octet - 2;
        if (segment < 0) {
          throw new BrokenDownloadException("what came has a segment of an impossible size");
        }
        place = segment == 0 ? Place.BEFORE_A_MARKER : Place.IN_A_SEGMENT;
      }
      default -> place = --segment == 0 ? Place.BEFORE_A_MARKER : place;
    }
  }

  private static Place after(int marker) {
    if (marker == EOI) {
      return Place.AFTER_THE_END;
    }
    if (marker == MARKER) {
      return Place.IN_A_MARKER;
    }
    boolean isAlone = marker == STUFFED || marker >= FIRST_RESTART && marker <= SOI;
    return isAlone ? Place.BEFORE_A_MARKER : Place.FIRST_OF_LENGTH;
  }

  @Override
  public Optional<String> lack(boolean endIsKnown) {
    return place == Place.AFTER_THE_END
        ? Optional.empty()
        : Optional.of("breaks off before its end");
  }
}
