package seedance.workflows.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InlineImageSizeTest {

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void imageWithinTheLimits_passes(String format) throws IOException {
    assertThat(fault(format, written(format, 300, 750))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "gif", "bmp"})
  void imageBeyondTheLimits_isNamedWithItsSize(String format) throws IOException {
    assertThat(fault(format, written(format, 299, 400)))
        .contains("is 299 x 400 pixels: each side must be 300 to 6000");
    assertThat(fault(format, written(format, 6001, 300)))
        .contains("is 6001 x 300 pixels: each side must be 300 to 6000");
    assertThat(fault(format, written(format, 751, 300)))
        .contains("is 751 x 300 pixels: no side may be over 2.5 times the other");
  }

  /** The first bytes of files that libwebp wrote. */
  @ParameterizedTest
  @CsvSource({
    "lossy, 524946460a0200005745425056503820fe010000d033009d012aee022c013e91",
    "lossless, 524946462a000000574542505650384c1d0000002fedc24a000710f58ffe0700",
    "extended, 524946463e02000057454250565038580a00000010000000ed02002b0100414c"
  })
  void webp_isMeasuredInAllItsForms(String form, String head) {
    assertThat(ImageSize.of(HexFormat.of().parseHex(head))).contains(new ImageSize(750, 300));
  }

  @Test
  void cutOrStrangeBytes_sayNothing() throws IOException {
    for (byte[] image : List.of(written("png", 10, 10), written("jpeg", 10, 10))) {
      assertThat(ImageSize.of(java.util.Arrays.copyOf(image, 18))).isEmpty();
    }
    assertThat(ImageSize.of(new byte[0])).isEmpty();
    assertThat(ImageSize.of(new byte[100])).isEmpty();
  }

  private static Optional<String> fault(String format, byte[] image) {
    return MediaUrlRules.fault(
        Medium.IMAGE,
        "data:image/" + format + ";base64," + Base64.getEncoder().encodeToString(image));
  }

  private static byte[] written(String format, int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }
}
