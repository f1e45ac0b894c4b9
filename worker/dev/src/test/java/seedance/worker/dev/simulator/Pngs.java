package seedance.worker.dev.simulator;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures of one colour, as PNG. */
public final class Pngs {

  private Pngs() {}

  /** A picture as a file. */
  public static byte[] of(int width, int height, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(image, "png", file);
    return file.toByteArray();
  }

  /** A picture as a data URL to which more base64 can be appended: readers stop before it. */
  public static String growingDataUrl() throws IOException {
    byte[] png = of(300, 300, 0x336699);
    byte[] padded = Arrays.copyOf(png, (png.length + 2) / 3 * 3);
    return dataUrl(padded);
  }

  static String dataUrl(byte[] png) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
  }
}
