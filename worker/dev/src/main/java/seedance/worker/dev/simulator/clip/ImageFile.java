package seedance.worker.dev.simulator.clip;

import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Reads image files of the formats that the JDK knows: PNG, JPEG, BMP, GIF, TIFF. */
public final class ImageFile {

  /** The service's own limit of a side. */
  private static final int LONGEST_SIDE = 6000;

  /** Larger images lose pixels while they are read, to be small in memory. */
  private static final int SIDE_IN_MEMORY = 2000;

  /** What stands at byte 8 of a WebP file, and of HEIF's brands for images. */
  private static final Set<String> UNREAD = Set.of("WEBP", "heic", "heix", "mif1", "msf1");

  private ImageFile() {}

  /**
   * Reads a file.
   *
   * @return empty for WebP and HEIC, which the service takes and the JDK does not read
   * @throws IOException if it is not an image, is broken, or has a side of more than 6000 pixels
   */
  public static Optional<Picture> read(byte[] file) throws IOException {
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (readers.hasNext()) {
        return Optional.of(read(readers.next(), in));
      }
    } catch (RuntimeException e) {
      // What some readers throw for a broken file.
      throw new IOException("the image cannot be read", e);
    }
    if (UNREAD.contains(word(file, 8))) {
      return Optional.empty();
    }
    throw new IOException("the file is not an image");
  }

  private static Picture read(ImageReader reader, ImageInputStream in) throws IOException {
    try {
      reader.setInput(in, true, true);
      int side = Math.max(reader.getWidth(0), reader.getHeight(0));
      if (side > LONGEST_SIDE) {
        throw new IOException("the image is larger than 6000 pixels");
      }
      int every = 1 + side / SIDE_IN_MEMORY;
      ImageReadParam thinned = reader.getDefaultReadParam();
      thinned.setSourceSubsampling(every, every, 0, 0);
      return new Decoded(plain(reader.read(0, thinned)));
    } finally {
      reader.dispose();
    }
  }

  /**
   * Colour profiles and palettes would be looked up for every pixel. To draw one image on another
   * would start AWT.
   */
  private static BufferedImage plain(BufferedImage image) {
    BufferedImage plain =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    return new ColorConvertOp(null).filter(image, plain);
  }

  private static String word(byte[] file, int at) {
    return file.length < at + 4 ? "" : new String(file, at, 4, StandardCharsets.ISO_8859_1);
  }

  private record Decoded(BufferedImage image) implements Picture {
    @Override
    public int width() {
      return image.getWidth();
    }

    @Override
    public int height() {
      return image.getHeight();
    }

    @Override
    public int rgb(int x, int y) {
      return image.getRGB(x, y);
    }
  }
}
